"""How books and segments look from outside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from rest_framework import serializers

from kosorong.book.formats import FORMATS
from kosorong.ports import SPELLINGS
from kosorong_library.api.covers import address_of as cover_address
from kosorong_library.api.shelf_outputs import ExcerptOutput, HeardOutput, heard_at
from kosorong_library.api.source_outputs import SourceOutput
from kosorong_library.library import selectors, shelves
from kosorong_library.library.models import (
    Book,
    Chapter,
    Language,
    Ruling,
    Segment,
    State,
    Visibility,
)
from kosorong_library.library.revisions import revision_of
from kosorong_library.library.selectors import BookProgress
from kosorong_library.studio.models import milliseconds
from kosorong_library.studio.sound import place, silences

# What an owner is shown of the past.
_DECISIONS = 50
STATUSES = ("queued", "producing", "paused", "cancelled", "failed", "done")


class Counts(serializers.Serializer):
    """Segments of a book."""

    total = serializers.IntegerField()
    done = serializers.IntegerField()
    failed = serializers.IntegerField()


class ChapterOutput(serializers.Serializer):
    """A chapter."""

    position = serializers.IntegerField()
    title = serializers.CharField()
    jeju = serializers.CharField(help_text="Its heading in Jeju; empty where none is read yet.")
    level = serializers.IntegerField()
    segments = serializers.IntegerField()
    done = serializers.IntegerField()
    audio = serializers.CharField(
        allow_null=True, help_text="WAV of the chapter so far; null before its first."
    )
    narration = serializers.ChoiceField(
        State.choices, allow_null=True, help_text="Of a person's recording of it."
    )


class PlaceOutput(serializers.Serializer):
    """Where the listener stopped."""

    segment = serializers.IntegerField()
    audio_ms = serializers.IntegerField()
    client_time = serializers.DateTimeField()
    version = serializers.IntegerField(help_text="How often the place was written.")
    position = serializers.IntegerField(help_text="Of the segment in its book.")


class BookLine(serializers.Serializer):
    """A book in the list."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    author = serializers.CharField()
    language = serializers.ChoiceField(Language.choices)
    voice = serializers.CharField()
    status = serializers.ChoiceField(STATUSES)
    segments = Counts()
    audio = serializers.CharField(allow_null=True)
    visibility = serializers.ChoiceField(Visibility.choices)
    licence = serializers.CharField()
    attribution = serializers.CharField()
    created_at = serializers.DateTimeField()
    narrator = serializers.CharField(help_text="As its maker says; empty where they do not.")
    tags = serializers.ListField(child=serializers.CharField())
    series = serializers.CharField()
    series_number = serializers.CharField()
    cover = serializers.CharField(help_text="The source's, its maker's, or drawn.")
    length_ms = serializers.IntegerField(help_text="Of what is made, without silences.")
    heard = HeardOutput(allow_null=True, help_text="By whoever asks; null before they listened.")
    excerpt = ExcerptOutput(allow_null=True, help_text="Where its text holds what was looked for.")


class DecisionOutput(serializers.Serializer):
    """What an operator did with a book."""

    kind = serializers.ChoiceField(
        Ruling.choices,
        help_text="`read`: looked at it though it is not shown, after a report or take-down; "
        "`kept`: left it as it is after a report.",
    )
    why = serializers.CharField()
    at = serializers.DateTimeField()


class BookOutput(BookLine):
    """A book."""

    description = serializers.CharField()
    strength = serializers.FloatField(help_text="Of Jeju made by translation, 0 to 1.")
    speed = serializers.FloatField(help_text="1.0 is the voice's own pace.")
    spelling = serializers.ChoiceField(SPELLINGS, help_text="Of Jeju made by translation.")
    content = serializers.CharField(help_text="The Jeju text so far.")
    problem = serializers.CharField(help_text="What keeps it from being made, and the cure.")
    seconds_left = serializers.FloatField(allow_null=True)
    revision = serializers.IntegerField()
    chapters = ChapterOutput(many=True)
    position = PlaceOutput(allow_null=True)
    exports = serializers.DictField(child=serializers.CharField())
    warnings = serializers.ListField(child=serializers.CharField())
    skipped = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))
    source = SourceOutput(
        allow_null=True,
        help_text="What its source holds; null for a book made before that was kept.",
    )
    mine = serializers.BooleanField(help_text="Whether it belongs to whoever asks.")
    taken_down = serializers.CharField(
        allow_null=True, help_text="Why an operator keeps it from everybody but its owner."
    )
    decisions = DecisionOutput(
        many=True, help_text="Of operators, newest first; its owner alone sees them."
    )


class WordOutput(serializers.Serializer):
    """A word and when it sounds in its segment's audio."""

    text = serializers.CharField()
    start_ms = serializers.IntegerField()
    end_ms = serializers.IntegerField()


class SegmentOutput(serializers.Serializer):
    """A segment."""

    id = serializers.IntegerField()
    position = serializers.IntegerField()
    chapter = serializers.IntegerField()
    paragraph = serializers.IntegerField()
    kind = serializers.CharField()
    ends_paragraph = serializers.BooleanField()
    text = serializers.CharField(help_text="Jeju; empty until it is translated.")
    beside = serializers.CharField(help_text="Korean.")
    spoken = serializers.CharField(help_text="What is said instead, where that differs.")
    links = serializers.ListField(help_text="[word of text, word of beside, weight]")
    confidence = serializers.FloatField(allow_null=True)
    provenance = serializers.CharField()
    warnings = serializers.ListField(child=serializers.CharField())
    doubts = serializers.ListField(
        help_text="[word of the original, lemma, reason]: what to look at first."
    )
    mends = serializers.IntegerField(
        required=False, help_text="With `ordering=mends`: doubts that its correction would mend."
    )
    state = serializers.ChoiceField(State.choices)
    problem = serializers.CharField(
        help_text="Why it is not made, or that its sound is damaged, with the cure."
    )
    audio = serializers.CharField(allow_null=True, help_text="FLAC")
    duration_ms = serializers.IntegerField(allow_null=True)
    begin_ms = serializers.IntegerField(
        allow_null=True, help_text="Where it begins in the chapter's audio."
    )
    pause_ms = serializers.IntegerField(
        allow_null=True, help_text="Silence after it; null where what follows is not told of."
    )
    words = WordOutput(many=True)
    human = serializers.BooleanField(help_text="Whether a person speaks it.")


def book_line(
    book: Book,
    progress: BookProgress,
    length_ms: int,
    heard: dict[str, Any] | None = None,
    excerpt: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Return a book as the list shows it.

    Args:
        book: Which.
        progress: How far it is.
        length_ms: How long it sounds so far.
        heard: How far whoever asks has listened.
        excerpt: Where its text holds what was looked for.
    """
    return {
        "id": book.pk,
        "title": book.title,
        "author": book.author,
        "language": book.language,
        "voice": book.voice,
        "status": selectors.status_of(book, progress),
        "segments": {
            "total": progress.total,
            "done": progress.done,
            "failed": progress.failed,
        },
        "audio": f"/api/books/{book.pk}/audio/" if progress.done else None,
        "visibility": book.visibility,
        "licence": book.licence,
        "attribution": book.attribution,
        "created_at": book.created_at,
        "narrator": book.narrator,
        "tags": book.tag_list,
        "series": book.series,
        "series_number": book.series_number,
        "cover": cover_address(book),
        "length_ms": length_ms,
        "heard": heard,
        "excerpt": excerpt,
    }


def book_page(
    book: Book, place_: dict[str, Any] | None, *, mine: bool, brief: bool = False
) -> dict[str, Any]:
    """Return a book with everything that can be said of it in a few queries.

    Args:
        book: Which.
        place_: Where the listener stopped.
        mine: It belongs to the listener.
        brief: Without its text, which may be megabytes.
    """
    progress = selectors.progress_of([book.pk]).get(book.pk, BookProgress())
    length = shelves.lengths_of([(book, progress.done)])[book.pk]
    base, headings = f"/api/books/{book.pk}", selectors.headings_of(book)
    return {
        **book_line(book, progress, length, heard_at(place_)),
        "description": book.description,
        "strength": book.strength,
        "speed": book.speed,
        "spelling": book.spelling,
        "content": "" if brief else selectors.content_of(book),
        "problem": selectors.problem_of(book),
        "seconds_left": selectors.seconds_left(book, progress),
        "revision": revision_of(book, progress.done),
        "chapters": [
            {
                "position": chapter.position,
                "title": chapter.title,
                "jeju": headings.get(chapter.pk, ""),
                "level": chapter.level,
                "segments": far.total,
                "done": far.done,
                "audio": f"{base}/chapters/{chapter.position}/audio/" if far.done else None,
                "narration": chapter.narration.state if hasattr(chapter, "narration") else None,
            }
            for chapter, far in selectors.chapters_of(book, progress)
        ],
        "position": place_,
        "exports": {name: f"{base}/exports/{name}/" for name in FORMATS},
        "warnings": book.warnings,
        "skipped": book.skipped,
        "source": book.source,
        "mine": mine,
        "taken_down": book.taken_down_why if book.taken_down_at else None,
        "decisions": list(book.decisions.values("kind", "why", "at")[:_DECISIONS]) if mine else [],
    }


# What an answer needs, and nothing that has to be unpacked for nothing: there may be 500 rows.
_COLUMNS = (
    "pk",
    "position",
    "chapter",
    "chapter__position",
    "paragraph",
    "kind",
    "ends_paragraph",
    "source_text",
    "target_text",
    "spoken_text",
    "links",
    "confidence",
    "provenance",
    "warnings",
    "doubts",
    "state",
    "problem",
    "take__key",
    "take__audio",
    "take__samples",
    "take__sample_rate",
    "take__words",
    "take__warnings",
    "take__synthetic",
)


def segment_rows(book: Book) -> QuerySet[Segment, Any]:
    """Return the rows of a book's segments that `segment_lines` takes, in reading order."""
    return book.segments.order_by("position").values_list(*_COLUMNS, named=True)


def segment_line(book: Book, number: int) -> dict[str, Any]:
    """Return a segment as a reading room needs it.

    Raises:
        Http404: The book has none of this number.
    """
    lines = segment_lines(book, segment_rows(book).filter(pk=number))
    if not lines:
        raise Http404
    return lines[0]


def segment_lines(book: Book, rows: Iterable[Any], *, brief: bool = False) -> list[dict[str, Any]]:
    """Return segments as a reading room needs them.

    Args:
        book: Whose.
        rows: Of `segment_rows`.
        brief: Without where they begin in their chapter, for which all before them are read.
    """
    rows = list(rows)
    rate = selectors.sample_rate_of(book)
    if rate is None:
        return [_segment(book, row, None, None) for row in rows]
    begins = {} if brief else _begins(rows, rate)
    pauses = {pk: milliseconds(found, rate) for pk, found in silences(book, rows, rate).items()}
    return [_segment(book, row, begins.get(row.pk), pauses.get(row.pk)) for row in rows]


def _begins(rows: Sequence[Any], rate: int) -> dict[int, int]:
    begins: dict[int, int] = {}
    last = max((row.position for row in rows), default=0)
    for chapter in Chapter.objects.filter(pk__in={row.chapter for row in rows}):
        for heard in place(chapter, rate, last):
            begins[heard.segment] = milliseconds(heard.placed.start, rate)
    return begins


def version_of(key: str) -> str:
    """Return what of a take's key stands in the address of its sound."""
    return key[:12]


def _segment(book: Book, row: Any, begin: int | None, pause: int | None) -> dict[str, Any]:
    korean = book.language == Language.KOREAN
    text, beside = row.source_text, row.target_text
    if korean:
        text, beside = beside, text
    line = {
        "id": row.pk,
        "position": row.position,
        "chapter": row.chapter__position,
        "paragraph": row.paragraph,
        "kind": row.kind,
        "ends_paragraph": row.ends_paragraph,
        "text": text,
        "beside": beside,
        "spoken": row.spoken_text,
        "links": [[t, s, w] if korean else [s, t, w] for s, t, w in row.links],
        "confidence": row.confidence,
        "provenance": row.provenance,
        "warnings": row.warnings,
        "doubts": row.doubts or [],
        "state": row.state,
        "problem": row.problem,
        "audio": None,
        "duration_ms": None,
        "begin_ms": begin,
        "pause_ms": pause,
        "words": [],
        "human": False,
    }
    if row.state != State.DONE or row.take__key is None:
        return line
    key = version_of(row.take__key)
    return {
        **line,
        "warnings": [*row.warnings, *row.take__warnings],
        "audio": f"/api/books/{book.pk}/segments/{row.pk}/audio/?v={key}"
        if row.take__audio
        else None,
        "duration_ms": milliseconds(row.take__samples, row.take__sample_rate),
        "words": [
            {"text": word, "start_ms": round(start * 1000), "end_ms": round(end * 1000)}
            for word, start, end in row.take__words
        ],
        "human": not row.take__synthetic,
    }
