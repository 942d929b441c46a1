"""A finished book as the writers of files see it: parts, lines, sound; nothing held whole."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.encode import StreamEncoder, coding_of
from kosorong.audio.files import replacing
from kosorong.audio.loudness import gain_towards
from kosorong.book.drawing import shown
from kosorong.book.manuscript import Chapter, Manuscript, Skipped
from kosorong.book.plan import BookOptions, key_of, plain
from kosorong.book.rows import Told
from kosorong.book.sound import chapter_sound, measure_loudness
from kosorong.book.store import Store
from kosorong.book.timing import Clip, Placed, clips, timeline
from kosorong.book.work import Route
from kosorong.ports import Voice

Float = NDArray[np.float32]

_MP3 = ".mp3"
_SYNTHETIC = "합성 음성 · synthetic voice"
_PICTURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png", b"GIF8": "image/gif"}
# Part of the key of every file made here: goes up when the same work gives another file.
MAKE = 1


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
        notice: Whether the voice is synthetic and who spoke or corrected what.
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
    notice: str
    credit: str
    rights: str
    identifier: str
    cover: bytes | None = None
    cover_type: str = ""

    @property
    def comment(self) -> str:
        """Notice and licences in one line, for tags."""
        return " ".join(part for part in (self.notice, self.credit, self.rights) if part)


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
        gain: Factor that brings it to the book's loudness.
        lufs: Loudness before that.
        notes: Footnotes, shown and not read.
        key: Hash of everything that its sound depends on.
    """

    number: int
    chapter: int
    title: str
    level: int
    segments: int
    samples: int
    gain: float
    lufs: float
    notes: tuple[str, ...]
    key: str


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


class Edition:
    """A book whose segments are all finished.

    Args:
        store: Where they lie.
        imprint: The title page.
        parts: Chapters with something to hear.
        route: Which of the two languages is read.
        options: Settings of the book.
        sample_rate: Hz.
        skipped: What the reader of the manuscript left out.
    """

    def __init__(
        self,
        store: Store,
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
        self._store = store
        self._route = route
        self._options = options

    def key(self, name: str) -> str:
        """Return the hash of everything that a format's file depends on."""
        i = self.imprint
        cover = key_of(i.cover.hex()) if i.cover else ""
        words = (i.title, i.author, i.language, i.beside, i.comment, i.narrator, i.identifier)
        parts = [(part.key, part.title, part.level, part.notes) for part in self.parts]
        skipped = [(s.where, s.text, s.reason) for s in self.skipped]
        return key_of(MAKE, name, words, cover, parts, skipped)

    def milliseconds(self, part: Part) -> int:
        """Return a part's length."""
        return round(part.samples * 1000 / self.sample_rate)

    def replacing(self, path: Path) -> AbstractContextManager[Path]:
        """Give a temporary path for a file of the book, whole or not there.

        It lies in the work folder, where the next run clears away what a kill left.
        """
        return replacing(path, self._store.folder / "chapters")

    def told(self) -> Iterator[Told]:
        """Yield what translator and voice warned of."""
        return self._store.said()

    def placed(self, part: Part) -> Iterator[Placed]:
        """Yield a part's segments with their places in its sound."""
        finished = self._store.finished(part.chapter)
        return timeline(finished, self._options.pauses, self.sample_rate)

    def lines(self, part: Part) -> Iterator[Line]:
        """Yield a part's segments as a page shows them."""
        for placed in self.placed(part):
            yield self._line(placed)

    def _line(self, placed: Placed) -> Line:
        one, rate = placed.finished, self.sample_rate
        text, beside = one.planned.text, one.other
        if self._route.reads_other:
            text, beside = beside, text
        clip, word_clips = clips(placed, rate)
        words = tuple(
            TimedWord(word.text, round((placed.start / rate + word.start) * 1000), at)
            for word, at in zip(one.words, word_clips, strict=True)
        )
        begin = round(placed.start * 1000 / rate)
        end = round((placed.start + one.samples) * 1000 / rate)
        planned = one.planned
        return Line(
            planned.position, planned.paragraph, planned.kind, text, beside, begin, end, clip, words
        )

    def sound(self, part: Part) -> Iterator[Float]:
        """Yield a part's samples in pieces, brought to the book's loudness."""
        return chapter_sound(self._store, self.placed(part), self.sample_rate, part.gain)

    def mp3(self, part: Part) -> Path:
        """Return a part as an MP3 file in the work folder, made once for all formats.

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
        return self._store.folder / "chapters" / f"{name}{_MP3}"

    def forget_old_sound(self) -> None:
        """Remove MP3 files of earlier makes from the work folder."""
        current = {self._mp3_path(part) for part in self.parts}
        for path in (self._store.folder / "chapters").glob(f"*{_MP3}"):
            if path not in current:
                path.unlink()

    def _tags(self, part: Part) -> Mapping[str, str]:
        imprint = self.imprint
        tags = {
            "title": part.title,
            "album": imprint.title,
            "artist": imprint.author or imprint.narrator,
            "album_artist": imprint.author,
            "composer": imprint.narrator,
            "track": f"{part.number}/{len(self.parts)}",
            "genre": "Audiobook",
            "language": imprint.language if len(imprint.language) == 3 else "kor",
            "comment": imprint.comment,
            "copyright": imprint.rights,
        }
        return {name: plain(value) for name, value in tags.items() if value}


def picture_type(data: bytes) -> str:
    r"""Return the media type of a picture by its first bytes, "" where books cannot hold it.

    >>> picture_type(b"\x89PNG\r\n")
    'image/png'
    """
    for head, kind in _PICTURES.items():
        if data.startswith(head):
            return kind
    return ""


@dataclass(frozen=True, slots=True)
class ByHand:
    """How many segments people had a hand in.

    Attributes:
        corrected: Whose text a person wrote or corrected.
        spoken: That a person spoke.
        all_spoken: No machine is heard in the book.
    """

    corrected: int = 0
    spoken: int = 0
    all_spoken: bool = False


def assemble(
    store: Store,
    manuscript: Manuscript,
    route: Route,
    options: BookOptions,
    voice: Voice,
    by_hand: ByHand = ByHand(),
) -> Edition:
    """Return the edition of a manuscript whose segments are all finished in the store.

    Measures the loudness of every chapter that was not measured before.
    """
    title = plain(options.title or manuscript.title) or "제목 없음"
    author = plain(options.author or manuscript.author)
    cover = shown(manuscript.cover or b"", title)
    imprint = Imprint(
        title=title,
        author=author,
        language=route.spoken,
        beside=route.beside,
        original=route.original,
        narrator=voice.name if by_hand.all_spoken else f"{voice.name} ({_SYNTHETIC})",
        notice=_notice(route, voice, by_hand),
        credit=plain(voice.credit),
        rights=plain(options.rights),
        identifier=uuid.uuid5(uuid.NAMESPACE_OID, key_of(title, author, route.spoken)).urn,
        cover=cover if picture_type(cover) else None,
        cover_type=picture_type(cover),
    )
    parts: list[Part] = []
    for index, chapter in enumerate(manuscript.chapters):
        part = _part(store, index, chapter, len(parts) + 1, route, options, voice.sample_rate)
        if part is not None:
            parts.append(part)
    return Edition(
        store, imprint, tuple(parts), route, options, voice.sample_rate, manuscript.skipped
    )


def _notice(route: Route, voice: Voice, by_hand: ByHand) -> str:
    said = [f"합성 음성({voice.name})이 읽은 책입니다. Read by a synthetic voice."]
    if by_hand.all_spoken:
        said = [f"사람({voice.name})이 읽은 책입니다. Read by a person."]
    elif by_hand.spoken:
        said.append(
            f"{by_hand.spoken}개 구간은 사람이 읽었습니다. "
            f"Segments spoken by a person: {by_hand.spoken}."
        )
    if by_hand.corrected:
        said.append(
            f"{by_hand.corrected}개 구간은 사람이 고쳤습니다. "
            f"Segments corrected by a person: {by_hand.corrected}."
        )
    if by_hand == ByHand():
        said.append(
            "사람이 읽거나 고친 구간은 없습니다. No segment was spoken or corrected by a person."
        )
    if route.other:
        said.append("번역은 기계가 했습니다. Translated by machine.")
    return " ".join(said)


def _part(
    store: Store,
    index: int,
    chapter: Chapter,
    number: int,
    route: Route,
    options: BookOptions,
    sample_rate: int,
) -> Part | None:
    """Walk through a chapter once; None where it has no segment."""
    key, samples, count = key_of(sample_rate, options.loudness), 0, 0
    heading: list[str] = []
    for placed in timeline(store.finished(index), options.pauses, sample_rate):
        one = placed.finished
        key = key_of(key, one.planned.speech, one.other, placed.silence, one.planned.text)
        samples, count = placed.end, count + 1
        if one.planned.paragraph == 0 and one.planned.kind == "heading":
            heading.append(one.other if route.reads_other else one.planned.text)
    if not count:
        return None
    lufs = store.loudness(key)
    if lufs is None:
        placed_again = timeline(store.finished(index), options.pauses, sample_rate)
        lufs = measure_loudness(store, placed_again, sample_rate)
        store.save_loudness(key, lufs)
    title = plain(" ".join(heading)) or plain(chapter.title) or f"{number}장"
    gain = gain_towards(lufs, options.loudness)
    return Part(
        number, index, title, max(1, chapter.level), count, samples, gain, lufs, chapter.notes, key
    )
