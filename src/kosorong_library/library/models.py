"""Book → Chapter → Segment.

A book's status is stored nowhere: it follows from its segments and from what its maker wished.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kosorong import ports
from kosorong_library.library import bounds

PERSON = "person"
"""Who wrote a translation, in place of the key of what a machine made it from."""


class Language(models.TextChoices):
    """Language of an original."""

    KOREAN = ports.KOREAN
    JEJU = ports.JEJU


class Wish(models.TextChoices):
    """What the maker wants to happen with a book."""

    RUN = "run"
    PAUSE = "pause"
    CANCEL = "cancel"


class Visibility(models.TextChoices):
    """Who may read a book besides its owner: nobody, whoever has the link, everybody."""

    PRIVATE = "private"
    UNLISTED = "unlisted"
    PUBLIC = "public"


class State(models.TextChoices):
    """How far a segment is."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class Book(models.Model):
    """A book.

    Attributes:
        language: Of the original; the book is read in Jeju in either case.
        voice: Reads it; the service's default where empty.
        spelling: Of Jeju made by translation, one of `kosorong.ports.SPELLINGS`.
        strength: Of Jeju made by translation, 0 to 1.
        speed: 1.0 is the voice's own pace.
        wish: What its maker wants.
        revision: What people changed of what exports and sounds are made of; with what was made
            it is the book's (`library.revisions`).
        warnings: What its reader decided or mended.
        skipped: What is not read: `[where, text, reason]`.
        source: What its source holds (`library.sources.source_of`); None where it was made before
            that was kept.
        original: The file or text as it came.
        cover: The source's, one's own, or drawn (`library.covers`); "" until one is drawn.
        narrator: Who reads, as its maker says; files name the voice in any case.
        description: What it is about, as its maker tells.
        tags: A line each, with a line break before the first and after the last.
        series: It is part of, "" for none.
        series_number: Its number there, as it is printed.
        served_at: When it was last its turn: the longest ago is served next.
        unfinished: Something of it may be waiting to be made; false where surely nothing is.
        visibility: Who may read it besides its owner.
        share_key: Stands in the link that opens it, "" where there is none.
        licence: Of its text, as the colophon prints it.
        attribution: Whom the text is from, as the colophon prints it.
        folded: Title and author as they are searched (`kosorong.text.letters.folding`).
        taken_down_at: Since when an operator keeps it from everybody but its owner.
        taken_down_why: What the owner is told.
        loose: Letters of it are indexed that may stand in none of its texts any more.
        uncut: Pieces of its text that are not cut into segments yet (`Uncut`).
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="books")
    title = models.CharField(max_length=bounds.MAX_TITLE)
    author = models.CharField(max_length=bounds.MAX_TITLE, blank=True)
    language = models.CharField(max_length=3, choices=Language.choices, default=Language.KOREAN)
    voice = models.CharField(max_length=100, blank=True)
    spelling = models.CharField(max_length=10, default="araea")
    strength = models.FloatField(default=1.0)
    speed = models.FloatField(default=1.0)
    wish = models.CharField(max_length=6, choices=Wish.choices, default=Wish.RUN)
    revision = models.PositiveBigIntegerField(default=0)
    warnings = models.JSONField(default=list)
    skipped = models.JSONField(default=list)
    source = models.JSONField(null=True)
    original = models.FileField(max_length=200)
    cover = models.FileField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    served_at = models.DateTimeField(null=True)
    unfinished = models.BooleanField(default=True, db_default=True)
    # The database knows the defaults of what came later: a service of the version before can go on
    # while it is brought up to date.
    visibility = models.CharField(
        max_length=8,
        choices=Visibility.choices,
        default=Visibility.PRIVATE,
        db_default=Visibility.PRIVATE,
    )
    share_key = models.CharField(max_length=43, blank=True, db_default="", db_index=True)
    licence = models.CharField(max_length=40, blank=True, db_default="")
    attribution = models.CharField(max_length=bounds.MAX_CREDIT, blank=True, db_default="")
    folded = models.CharField(max_length=bounds.MAX_FOLDED, blank=True, db_default="")
    taken_down_at = models.DateTimeField(null=True, blank=True)
    taken_down_why = models.CharField(max_length=bounds.MAX_WORDS, blank=True, db_default="")
    uncut = models.PositiveIntegerField(default=0, db_default=0)
    loose = models.BooleanField(default=False, db_default=False)
    narrator = models.CharField(max_length=bounds.MAX_TITLE, blank=True, db_default="")
    description = models.CharField(max_length=bounds.MAX_DESCRIPTION, blank=True, db_default="")
    tags = models.CharField(max_length=bounds.MAX_TAGS, blank=True, db_default="")
    series = models.CharField(max_length=bounds.MAX_TITLE, blank=True, db_default="")
    series_number = models.CharField(max_length=20, blank=True, db_default="")

    class Meta:
        """Newest first."""

        ordering = ("-id",)
        indexes = (
            models.Index(fields=["owner", "-id"], name="book_by_owner"),
            models.Index(fields=["owner", "served_at"], name="book_of_person"),
            models.Index(fields=["wish", "unfinished", "owner", "served_at"], name="book_turn"),
            models.Index(fields=["visibility", "-id"], name="book_by_visibility"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def folder(self) -> str:
        """Where the files of this book alone lie in the storage."""
        return f"books/{self.pk}"

    @property
    def tag_list(self) -> list[str]:
        """Its tags."""
        return self.tags.strip("\n").split("\n") if self.tags else []

    @property
    def rights(self) -> str:
        """Licence and attribution of the text in one line."""
        return ". ".join(part for part in (self.licence, self.attribution) if part)


class Chapter(models.Model):
    """A chapter.

    Attributes:
        position: From 0.
        title: In the language of the original, "" where it has none.
        level: 1 for the outermost level of the table of contents.
        notes: Footnotes, shown and not read.
    """

    book = models.ForeignKey(Book, models.CASCADE, related_name="chapters")
    position = models.PositiveIntegerField()
    title = models.TextField(blank=True)
    level = models.PositiveSmallIntegerField(default=1)
    notes = models.JSONField(default=list)

    class Meta:
        """In reading order."""

        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["book", "position"], name="chapter_in_book"),
        )

    def __str__(self) -> str:
        return self.title or str(self.position + 1)


class Uncut(models.Model):
    """A piece of a long text that is not cut into segments yet (`library.arrival`).

    Attributes:
        position: Of those of its book, from 0.
        paragraphs: What `arrival.cut` takes, as JSON.
        most: Segments that it cannot exceed.
        claimed_by: Who cuts it, "" for nobody yet.
        claimed_until: When they are taken for dead.
    """

    book = models.ForeignKey(Book, models.CASCADE, related_name="pieces")
    position = models.PositiveIntegerField(db_index=True)
    paragraphs = models.TextField()
    most = models.PositiveIntegerField()
    claimed_by = models.CharField(max_length=12, blank=True)
    claimed_until = models.DateTimeField(null=True)

    class Meta:
        """In reading order."""

        ordering = ("position",)

    def __str__(self) -> str:
        return f"{self.book_id}+{self.position}"


class Segment(models.Model):
    """The unit that is translated, spoken, timed, corrected and redone.

    Attributes:
        position: In the book, from 0.
        paragraph: Index in its chapter; one that is passed over was a break between scenes.
        kind: Kind of its paragraph (`kosorong.book.manuscript.ParagraphKind`).
        source_text: In the language of the original.
        target_text: In the other language, "" until it is translated.
        spoken_text: What is said instead of what is written, where that differs.
        links: `[source word, target word, weight]`.
        confidence: Of the translation, 0 to 1.
        provenance: Machine and fingerprint, or `person`.
        doubts: `[word of the original, lemma, reason]`; None for a row of the version before.
        translation_key: What the translation depends on (`kosorong.book.keys`); `person` where
            somebody wrote it; "" where it is to be made.
        take: What is heard, None until it is spoken.
        state: Of the whole segment.
        problem: What went wrong last.
        attempts: How often it went wrong in a row.
        not_before: When it may be tried again.
        claimed_by: The batch that holds it, "" for none.
        claimed_until: When the batch is taken for dead.
        cost: Seconds of work that it took.
    """

    book = models.ForeignKey(Book, models.CASCADE, related_name="segments")
    chapter = models.ForeignKey(Chapter, models.CASCADE, related_name="segments")
    position = models.PositiveIntegerField()
    paragraph = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, default="body")
    ends_paragraph = models.BooleanField(default=False)
    source_text = models.TextField()
    target_text = models.TextField(blank=True)
    spoken_text = models.TextField(blank=True)
    links = models.JSONField(default=list)
    confidence = models.FloatField(null=True)
    provenance = models.CharField(max_length=200, blank=True)
    warnings = models.JSONField(default=list)
    doubts = models.JSONField(default=list, null=True)
    translation_key = models.CharField(max_length=64, blank=True, db_index=True)
    take = models.ForeignKey(
        "studio.Take", models.SET_NULL, null=True, blank=True, related_name="segments"
    )
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    problem = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    claimed_by = models.CharField(max_length=120, blank=True, db_index=True)
    claimed_until = models.DateTimeField(null=True)
    cost = models.FloatField(null=True)

    class Meta:
        """In reading order."""

        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["book", "position"], name="segment_in_book"),
        )
        indexes = (
            models.Index(fields=["book", "state", "position"], name="segment_by_state"),
            models.Index(fields=["chapter", "position"], name="segment_in_chapter"),
        )

    def __str__(self) -> str:
        return f"{self.book_id}:{self.position}"


class Passage(models.Model):
    """What a segment's texts look like when they are searched; apart, so that it is read fast.

    Attributes:
        folded: Original and translation (`kosorong.text.letters.folding`).
    """

    segment = models.OneToOneField(
        Segment, models.CASCADE, primary_key=True, related_name="passage"
    )
    book = models.ForeignKey(Book, models.CASCADE, related_name="passages")
    folded = models.TextField()

    def __str__(self) -> str:
        return f"{self.book_id}: {self.folded[:20]}"


class DoubtedWord(models.Model):
    """A word of a segment that its translator doubts; apart, so that all of one can be counted.

    Attributes:
        lemma: As a dictionary has it, cut to what an index takes.
        reason: Of `kosorong.ports.DOUBTS`.
    """

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="doubted")
    book = models.ForeignKey(Book, models.CASCADE, related_name="doubted")
    lemma = models.CharField(max_length=bounds.MAX_LEMMA, db_index=True)
    reason = models.CharField(max_length=20)

    def __str__(self) -> str:
        return f"{self.book_id}: {self.lemma}"


class Letters(models.Model):
    """A letter, or two that follow one another in a word, that stand in a book's folded texts.

    Attributes:
        letters: One or two.
    """

    pk = models.CompositePrimaryKey("book_id", "letters")
    # Letters are written down before the texts they stand in; the book may go in between.
    book = models.ForeignKey(
        Book, models.CASCADE, related_name="letters", db_index=False, db_constraint=False
    )
    letters = models.CharField(max_length=2)

    def __str__(self) -> str:
        return f"{self.book_id}: {self.letters}"


class Complaint(models.TextChoices):
    """What somebody finds wrong with a book."""

    RIGHTS = "rights"
    PRIVACY = "privacy"
    HARM = "harm"
    OTHER = "other"


class Ruling(models.TextChoices):
    """What operators did with somebody's book."""

    READ = "read"
    KEPT = "kept"
    TAKEN_DOWN = "taken_down"
    PUT_BACK = "put_back"


class Decision(models.Model):
    """What an operator did with a book, for its owner to see.

    Attributes:
        kind: `read` where they looked at a book that is not shown, at most one a day.
        why: What its owner is told.
    """

    book = models.ForeignKey(Book, models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=10, choices=Ruling.choices)
    why = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Newest first."""

        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.kind}: {self.book_id}"


class Report(models.Model):
    """Somebody's word that a book should not be shown.

    Attributes:
        reporter: None for somebody who was not logged in.
        words: What they wrote.
        closed_at: When an admin had looked at it; None while it is open.
        taken_down: Whether the book was taken down for it.
    """

    book = models.ForeignKey(Book, models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    reason = models.CharField(max_length=8, choices=Complaint.choices)
    words = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    taken_down = models.BooleanField(default=False)

    class Meta:
        """Newest first."""

        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.reason}: {self.book_id}"
