"""The sound of a chapter or a book so far, as a WAV file that exists only while it is read.

Where every segment begins follows from the rows of its takes, so that any range of bytes is made
by decoding the few takes it touches: playing can begin, and jump, while the book is being made.
"""

from __future__ import annotations

import logging
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from django.db import DatabaseError

from kosorong.audio.mark import Heard, Mark
from kosorong.book.keys import key_of
from kosorong.book.options import BookOptions, Pauses
from kosorong.book.records import Finished, Planned
from kosorong.book.timing import Placed, pause_between, silence_after, timeline
from kosorong_library.library.models import Book, Chapter, Segment, State
from kosorong_library.studio import damage
from kosorong_library.studio.models import Take, lufs_of, stored_lufs

logger = logging.getLogger(__name__)

_WIDTH = 2


@dataclass(frozen=True, slots=True)
class TakeSpan:
    """A take and the silence after it.

    Attributes:
        name: The take's file, "" where it has nothing to hear.
        take: The take's key.
        lufs: Its loudness, None where nobody measured it yet.
        start: First sample, from the beginning of the sound.
        samples: Length of the take.
        silence: Samples after it.
    """

    name: str
    take: str
    lufs: float | None
    start: int
    samples: int
    silence: int


@dataclass(frozen=True)
class Sound:
    """A sound made of takes.

    Attributes:
        pieces: In order, without gaps.
        sample_rate: Hz.
        key: Hash of all that the bytes depend on.
        mark: Who is heard.
    """

    pieces: Sequence[TakeSpan]
    sample_rate: int
    key: str
    mark: Mark

    @cached_property
    def header(self) -> bytes:
        """The beginning of the WAV file, up to its first sample."""
        # Sound loads numpy: only where it is asked for.
        from kosorong.audio.wav import wav_header

        head: bytes = wav_header(self.samples, self.sample_rate, self.mark.tags())
        return head

    @property
    def samples(self) -> int:
        """Length with all silence."""
        last = self.pieces[-1] if self.pieces else None
        return last.start + last.samples + last.silence if last else 0

    @property
    def length(self) -> int:
        """Bytes of the WAV file."""
        return len(self.header) + _WIDTH * self.samples

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield the WAV file's bytes from `start` up to `stop`."""
        head = len(self.header)
        if start < head:
            yield self.header[start:stop]
        first = max(0, start - head) // _WIDTH
        at = max(0, bisect_right(self.pieces, first, key=lambda piece: piece.start) - 1)
        for piece in self.pieces[at:]:
            begin = head + _WIDTH * piece.start
            if begin >= stop:
                return
            data = self._bytes(piece)
            yield data[max(0, start - begin) : stop - begin]

    def _bytes(self, piece: TakeSpan) -> bytes:
        # Decoding loads libav: only where sound is asked for.
        from kosorong.audio.wav import to_int16
        from kosorong.book.sound import Level
        from kosorong_library.studio.take_store import take_audio

        level = Level(self.sample_rate)
        try:
            samples = take_audio(piece.name, piece.samples, self.sample_rate)
        except damage.DamagedError as error:
            # What comes after it is heard; the sentence tells of it on the page.
            logger.warning("%s", error)
            with suppress(DatabaseError):
                damage.found_in(piece.take)
            return bytes(_WIDTH * (piece.samples + piece.silence))
        if piece.lufs is None:
            lufs = level.measured(samples)
            # Where the database is busy, whoever hears it next measures it again.
            with suppress(DatabaseError):
                Take.objects.filter(key=piece.take).update(lufs=stored_lufs(lufs))
        else:
            lufs = lufs_of(piece.lufs)
        sound: bytes = to_int16(level.levelled(samples, lufs)).tobytes()
        return sound + bytes(_WIDTH * piece.silence)


@dataclass(frozen=True, slots=True)
class PlacedTake:
    """A segment that can be heard, and where.

    Attributes:
        segment: Its number in the database.
        take: Key of its take.
        name: File of its take.
        placed: Its place in the chapter's sound; words are left out.
        heard: Who speaks.
        lufs: How loud the take is, None where nobody measured it yet.
    """

    segment: int
    take: str
    name: str
    placed: Placed
    heard: Heard
    lufs: float | None


_COLUMNS = (
    "pk",
    "position",
    "paragraph",
    "kind",
    "ends_paragraph",
    "source_text",
    "state",
    "take__key",
    "take__audio",
    "take__samples",
    "take__sample_rate",
    "take__voice",
    "take__credit",
    "take__synthetic",
    "take__lufs",
)


def place(chapter: Chapter, sample_rate: int, last: int | None = None) -> Iterator[PlacedTake]:
    """Yield the segments of a chapter that can be heard one after another, with their places.

    It ends at the first segment that is still to come: what lies behind would move. A segment that
    failed is passed over.

    Args:
        chapter: Whose.
        sample_rate: Hz.
        last: Position of the last segment that is asked for; all where None.
    """
    known: dict[int, tuple[int, str, str, Heard, float | None]] = {}

    def heard() -> Iterator[Finished]:
        rows = Segment.objects.filter(chapter=chapter).exclude(state=State.FAILED)
        if last is not None:
            rows = rows.filter(position__lte=last)
        for row in rows.order_by("position").values_list(*_COLUMNS):
            number, position, paragraph, kind, ends, text, state, key, name, *take = row
            if state != State.DONE or key is None:
                return
            samples, rate, *who, lufs = take
            known[position] = (number, key, name, Heard(*who), lufs)
            planned = Planned(position, chapter.position, paragraph, kind, ends, text, "", key)
            yield Finished(planned, "", round(samples * sample_rate / rate), ())

    pauses = Pauses().at(chapter.book.speed)
    for placed in timeline(heard(), pauses, sample_rate):
        number, key, name, who, lufs = known.pop(placed.finished.planned.position)
        yield PlacedTake(number, key, name, placed, who, lufs)


def silences(book: Book, rows: Sequence[Any], sample_rate: int) -> dict[int, int]:
    """Return the samples of silence after segments that stand together, by their number.

    Only neighbours are looked at, so that it costs the same at the end of a long book. Of the last
    row nothing is told, nor of one after which nothing can be heard yet.

    Args:
        book: Whose.
        rows: Segments in order, with the columns of their takes.
        sample_rate: Hz.
    """
    pauses = Pauses().at(book.speed)
    heard = [(one, _finished(one, sample_rate)) for one in rows if one.state == State.DONE]
    told: dict[int, int] = {}
    for (row, before), (_, after) in pairwise(heard):
        if before is None or after is None:
            continue
        same = before.planned.chapter == after.planned.chapter
        pause = pause_between(before, after, pauses) if same else pauses.chapter
        told[row.pk] = silence_after(before.samples, pause * sample_rate)
    return told


def _finished(row: Any, sample_rate: int) -> Finished | None:
    if row.take__key is None:
        return None
    where = (row.position, row.chapter__position, row.paragraph, row.kind, row.ends_paragraph)
    planned = Planned(*where, row.source_text, "", row.take__key)
    samples = round(row.take__samples * sample_rate / row.take__sample_rate)
    return Finished(planned, "", samples, ())


def chapter_sound(chapter: Chapter, sample_rate: int) -> Sound:
    """Return the sound of a chapter so far."""
    return _sound([chapter], sample_rate, chapter.book.rights)


def book_sound(book: Book, sample_rate: int) -> Sound:
    """Return the sound of a book so far: chapter after chapter, up to what is still to come."""
    chapters = []
    for chapter in book.chapters.all():
        chapters.append(chapter)
        if chapter.segments.filter(state=State.WAITING).exists():
            break
    return _sound(chapters, sample_rate, book.rights)


def _sound(chapters: Sequence[Chapter], sample_rate: int, rights: str) -> Sound:
    pieces: list[TakeSpan] = []
    # Takes are brought to one loudness, as in every file of a book.
    key, at = key_of(sample_rate, BookOptions().loudness), 0
    known: dict[Heard, None] = {}
    for chapter in chapters:
        for heard in place(chapter, sample_rate):
            placed = heard.placed
            length = placed.finished.samples
            known[heard.heard] = None
            begin = at + placed.start
            pieces.append(
                TakeSpan(heard.name, heard.take, heard.lufs, begin, length, placed.silence)
            )
            key = key_of(key, heard.take, placed.silence)
        if pieces:
            last = pieces[-1]
            at = last.start + last.samples + last.silence
    mark = Mark.of(known, rights)
    return Sound(pieces, sample_rate, key_of(key, mark.tags()), mark)
