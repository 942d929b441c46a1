"""The sound of a chapter or a book so far, as a WAV file that exists only while it is read.

Where every segment begins follows from the rows of its takes, so that any range of bytes is made
by decoding the few takes it touches: playing can begin, and jump, while the book is being made.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kosorong.book.plan import Pauses, key_of
from kosorong.book.rows import Finished, Planned
from kosorong.book.timing import Placed, timeline
from kosorong_library.library.models import Book, Chapter, Segment, State

HEADER_BYTES = 44
_WIDTH = 2
# A RIFF file counts its bytes in 32 bits: 27 hours.
_MOST_BYTES = 2**32 - 64


@dataclass(frozen=True, slots=True)
class Piece:
    """A take and the silence after it.

    Attributes:
        name: The take's file, "" where it has nothing to hear.
        start: First sample, from the beginning of the sound.
        samples: Length of the take.
        silence: Samples after it.
    """

    name: str
    start: int
    samples: int
    silence: int


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound made of takes.

    Attributes:
        pieces: In order, without gaps.
        sample_rate: Hz.
        key: Hash of all that the bytes depend on.
    """

    pieces: Sequence[Piece]
    sample_rate: int
    key: str

    @property
    def length(self) -> int:
        """Bytes of the WAV file."""
        last = self.pieces[-1] if self.pieces else Piece("", 0, 0, 0)
        return HEADER_BYTES + _WIDTH * (last.start + last.samples + last.silence)

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield the WAV file's bytes from `start` up to `stop`."""
        if start < HEADER_BYTES:
            yield wav_header(self.length, self.sample_rate)[start:stop]
        first = max(0, start - HEADER_BYTES) // _WIDTH
        at = max(0, bisect_right(self.pieces, first, key=lambda piece: piece.start) - 1)
        for piece in self.pieces[at:]:
            begin = HEADER_BYTES + _WIDTH * piece.start
            if begin >= stop:
                return
            data = self._bytes(piece)
            yield data[max(0, start - begin) : stop - begin]

    def _bytes(self, piece: Piece) -> bytes:
        # Decoding loads libav: only where sound is asked for.
        from kosorong.audio.wav import to_int16
        from kosorong.book.sound import faded
        from kosorong_library.studio.shelf import take_audio

        samples = take_audio(piece.name, piece.samples, self.sample_rate)
        sound: bytes = to_int16(faded(samples, self.sample_rate)).tobytes()
        return sound + bytes(_WIDTH * piece.silence)


def wav_header(length: int, sample_rate: int) -> bytes:
    """Return the header of a 16-bit mono WAV file of `length` bytes in all.

    >>> len(wav_header(100, 22050))
    44
    """
    size = min(length, _MOST_BYTES)
    head = struct.pack("<4sI4s4sI", b"RIFF", size - 8, b"WAVE", b"fmt ", 16)
    form = struct.pack("<HHIIHH", 1, 1, sample_rate, sample_rate * _WIDTH, _WIDTH, 8 * _WIDTH)
    return head + form + struct.pack("<4sI", b"data", size - HEADER_BYTES)


@dataclass(frozen=True, slots=True)
class Heard:
    """A segment that can be heard, and where.

    Attributes:
        segment: Its number in the database.
        take: Key of its take.
        name: File of its take.
        placed: Its place in the chapter's sound; words are left out.
    """

    segment: int
    take: str
    name: str
    placed: Placed


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
)


def place(chapter: Chapter, sample_rate: int, last: int | None = None) -> Iterator[Heard]:
    """Yield the segments of a chapter that can be heard one after another, with their places.

    It ends at the first segment that is still to come: what lies behind would move. A segment that
    failed is passed over.

    Args:
        chapter: Whose.
        sample_rate: Hz.
        last: Position of the last segment that is asked for; all where None.
    """
    known: dict[int, tuple[int, str, str]] = {}

    def heard() -> Iterator[Finished]:
        found = Segment.objects.filter(chapter=chapter).exclude(state=State.FAILED)
        if last is not None:
            found = found.filter(position__lte=last)
        for row in found.order_by("position").values_list(*_COLUMNS):
            number, position, paragraph, kind, ends, text, state, key, name, samples, rate = row
            if state != State.DONE or key is None:
                return
            known[position] = (number, key, name)
            planned = Planned(position, chapter.position, paragraph, kind, ends, text, "", key)
            yield Finished(planned, "", round(samples * sample_rate / rate), ())

    for placed in timeline(heard(), Pauses(), sample_rate):
        number, key, name = known.pop(placed.finished.planned.position)
        yield Heard(number, key, name, placed)


def chapter_sound(chapter: Chapter, sample_rate: int) -> Sound:
    """Return the sound of a chapter so far."""
    return _sound([chapter], sample_rate)


def book_sound(book: Book, sample_rate: int) -> Sound:
    """Return the sound of a book so far: chapter after chapter, up to what is still to come."""
    chapters = []
    for chapter in book.chapters.all():
        chapters.append(chapter)
        if chapter.segments.filter(state=State.WAITING).exists():
            break
    return _sound(chapters, sample_rate)


def _sound(chapters: Sequence[Chapter], sample_rate: int) -> Sound:
    pieces: list[Piece] = []
    key, at = key_of(sample_rate), 0
    for chapter in chapters:
        for heard in place(chapter, sample_rate):
            placed = heard.placed
            length = placed.finished.samples
            pieces.append(Piece(heard.name, at + placed.start, length, placed.silence))
            key = key_of(key, heard.take, placed.silence)
        if pieces:
            last = pieces[-1]
            at = last.start + last.samples + last.silence
    return Sound(pieces, sample_rate, key)
