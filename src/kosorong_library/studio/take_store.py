"""A book's finished takes, as the engine's `Edition` wants to see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet
from numpy.typing import NDArray

from kosorong.audio.aac import Packets, dump, load
from kosorong.audio.mark import Heard, Mark
from kosorong.audio.wav import decode_audio
from kosorong.book.assembly import assemble
from kosorong.book.edition import Edition
from kosorong.book.manuscript import Chapter, Manuscript, Skipped
from kosorong.book.options import BookOptions
from kosorong.book.records import Finished, Planned, WarningCount
from kosorong.book.route import route_of
from kosorong.errors import InputError
from kosorong.ports import WordTime
from kosorong_library.library import covers
from kosorong_library.library.models import PERSON, Book, Segment, State
from kosorong_library.storage import files
from kosorong_library.studio.damage import damaged
from kosorong_library.studio.models import Take, lufs_of, stored_lufs

Float = NDArray[np.float32]

_PAGE = 256
# Samples by which two ways of counting them at another rate may differ.
_RECKONED = 64
# Columns that would be unpacked for nothing.
_UNSEEN = ("links", "warnings", "doubts", "take__warnings")


@dataclass(frozen=True, slots=True)
class BookVoice:
    """What an edition says of the voice; a `kosorong.ports.Narrator`.

    Attributes:
        name: Of the voice.
        credit: Its licence and credit.
        sample_rate: Hz.
    """

    name: str
    credit: str
    sample_rate: int


@dataclass(slots=True)
class TakeStore:
    """Finished work of a book; a `kosorong.book.ports.FinishedWork`.

    Args:
        book: The book.
        folder: For files in the making.
        sample_rate: Hz of everything that comes out.
    """

    book: Book
    folder: Path
    sample_rate: int
    _audio: dict[str, str] = field(default_factory=dict)
    _loudness: dict[str, float] = field(default_factory=dict)

    def finished(self, chapter: int, *, timed: bool = True) -> Iterator[Finished]:
        """Yield a chapter's finished segments in order.

        Args:
            chapter: Its place.
            timed: Whether the times of words are wanted.
        """
        rows = finished_segments(self.book).filter(chapter__position=chapter)
        rows = rows.defer(*_UNSEEN, *(() if timed else ("take__words",)))
        for segment in rows.iterator(_PAGE):
            take: Take = segment.take
            self._audio[take.key] = take.audio.name
            if take.lufs is not None:
                self._loudness[take.key] = lufs_of(take.lufs)
            yield finished_of(segment, chapter, self.sample_rate, timed=timed)

    def warning_counts(self) -> Iterator[WarningCount]:
        """Yield what translator and voice warned of, most frequent first."""
        counts: Counter[str] = Counter()
        first: dict[str, int] = {}
        rows = finished_segments(self.book).values_list("position", "warnings", "take__warnings")
        for position, translator, voice in rows.iterator(_PAGE):
            for message in (*translator, *voice):
                counts[message] += 1
                first.setdefault(message, position)
        for message, count in counts.most_common():
            yield WarningCount(message, count, first[message])

    def audio(self, finished: Finished) -> Float:
        """Return the samples (T_wav,) of a segment.

        Raises:
            StorageError: The file is gone or damaged.
        """
        name = self._audio[finished.planned.speech]
        return take_audio(name, finished.samples, self.sample_rate)

    def packets(self, speech: str, key: str, *, trusted: bool = False) -> Packets | None:
        """Return a take as packets; None where it is to be encoded.

        Args:
            speech: Key of the take.
            key: Of how it was levelled and encoded.
            trusted: Whether its sum was looked at before.
        """
        name = files.packets_name(self._audio[speech])
        try:
            with default_storage.open(name) as file:
                return load(file.read(), key, trusted=trusted)
        except OSError:
            return None

    def save_packets(self, speech: str, key: str, packets: Packets) -> None:
        """Keep a take as packets, for the next file of any book that is made of it."""
        files.put_in_place(files.packets_name(self._audio[speech]), ContentFile(dump(packets, key)))

    def loudness(self, key: str) -> float | None:
        """Return a take's loudness (LUFS), None where it is not measured yet."""
        return self._loudness.get(key)

    def save_loudness(self, key: str, lufs: float) -> None:
        """Keep a take's loudness, LUFS."""
        self._loudness[key] = lufs
        Take.objects.filter(key=key).update(lufs=stored_lufs(lufs))


def finished_segments(book: Book) -> QuerySet[Segment]:
    """Return the segments that can be heard, in order."""
    done = Segment.objects.filter(book=book, state=State.DONE).exclude(take=None)
    return done.select_related("take").order_by("position")


def finished_of(
    segment: Segment, chapter: int, sample_rate: int, *, timed: bool = True
) -> Finished:
    """Return a segment as the engine's timing wants it, with the times of its words or without."""
    take: Take = segment.take
    planned = Planned(
        segment.position,
        chapter,
        segment.paragraph,
        segment.kind,
        segment.ends_paragraph,
        segment.source_text,
        "",
        take.key,
    )
    words = tuple(WordTime(*word) for word in take.words) if timed else ()
    length = samples_at(take, sample_rate)
    return Finished(planned, segment.target_text, length, words, take.heard)


def samples_at(take: Take, sample_rate: int) -> int:
    """Return a take's length in samples of another rate."""
    return round(int(take.samples) * sample_rate / int(take.sample_rate))


def take_audio(name: str, samples: int, sample_rate: int) -> Float:
    """Return the sound (T_wav,) of a take, as long as its row says.

    Raises:
        DamagedError: The file is gone or damaged.
        StorageError: The storage does not answer.
    """
    if not samples or not name:
        return np.zeros(samples, np.float32)
    try:
        with default_storage.open(name) as file:
            sound, _ = decode_audio(file.read(), sample_rate, where=name)
    except (OSError, InputError) as error:
        raise damaged(name) from error
    # Another rate may give a sample more or less than was reckoned.
    if len(sound) < samples - _RECKONED:
        raise damaged(name)
    return np.pad(sound, (0, max(0, samples - len(sound))))[:samples]


def narrator_of(book: Book) -> BookVoice | None:
    """Return a book's voice, a person's where no machine reads in it; None while it is silent."""
    first = finished_segments(book).order_by("-take__synthetic", "position").first()
    if first is None:
        return None
    take: Take = first.take
    return BookVoice(take.voice, take.credit, take.sample_rate)


def mark_in(book: Book) -> Mark:
    """Return what the sound of a book says of itself."""
    rows = finished_segments(book).order_by("take__voice", "take__credit", "take__synthetic")
    heard = rows.values_list("take__voice", "take__credit", "take__synthetic").distinct()
    return Mark.of((Heard(*row) for row in heard), book.rights)


def edition_of(book: Book, folder: Path) -> Edition:
    """Return the edition of a book's finished takes.

    Args:
        book: The book; what is not finished is left out.
        folder: Empty; for files in the making.

    Raises:
        InputError: Nothing of the book is finished.
        StorageError: The audio of a take is gone.
    """
    narrator = narrator_of(book)
    if narrator is None:
        raise InputError(
            "nothing of this book is finished yet.",
            where=book.title,
            cure="Wait until its first segments are made.",
        )
    (folder / "chapters").mkdir(exist_ok=True)
    store = TakeStore(book, folder, narrator.sample_rate)
    return assemble(
        store,
        _manuscript(book),
        route_of(book.language, True),
        BookOptions(rights=book.rights, speed=book.speed),
        narrator,
        _corrected(book),
    )


def _corrected(book: Book) -> int:
    rows = finished_segments(book)
    return int(rows.filter(Q(provenance=PERSON) | ~Q(spoken_text="")).count())


def _manuscript(book: Book) -> Manuscript:
    chapters = tuple(
        Chapter(chapter.title, chapter.level, (), tuple(chapter.notes))
        for chapter in book.chapters.all()
    )
    with default_storage.open(covers.cover_of(book)) as file:
        cover = file.read()
    return Manuscript(
        book.title,
        book.author,
        book.language,
        chapters,
        cover,
        skipped=tuple(Skipped(*fields) for fields in book.skipped),
        warnings=tuple(book.warnings),
    )
