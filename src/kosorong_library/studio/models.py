"""What is made: takes of segments, exports of books; and what people change of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kosorong.audio.mark import Heard

# Databases know no infinity.
_SILENCE_LUFS = -200.0


class Take(models.Model):
    """A spoken segment, kept under what it depends on and shared by all segments that need it.

    Attributes:
        key: Hash of spoken text, voice and speed (`kosorong.book.keys.speech_key`).
        audio: A FLAC file, "" where there is nothing to hear.
        samples: Length.
        sample_rate: Hz.
        words: `[text, start, end]`, seconds from its beginning.
        warnings: What the voice said.
        voice: Name of the voice.
        fingerprint: Of the voice.
        credit: Licence and credit of the voice, for exports.
        synthetic: False where a person spoke.
        lufs: Loudness; None where nobody measured it yet.
        size: Bytes of the file; None where nobody wrote it down yet.
    """

    key = models.CharField(max_length=64, unique=True)
    audio = models.FileField(max_length=200, blank=True)
    samples = models.PositiveBigIntegerField()
    sample_rate = models.PositiveIntegerField()
    words = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    voice = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=200)
    credit = models.TextField(blank=True)
    synthetic = models.BooleanField(default=True)
    lufs = models.FloatField(null=True)
    size = models.PositiveBigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key[:12]

    @property
    def milliseconds(self) -> int:
        """Length."""
        return milliseconds(self.samples, self.sample_rate)

    @property
    def heard(self) -> Heard:
        """Who speaks."""
        return Heard(self.voice, self.credit, self.synthetic)


class KoreanSound(models.Model):
    """A sentence spoken in Korean, made when somebody first listens in two languages.

    Attributes:
        key: Hash of text, voice and speed.
        audio: A FLAC file of its own: it goes with its book.
        voice: Name of the voice.
        credit: Licence and credit of the voice.
    """

    segment = models.OneToOneField(
        "library.Segment", models.CASCADE, primary_key=True, related_name="korean_sound"
    )
    key = models.CharField(max_length=64)
    audio = models.FileField(max_length=200)
    voice = models.CharField(max_length=100)
    credit = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.key[:12]

    @property
    def heard(self) -> Heard:
        """Who speaks."""
        return Heard(self.voice, self.credit, True)


def stored_lufs(lufs: float) -> float:
    """Return a loudness as a row holds it: a number for silence, too."""
    return max(lufs, _SILENCE_LUFS)


def lufs_of(stored: float) -> float:
    """Return the loudness that a row holds; -inf for silence.

    >>> lufs_of(stored_lufs(-19.0)), lufs_of(stored_lufs(float("-inf")))
    (-19.0, -inf)
    """
    return stored if stored > _SILENCE_LUFS else float("-inf")


def milliseconds(samples: int, sample_rate: int) -> int:
    """Return the length of samples at a rate (Hz)."""
    return round(samples * 1000 / sample_rate)


class Export(models.Model):
    """A file of a whole book.

    Attributes:
        format: Of `kosorong.book.formats.FORMATS`.
        revision: Of the book it was asked for.
        file: Of the revision `made`, "" until there is one.
        made: Revision of the book that the file holds.
        asked_at: When somebody last asked for a new one; None while nobody waits.
        problem: Why the last attempt failed, "" where it did not.
        full: Whether that was for want of room.
    """

    book = models.ForeignKey("library.Book", models.CASCADE, related_name="exports")
    format = models.CharField(max_length=10)
    revision = models.PositiveBigIntegerField()
    file = models.FileField(max_length=200, blank=True)
    made = models.PositiveBigIntegerField(null=True)
    asked_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)
    full = models.BooleanField(default=False, db_default=False)

    class Meta:
        """One of each format."""

        constraints = (models.UniqueConstraint(fields=["book", "format"], name="export_of_book"),)

    def __str__(self) -> str:
        return f"{self.book_id}.{self.format}"


class CorrectionKind(models.TextChoices):
    """What is to be otherwise: what is written in Jeju, or what is said for it."""

    TRANSLATION = "translation"
    READING = "reading"


class Standing(models.TextChoices):
    """What became of a correction; a variant stands beside the text and replaces nothing."""

    OPEN = "open"
    ACCEPTED = "accepted"
    VARIANT = "variant"
    DECLINED = "declined"


class Correction(models.Model):
    """What somebody thinks a segment should say, or sound like.

    Attributes:
        user: Who proposed it; it goes with their account.
        was: What it is to replace: the Jeju text, or what was said.
        text: What it should be.
        korean: The sentence in Korean when it was proposed.
        region: Where people say so, as whoever proposed it told; "" where they did not.
        village: The same, nearer.
        consent: Whether models may learn from it.
        licence: Under which.
        decided_by: The owner who decided; None where votes did.
    """

    segment = models.ForeignKey("library.Segment", models.CASCADE, related_name="corrections")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="corrections")
    kind = models.CharField(max_length=11, choices=CorrectionKind.choices)
    was = models.TextField(blank=True)
    text = models.TextField()
    korean = models.TextField(blank=True)
    region = models.CharField(max_length=40, blank=True)
    village = models.CharField(max_length=40, blank=True)
    consent = models.BooleanField(default=False)
    licence = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=8, choices=Standing.choices, default=Standing.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        """Newest first."""

        ordering = ("-id",)
        indexes = (models.Index(fields=["segment", "state"], name="correction_of_segment"),)

    def __str__(self) -> str:
        return self.text[:40]


class Vote(models.Model):
    """Somebody's yes to a correction."""

    correction = models.ForeignKey(Correction, models.CASCADE, related_name="votes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """One for each user."""

        constraints = (models.UniqueConstraint(fields=["correction", "user"], name="vote_of_user"),)

    def __str__(self) -> str:
        return f"{self.user_id} for {self.correction_id}"


class Edit(models.Model):
    """A change of a segment's texts, which can be undone.

    Attributes:
        user: Who made it; None where they left.
        before: What stood in the segment's columns (`studio.editing`).
        after: The texts that were changed.
        correction: Which it applied.
        undone_at: None while it holds.
    """

    segment = models.ForeignKey("library.Segment", models.CASCADE, related_name="edits")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    before = models.JSONField()
    after = models.JSONField()
    correction = models.ForeignKey(Correction, models.SET_NULL, null=True, related_name="edits")
    created_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        """Newest first."""

        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.segment_id}: {', '.join(self.after)}"


class Pronunciation(models.Model):
    """How a word is said in all books of a user.

    Attributes:
        term: As it is written, at the beginning of a word.
        spoken: What is said for it.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="pronunciations"
    )
    term = models.CharField(max_length=100)
    spoken = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """By term."""

        ordering = ("term",)
        constraints = (
            models.UniqueConstraint(fields=["user", "term"], name="pronunciation_of_user"),
        )

    def __str__(self) -> str:
        return f"{self.term} → {self.spoken}"


class FixedTerm(models.Model):
    """How a word or name is translated in all books of a user.

    Attributes:
        korean: As it stands in Korean.
        jeju: As it stands in Jeju.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="fixed_terms")
    korean = models.CharField(max_length=60)
    jeju = models.CharField(max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """By the Korean."""

        ordering = ("korean",)
        constraints = (
            models.UniqueConstraint(fields=["user", "korean"], name="fixed_term_of_user"),
        )

    def __str__(self) -> str:
        return f"{self.korean} → {self.jeju}"


class Consent(models.Model):
    """Somebody's word that their voice may be heard in a book.

    Attributes:
        user: Who gave it.
        speaker: Who is heard, as they wish to be named; "" for nobody's name.
        words: What they agreed to, as it was shown.
        licence: Of the recording.
        withdrawn_at: None while it holds; what was recorded is gone from then on.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="consents")
    speaker = models.CharField(max_length=100, blank=True)
    words = models.TextField()
    licence = models.CharField(max_length=40)
    given_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.speaker or self.user_id}, {self.licence}"


class Recording(models.Model):
    """A person's own voice in place of the machine's, for one segment.

    Attributes:
        take: What is heard.
        distance: How far it is from the text as the model would say it; large where another text
            was read.
    """

    segment = models.OneToOneField("library.Segment", models.CASCADE, related_name="recording")
    take = models.OneToOneField(Take, models.CASCADE, related_name="recording")
    consent = models.ForeignKey(Consent, models.CASCADE, related_name="recordings")
    distance = models.FloatField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.segment_id} by {self.consent_id}"


class Narration(models.Model):
    """A person's recording of a whole chapter, from which its segments get their takes.

    Attributes:
        audio: As it was sent.
        consent: To its use.
        asked_at: When it was last given to a worker; None once it is cut and aligned.
        problem: Why it could not be, "" where it was.
    """

    chapter = models.OneToOneField("library.Chapter", models.CASCADE, related_name="narration")
    audio = models.FileField(max_length=200)
    consent = models.OneToOneField(Consent, models.CASCADE, related_name="narration")
    asked_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.chapter_id} by {self.consent_id}"

    @property
    def state(self) -> str:
        """`waiting`, `done` or `failed`."""
        if self.asked_at is not None:
            return "waiting"
        return "failed" if self.problem else "done"
