"""Translating and speaking the segments of a book, and nothing twice."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from kosorong.audio.mark import mark_of
from kosorong.book.formats import FORMATS
from kosorong.book.keys import translation_key
from kosorong.book.making import SpeechRequest, speak_one, translate_all
from kosorong.book.manuscript import Take
from kosorong.book.options import BookOptions
from kosorong.book.packing import Packed, Packer
from kosorong.book.records import Planned
from kosorong.book.route import Route
from kosorong.book.sound import Level
from kosorong.book.store import Store
from kosorong.ports import Dial, Progress, Translator, Voice, WordTime

# Segments translated at once. The plan is always cut at the same places, so that a run after a
# kill hands the translator the same batches as an unbroken one.
BATCH = 16
# Segments handed to the voice and not yet kept: it goes on while the next batch is translated.
_AHEAD = 2 * BATCH
# Whose files hold AAC.
_OF_AAC = frozenset(name for name, form in FORMATS.items() if form.of_aac)


@dataclass(slots=True)
class Tally:
    """What one run did.

    Attributes:
        translated: Segments translated.
        spoken: Segments spoken.
        translating: Seconds the translator took.
        speaking: Seconds from the first segment to the last, translation between included.
        samples: Samples of speech made.
    """

    translated: int = 0
    spoken: int = 0
    translating: float = 0.0
    speaking: float = 0.0
    samples: int = 0


@dataclass(slots=True)
class Works:
    """Makes what is missing of a book's segments.

    Three kinds of thread work side by side: this one translates and keeps, voices speak, and one
    packs.

    Args:
        store: Where finished work lies.
        route: Which way the book goes.
        translator: None where the route needs none.
        voice: Reads the segments; its `speak` is called from `options.jobs` threads.
        options: Settings of the book.
        progress: Told of every finished segment.

    Attributes:
        takes: Place in the book → where a segment is heard, if the voice is a recording.
    """

    store: Store
    route: Route
    translator: Translator | None
    voice: Voice
    options: BookOptions
    progress: Progress
    tally: Tally = field(default_factory=Tally)
    takes: dict[int, Take] = field(default_factory=dict)
    _underway: set[str] = field(default_factory=set)

    @property
    def _level(self) -> Level:
        return Level(self.voice.sample_rate, self.options.loudness)

    def translation_key(self, text: str) -> str:
        """Return the key of a segment's translation, "" where none is wanted."""
        if self.translator is None or not self.route.other:
            return ""
        return translation_key(text, self._dial, self.translator.fingerprint)

    def known_speech_key(self, position: int, text: str, translation: str) -> str:
        """Return the key of a segment's speech, "" where its text is not known yet.

        Args:
            position: Of the segment in the book.
            text: The original.
            translation: Key of its translation, "" for none.
        """
        reading = self.store.translation(translation) if translation else text
        if reading is None:
            return ""
        return self._request(position, reading if self.route.reads_other else text).key(self.voice)

    @property
    def _dial(self) -> Dial:
        return self.route.dial(self.options.spelling, self.options.strength)

    def finished(self, total: int) -> bytearray:
        """Return, for each of `total` segments, 1 where everything is made already."""
        marks = bytearray(total)
        for batch in self.store.planned():
            for segment in batch:
                if segment.speech and self.store.has_speech(segment.speech):
                    marks[segment.position] = 1
        return marks

    def run(self, finished: bytearray) -> Tally:
        """Make everything that is missing.

        Args:
            finished: What `finished` returned: segments of which progress was told before.

        Raises:
            StorageError: The disk is full; what was finished is kept.
            KosorongError: What the translator or the voice raises, likewise.
        """
        started = time.perf_counter()
        waiting: deque[_Spoken] = deque()
        encodes = not _OF_AAC.isdisjoint(self.options.formats)
        with (
            Packer(encodes=encodes) as packer,
            ThreadPoolExecutor(self.options.jobs, thread_name_prefix="voice") as voices,
        ):
            try:
                for segment, text in self._texts(finished):
                    waiting.append(self._speak(voices, packer, segment, text))
                    while waiting and (len(waiting) >= _AHEAD or waiting[0].is_ready):
                        self._keep(waiting.popleft(), finished)
                while waiting:
                    self._keep(waiting.popleft(), finished)
            finally:
                for left in waiting:
                    left.cancel()
        self.tally.speaking += time.perf_counter() - started
        return self.tally

    def _texts(self, finished: bytearray) -> Iterator[tuple[Planned, str]]:
        """Yield each segment that is to be made with its text, translating by batches ahead."""
        for batch in self.store.planned(BATCH):
            if all(finished[segment.position] for segment in batch):
                continue
            if self.translator is not None and self.route.other:
                self._translate(self.translator, batch)
            texts = [self._text(segment) for segment in batch]
            self.store.settle(
                (segment.position, self._request(segment.position, text).key(self.voice))
                for segment, text in zip(batch, texts, strict=True)
            )
            yield from zip(batch, texts, strict=True)

    def _text(self, segment: Planned) -> str:
        translation = (
            self.store.translation(segment.translation) if self.route.reads_other else None
        )
        return segment.text if translation is None else translation

    def _request(self, position: int, text: str) -> SpeechRequest:
        return SpeechRequest(text, self.options.speed, take=self.takes.get(position))

    def _translate(self, translator: Translator, batch: Sequence[Planned]) -> None:
        missing = {
            segment.translation: segment.text
            for segment in batch
            if self.store.translation(segment.translation) is None
        }
        if not missing:
            return
        started = time.perf_counter()
        translations = translate_all(translator, missing, self._dial, batch[0].position)
        self.tally.translating += time.perf_counter() - started
        self.tally.translated += len(missing)
        self.store.save_translations(translations.items())

    def _speak(
        self, voices: ThreadPoolExecutor, packer: Packer, segment: Planned, text: str
    ) -> _Spoken:
        request = self._request(segment.position, text)
        key = request.key(self.voice)
        # A sentence that is on its way already is kept before this one asks for it.
        if key in self._underway or self.store.has_speech(key):
            return _Spoken(segment, key, None)
        self._underway.add(key)
        return _Spoken(segment, key, voices.submit(self._read, packer, request))

    def _read(self, packer: Packer, request: SpeechRequest) -> _Read:
        """Speak one segment and hand it on to be packed; runs in a voice's thread."""
        speech = speak_one(self.voice, request)
        packed = packer.pack(speech.samples, self._level, mark_of(self.voice))
        return _Read(len(speech.samples), speech.words, speech.warnings, packed)

    def _keep(self, spoken: _Spoken, finished: bytearray) -> None:
        if spoken.result is not None:
            read = spoken.result.result()
            self._save(spoken, read, read.packed.result())
            self._underway.discard(spoken.key)
        if not finished[spoken.planned.position]:
            self.progress.advance()

    def _save(self, spoken: _Spoken, read: _Read, packed: Packed) -> None:
        key = spoken.key
        self.store.save_speech(
            key, packed.audio, read.samples, read.words, read.warnings, packed.lufs
        )
        if packed.packets is not None:
            self.store.save_packets(key, packed.key, packed.packets)
        self.tally.spoken += 1
        self.tally.samples += read.samples


@dataclass(frozen=True, slots=True)
class _Read:
    """A segment that was spoken; its samples are with whoever packs it.

    Attributes:
        samples: Length.
        words: Their times.
        warnings: What the voice said.
        packed: Comes from the packing thread.
    """

    samples: int
    words: tuple[WordTime, ...]
    warnings: tuple[str, ...]
    packed: Future[Packed]


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A segment on its way: finished before (`result` None) or being read."""

    planned: Planned
    key: str
    result: Future[_Read] | None

    @property
    def is_ready(self) -> bool:
        """Say whether it can be kept without waiting."""
        return self.result is None or (
            self.result.done()
            and (self.result.exception() is not None or self.result.result().packed.done())
        )

    def cancel(self) -> None:
        if self.result is not None:
            self.result.cancel()
