"""Translating and speaking the segments of a book, and nothing twice."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from kosorong.book.manuscript import Take
from kosorong.book.plan import BookOptions, seed_of, speech_key, translation_key
from kosorong.book.recorded import RecordedVoice
from kosorong.book.rows import Planned
from kosorong.book.store import Store, flac
from kosorong.book.timing import fitting_words
from kosorong.errors import BundleError
from kosorong.ports import JEJU, KOREAN, Progress, Speech, Translation, Translator, Voice

# Segments translated at once. The plan is always cut at the same places, so that a run after a
# kill hands the translator the same batches as an unbroken one.
BATCH = 16


@dataclass(frozen=True, slots=True)
class Route:
    """Which way a book goes through the translator.

    Attributes:
        original: Language of the manuscript.
        other: Language it is translated to, "" for none.
        reads_other: True where the voice reads the translation, not the original.
    """

    original: str
    other: str
    reads_other: bool

    @property
    def spoken(self) -> str:
        """Language that is read aloud."""
        return self.other if self.reads_other else self.original

    @property
    def beside(self) -> str:
        """Language shown beside, "" for none."""
        return self.original if self.reads_other else self.other


def route_of(original: str, translated: bool, recorded: bool = False) -> Route:
    """Return the way of a book: Korean is read in Jeju, Jeju and recordings are heard as they are.

    >>> route_of("ko", True).spoken, route_of("jje", True).spoken, route_of("ko", False).spoken
    ('jje', 'jje', 'ko')
    """
    if not translated:
        return Route(original, "", False)
    return Route(
        original, JEJU if original == KOREAN else KOREAN, original == KOREAN and not recorded
    )


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

    def translation_key(self, text: str) -> str:
        """Return the key of a segment's translation, "" where none is wanted."""
        if self.translator is None or not self.route.other:
            return ""
        dial = self._dial if self.route.other == JEJU else {}
        return translation_key(
            text, self.route.original, self.route.other, self.translator.fingerprint, dial
        )

    @property
    def _dial(self) -> dict[str, object]:
        return {"spelling": self.options.spelling, "strength": float(self.options.strength)}

    def finished(self, total: int) -> bytearray:
        """Return, for each of `total` segments, 1 where everything is made already."""
        marks = bytearray(total)
        for batch in self.store.planned():
            for one in batch:
                known = not one.translation or self.store.translation(one.translation) is not None
                if known and self.store.has_speech(self._speech_key(one, self._text(one))):
                    marks[one.position] = 1
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
        jobs = self.options.jobs
        # Results come in out of order; this window bounds how many are held.
        window = 1 if jobs == 1 else 2 * jobs
        waiting: deque[_Spoken] = deque()
        with _executor(jobs) as executor:
            try:
                for one, text in self._texts():
                    waiting.append(self._speak(executor, one, text))
                    while len(waiting) >= window:
                        self._keep(waiting.popleft(), finished)
                while waiting:
                    self._keep(waiting.popleft(), finished)
            finally:
                for left in waiting:
                    left.cancel()
        self.tally.speaking += time.perf_counter() - started
        return self.tally

    def _texts(self) -> Iterator[tuple[Planned, str]]:
        """Yield each planned segment with the text to be read, translating by batches ahead."""
        for batch in self.store.planned(BATCH):
            if self.translator is not None and self.route.other:
                self._translate(self.translator, batch)
            texts = [self._text(one) for one in batch]
            self.store.settle(
                (one.position, self._speech_key(one, text))
                for one, text in zip(batch, texts, strict=True)
            )
            yield from zip(batch, texts, strict=True)

    def _text(self, one: Planned) -> str:
        made = self.store.translation(one.translation) if self.route.reads_other else None
        return one.text if made is None else made

    def _speech_key(self, one: Planned, text: str) -> str:
        take = self.takes.get(one.position)
        if take is not None and isinstance(self.voice, RecordedVoice):
            return self.voice.key(take, text)
        return speech_key(text, self.voice.fingerprint, self.options.speed)

    def _translate(self, translator: Translator, batch: Sequence[Planned]) -> None:
        missing = {
            one.translation: one.text
            for one in batch
            if self.store.translation(one.translation) is None
        }
        if not missing:
            return
        started = time.perf_counter()
        made = translator.translate(
            list(missing.values()),
            source=self.route.original,
            target=self.route.other,
            spelling=self.options.spelling,
            strength=self.options.strength,
        )
        if len(made) != len(missing):
            raise BundleError(
                f"the translator returned {len(made)} texts for {len(missing)}.",
                where=f"segment {batch[0].position + 1}",
                cure="Install the translator's bundle again or choose another.",
            )
        self.tally.translating += time.perf_counter() - started
        self.tally.translated += len(missing)
        texts = zip(missing.items(), made, strict=True)
        self.store.save_translations((key, _never_empty(text, one)) for (key, text), one in texts)

    def _speak(self, executor: Executor, one: Planned, text: str) -> _Spoken:
        key = self._speech_key(one, text)
        if self.store.has_speech(key):
            return _Spoken(one, key, text, None)
        return _Spoken(one, key, text, executor.submit(self._read, one, key, text))

    def _read(self, one: Planned, key: str, text: str) -> tuple[Speech, bytes]:
        """Speak and compress one segment; runs in a worker thread."""
        take = self.takes.get(one.position)
        if take is not None and isinstance(self.voice, RecordedVoice):
            speech = self.voice.hear(take, text)
        else:
            speech = self.voice.speak(text, speed=self.options.speed, seed=seed_of(key))
        if speech.sample_rate != self.voice.sample_rate or not np.isfinite(speech.samples).all():
            raise BundleError(
                "the voice gave samples of another rate, or no numbers.",
                where=f"voice {self.voice.name}, '{text[:40]}'",
                cure="Install the voice's bundle again or choose another voice.",
            )
        return speech, flac(speech.samples, speech.sample_rate)

    def _keep(self, spoken: _Spoken, finished: bytearray) -> None:
        # The same sentence may have been asked for twice before it was finished once.
        if spoken.result is not None and not self.store.has_speech(spoken.key):
            speech, audio = spoken.result.result()
            length = len(speech.samples)
            words = fitting_words(spoken.text, speech.words, length / speech.sample_rate)
            said = list(speech.warnings)
            if not words and spoken.text.split() and length:
                said.append("the words of this segment are not timed one by one")
            self.store.save_speech(spoken.key, audio, length, words, said)
            self.tally.spoken += 1
            self.tally.samples += length
        if not finished[spoken.planned.position]:
            self.progress.advance()


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A segment on its way: finished before (`result` None) or being read."""

    planned: Planned
    key: str
    text: str
    result: Future[tuple[Speech, bytes]] | None

    def cancel(self) -> None:
        if self.result is not None:
            self.result.cancel()


def _never_empty(text: str, made: Translation) -> Translation:
    """Keep the original where a translation came back empty: nothing may be lost."""
    if made.text.strip() or not text.strip():
        return made
    return Translation(
        text,
        confidence=0.0,
        provenance="copy",
        warnings=(*made.warnings, "came back empty from the translator and was left as it is"),
    )


class _Inline(Executor):
    """Runs each task at once, in the thread that hands it in."""

    def submit(self, fn: Callable[..., object], /, *args: object, **kwargs: object) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def _executor(jobs: int) -> Executor:
    return _Inline() if jobs == 1 else ThreadPoolExecutor(jobs, thread_name_prefix="voice")
