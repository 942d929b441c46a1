"""The text of a book becomes segments: a long one piece by piece, its beginning at once.

A piece is cut while nothing is locked, and written in one short transaction. Who cuts it, and in
which order books come, `take_up` decides: every book's first piece before any book's second.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.db.models import F, Max
from django.utils.crypto import get_random_string

from kosorong.book.manuscript import Manuscript
from kosorong.text.cleaning import clean
from kosorong.text.segments.sentences import SEGMENT_SYLLABLES, segments_of
from kosorong_library.config.clock import now
from kosorong_library.config.deadlocks import retried
from kosorong_library.library import search
from kosorong_library.library.models import Book, Chapter, Segment, Uncut
from kosorong_library.library.signals import work_wanted

AT_ONCE = 100_000
"""Characters of a text that is cut while whoever brought it waits: a tenth of a second of work."""
PIECE = 10_000
"""Characters of a piece of a longer one: some 140 segments, a tenth of a second to write."""
_BATCH = 500
_ROWS = 48  # pieces written with one statement: 4 MB at most, less than MariaDB takes
_SENTENCE = re.compile(r"[.!?。！？…]\s+")
_ENDS = re.compile(r"[^\w]+|[ㅋㅎㅠㅜ]{2,}")

Paragraph = tuple[int, int, str, str, bool]
"""Chapter, index in it, kind, text, and whether the paragraph ends with this text."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A segment that has no place in its book yet.

    Attributes:
        chapter: Place of its chapter, from 0.
        paragraph: Index in its chapter.
        kind: Kind of its paragraph.
        ends: Whether it ends its paragraph.
        text: What it says.
    """

    chapter: int
    paragraph: int
    kind: str
    ends: bool
    text: str


def pieces_of(manuscript: Manuscript) -> list[list[Paragraph]]:
    """Return the text of a manuscript in pieces; one piece where it is cut at once."""
    paragraphs = list(_paragraphs(manuscript))
    if sum(len(text) for *_, text, _ in paragraphs) <= AT_ONCE:
        return [paragraphs]
    pieces: list[list[Paragraph]] = [[]]
    room = PIECE
    for chapter, place, kind, text, _ in paragraphs:
        parts = list(_parts(text))
        for number, part in enumerate(parts, 1):
            if pieces[-1] and len(part) > room:
                pieces.append([])
                room = PIECE
            pieces[-1].append((chapter, place, kind, part, number == len(parts)))
            room -= len(part)
    return pieces


def _paragraphs(manuscript: Manuscript) -> Iterator[Paragraph]:
    for number, chapter in enumerate(manuscript.chapters):
        for place, paragraph in enumerate(chapter.paragraphs):
            if paragraph.kind != "break":
                yield number, place, paragraph.kind, clean(paragraph.text), True


def _parts(text: str) -> Iterator[str]:
    """Yield a paragraph whole, or one that is longer than a piece in parts of whole sentences."""
    start = 0
    while len(text) - start > PIECE:
        last = text.rfind(" ", start + 1, start + PIECE) + 1 or start + PIECE
        for end in _SENTENCE.finditer(text, start + PIECE // 2, start + PIECE):
            last = end.end()
        yield text[start:last]
        start = last
    if text[start:].strip() or not start:
        yield text[start:]


def cut(piece: Iterable[Paragraph]) -> list[Cut]:
    """Return the segments of a piece."""
    found = []
    for chapter, place, kind, text, ends in piece:
        texts = segments_of(text)
        for number, one in enumerate(texts, 1):
            if one.strip():
                found.append(Cut(chapter, place, kind, ends and number == len(texts), one))
    return found


def most_segments(pieces: Iterable[Sequence[Paragraph]]) -> int:
    """Return a number that the segments of a text do not exceed, without cutting it.

    A segment ends at a mark, at white space or at laughter, or is as long as one may be.
    """
    return sum(
        1 + len(_ENDS.findall(text)) + len(text) // SEGMENT_SYLLABLES
        for piece in pieces
        for *_, text, _ in piece
    )


def uncut(pieces: Iterable[Sequence[Paragraph]]) -> list[Uncut]:
    """Return the rows of pieces that are cut later, in their order, of no book yet."""
    return [
        Uncut(
            position=position,
            paragraphs=json.dumps(piece, ensure_ascii=False),
            most=most_segments([piece]),
        )
        for position, piece in enumerate(pieces)
    ]


def keep_uncut(book: Book, rows: Sequence[Uncut]) -> None:
    """Write down the pieces of a new book that are cut later."""
    for row in rows:
        row.pk, row.book = None, book
    Uncut.objects.bulk_create(rows, _ROWS)


def lay(book: Book, texts: Sequence[Cut]) -> None:
    """Write segments behind those that a book has."""
    chapters = dict(book.chapters.values_list("position", "pk"))
    last = book.segments.aggregate(last=Max("position"))["last"]
    first = 0 if last is None else last + 1
    rows = [
        Segment(
            book=book,
            chapter_id=chapters[one.chapter],
            position=position,
            paragraph=one.paragraph,
            kind=one.kind,
            ends_paragraph=one.ends,
            source_text=one.text,
        )
        for position, one in enumerate(texts, first)
    ]
    search.index(Segment.objects.bulk_create(rows, _BATCH))


def lay_chapters(book: Book, chapters: Iterable[Chapter]) -> None:
    """Write the chapters of a new book."""
    Chapter.objects.bulk_create(chapters, _BATCH)


def cut_next() -> bool:
    """Cut the next piece of some book; return whether there was one to cut."""
    piece = take_up()
    if piece is None:
        return False
    _exchange(piece, cut(json.loads(piece.paragraphs)))
    return True


@retried
def take_up() -> Uncut | None:
    """Take the next piece in hand; None where there is none, or others have them all.

    Of a book one piece is in hand at a time: where the next one begins is known when it is
    written.
    """
    held = Uncut.objects.filter(claimed_until__gte=now()).values("book")
    free = Uncut.objects.exclude(book__in=held).order_by("position", "pk")
    number = free.values_list("pk", flat=True).first()
    if number is None:
        return None
    name = get_random_string(12)
    mine = Uncut.objects.filter(pk=number).exclude(claimed_until__gte=now())
    # A worker that died is waited for no longer than cutting takes a hundred times over.
    mine.update(claimed_by=name, claimed_until=now(seconds=20))
    return Uncut.objects.filter(pk=number, claimed_by=name).first()


@retried
def _exchange(piece: Uncut, texts: Sequence[Cut]) -> None:
    """Write the segments of a piece in its place, unless somebody else did."""
    with transaction.atomic():
        count, _ = Uncut.objects.filter(pk=piece.pk, claimed_by=piece.claimed_by).delete()
        if count:
            lay(piece.book, texts)
            Book.objects.filter(pk=piece.book_id).update(uncut=F("uncut") - 1, unfinished=True)
            transaction.on_commit(partial(work_wanted.send, None))
