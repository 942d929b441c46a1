"""A finished book as the writers of files see it: parts, lines, sound; nothing held whole."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.aac import Packets
from kosorong.audio.encode import StreamEncoder, coding_of
from kosorong.audio.files import replacing
from kosorong.audio.mark import Heard, Mark, Source
from kosorong.book.keys import key_of
from kosorong.book.manuscript import Skipped
from kosorong.book.notice import PersonStretch, places
from kosorong.book.options import BookOptions
from kosorong.book.ports import FinishedWork
from kosorong.book.records import WarningCount
from kosorong.book.route import Route
from kosorong.book.sound import Level, chapter_packets, chapter_sound
from kosorong.book.timing import Clip, Placed, clips, timeline
from kosorong.text.cleaning import plain

Float = NDArray[np.float32]

_MP3 = ".mp3"
_PICTURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png", b"GIF8": "image/gif"}
# Part of the key of every file made here: goes up when the same work gives another file.
MAKE = 3


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands on the title page and in the colophon.

    Attributes:
        title: Of the book.
        author: "" where unknown.
        language: Language read aloud.
        beside: Language shown beside, "" for none.
        original: Language of the manuscript.
        narrator: The voice, called synthetic where it is.
        mark: Who is heard, machine or person, in the whole book.
        notice: The same in words, and which segments are whose.
        remarks: Who translated, and how much was corrected.
        credit: Licence and credit of the voice.
        rights: Licence of the text.
        identifier: Stable URN of the book.
        cover: Bytes of the cover picture, None for none.
        cover_type: Its media type.
    """

    title: str
    author: str
    language: str
    beside: str
    original: str
    narrator: str
    mark: Mark
    notice: str
    remarks: str
    credit: str
    rights: str
    identifier: str
    cover: bytes | None = None
    cover_type: str = ""

    @property
    def description(self) -> str:
        """Notice and remarks."""
        return _joined(self.notice, self.remarks)

    @property
    def comment(self) -> str:
        """Notice, remarks and licences in one line, for tags."""
        return _joined(self.notice, self.remarks, self.mark.copyright)


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter that has something to hear.

    Attributes:
        number: From 1, chapters without a segment not counted.
        chapter: Index in the manuscript.
        title: In the language read aloud where the heading was read.
        level: 1 for the outermost level of the table of contents.
        segments: How many.
        samples: Length with all silence.
        notes: Footnotes, shown and not read.
        key: Hash of everything that its sound depends on.
        heard: Who reads in it, each once.
        spoken: Where people do.
    """

    number: int
    chapter: int
    title: str
    level: int
    segments: int
    samples: int
    notes: tuple[str, ...]
    key: str
    heard: tuple[Heard, ...] = ()
    spoken: tuple[PersonStretch, ...] = ()

    @property
    def source(self) -> Source:
        """Whether machine, person or both are heard in it."""
        return Mark.of(self.heard).source


@dataclass(frozen=True, slots=True)
class TimedWord:
    """A written word.

    Attributes:
        text: As written.
        begin: Milliseconds from the start of the chapter.
        clip: Stretch of sound for read-along, None where it has no room.
    """

    text: str
    begin: int
    clip: Clip | None


@dataclass(frozen=True, slots=True)
class Line:
    """A segment as a page shows it.

    Attributes:
        position: Place in the book, from 0.
        paragraph: Index of the paragraph in its chapter.
        kind: Kind of its paragraph.
        text: What is read aloud.
        beside: The same in the other language, "" for none.
        begin: Milliseconds from the start of the chapter.
        end: Milliseconds at which the voice falls silent.
        clip: Stretch of sound, with the silence after it.
        words: Timed words, nothing where the voice timed none.
        human: Whether a person reads it.
    """

    position: int
    paragraph: int
    kind: str
    text: str
    beside: str
    begin: int
    end: int
    clip: Clip | None
    words: tuple[TimedWord, ...]
    human: bool = False


class Edition:
    """A book whose segments are all finished.

    Args:
        work: Where they lie.
        imprint: The title page.
        parts: Chapters with something to hear.
        route: Which of the two languages is read.
        options: Settings of the book.
        sample_rate: Hz.
        skipped: What the reader of the manuscript left out.

    Attributes:
        sizes: Bytes of each packet by a part's number, of parts that were gone through.
    """

    def __init__(
        self,
        work: FinishedWork,
        imprint: Imprint,
        parts: tuple[Part, ...],
        route: Route,
        options: BookOptions,
        sample_rate: int,
        skipped: tuple[Skipped, ...] = (),
    ) -> None:
        self.imprint = imprint
        self.parts = parts
        self.sample_rate = sample_rate
        self.skipped = skipped
        self._work = work
        self._route = route
        self._options = options
        self._level = Level(sample_rate, options.loudness)
        self.sizes: dict[int, array[int]] = {}

    def key(self, name: str) -> str:
        """Return the hash of everything that a format's file depends on."""
        i = self.imprint
        cover = key_of(i.cover.hex()) if i.cover else ""
        words = (i.title, i.author, i.language, i.beside, i.comment, i.narrator, i.identifier)
        parts = [(part.key, part.title, part.level, part.notes) for part in self.parts]
        skipped = [(s.where, s.text, s.reason) for s in self.skipped]
        return key_of(MAKE, self._level.key, name, words, cover, parts, skipped)

    def milliseconds(self, part: Part) -> int:
        """Return a part's length."""
        return round(part.samples * 1000 / self.sample_rate)

    def replacing(self, path: Path) -> AbstractContextManager[Path]:
        """Give a temporary path for a file of the book, whole or not there.

        It lies in the work folder, where the next run clears away what a kill left.
        """
        return replacing(path, self._work.folder / "chapters")

    def spool(self) -> IO[bytes]:
        """Open a file of the work folder that is gone once it is closed."""
        return tempfile.TemporaryFile(dir=self._work.folder / "chapters")

    def warning_counts(self) -> Iterator[WarningCount]:
        """Yield what translator and voice warned of."""
        return self._work.warning_counts()

    def placed(self, part: Part, *, timed: bool = True) -> Iterator[Placed]:
        """Yield a part's segments with their places in its sound, and their words where `timed`."""
        finished = self._work.finished(part.chapter, timed=timed)
        return timeline(finished, self._options.silences, self.sample_rate)

    def lines(self, part: Part) -> Iterator[Line]:
        """Yield a part's segments as a page shows them."""
        for placed in self.placed(part):
            yield self._line(placed)

    def _line(self, placed: Placed) -> Line:
        finished, rate = placed.finished, self.sample_rate
        text, beside = finished.planned.text, finished.other
        if self._route.reads_other:
            text, beside = beside, text
        clip, word_clips = clips(placed, rate)
        words = tuple(
            TimedWord(word.text, round((placed.start / rate + word.start) * 1000), at)
            for word, at in zip(finished.words, word_clips, strict=True)
        )
        begin = round(placed.start * 1000 / rate)
        end = round((placed.start + finished.samples) * 1000 / rate)
        planned = finished.planned
        place = planned.position, planned.paragraph, planned.kind
        human = finished.heard is not None and not finished.heard.synthetic
        return Line(*place, text, beside, begin, end, clip, words, human)

    def sound(self, part: Part) -> Iterator[Float]:
        """Yield a part's samples in pieces, brought to the book's loudness."""
        return chapter_sound(self._work, self.placed(part, timed=False), self._level)

    def packets(self, part: Part, *, trusted: bool = False) -> Iterator[Packets]:
        """Yield a part as packets of AAC, each take encoded once for all formats and makes.

        Args:
            part: Which.
            trusted: Whether their sums were looked at before.

        Raises:
            StorageError: The disk is full, or the audio of a segment is damaged.
        """
        placed = self.placed(part, timed=False)
        return chapter_packets(self._work, placed, self._level, trusted=trusted)

    def mp3(self, part: Part) -> Path:
        """Return a part as an MP3 file in the work folder; one that did not change is kept.

        Raises:
            StorageError: The disk is full, or the audio of a segment is damaged.
        """
        path, tags = self._mp3_path(part), self._tags(part)
        if not path.exists():
            with (
                self.replacing(path) as place,
                StreamEncoder(place, coding_of(_MP3), self.sample_rate, tags) as encoder,
            ):
                for samples in self.sound(part):
                    encoder.write(samples)
        return path

    def _mp3_path(self, part: Part) -> Path:
        name = key_of(MAKE, part.key, self._tags(part))
        return self._work.folder / "chapters" / f"{name}{_MP3}"

    def forget_old_sound(self) -> None:
        """Remove MP3 files of earlier makes from the work folder."""
        current = {self._mp3_path(part) for part in self.parts}
        for path in (self._work.folder / "chapters").glob(f"*{_MP3}"):
            if path not in current:
                path.unlink()

    def comment(self, part: Part) -> str:
        """Return who reads a part, remarks and licences in one line, for its tags."""
        mark = self.mark(part)
        where = places(part.spoken) if mark.source is Source.BOTH else ""
        return _joined(mark.sentence, where, self.imprint.remarks, mark.copyright)

    def mark(self, part: Part) -> Mark:
        """Return what the sound of a part says of itself."""
        return Mark.of(part.heard, self.imprint.rights)

    def _tags(self, part: Part) -> Mapping[str, str]:
        imprint, mark = self.imprint, self.mark(part)
        tags = {
            **mark.tags(),
            "title": part.title,
            "album": imprint.title,
            # Libraries of audiobooks look for the author here, and for who reads in `composer`.
            "artist": imprint.author or mark.artist,
            "album_artist": imprint.author,
            "composer": mark.artist,
            "track": f"{part.number}/{len(self.parts)}",
            "genre": "Audiobook",
            "language": imprint.language if len(imprint.language) == 3 else "kor",
            "comment": self.comment(part),
        }
        return {name: plain(value) for name, value in tags.items() if value}


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def picture_type(data: bytes) -> str:
    r"""Return the media type of a picture by its first bytes, "" where books cannot hold it.

    >>> picture_type(b"\x89PNG\r\n")
    'image/png'
    """
    for head, kind in _PICTURES.items():
        if data.startswith(head):
            return kind
    return ""
