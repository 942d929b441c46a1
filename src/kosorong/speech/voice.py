"""A voice: a bundle's acoustic model and vocoder, reading segments aloud."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from kosorong.bundle import Bundle, open_bundle
from kosorong.config import PAUSES
from kosorong.errors import UsageError
from kosorong.ports import FASTEST, SLOWEST, Speech, WordTime
from kosorong.speech.glow_tts import AcousticModel
from kosorong.speech.melody import drawn
from kosorong.speech.pieces import Piece, cut
from kosorong.speech.planning import Plan, planned
from kosorong.speech.runtime import Float
from kosorong.speech.settings import Speaker, VoiceSettings, read_settings
from kosorong.speech.vocoder import FIRST_WINDOW, WINDOW, Vocoder
from kosorong.speech.word_times import Span, word_times
from kosorong.text.mood import Mood
from kosorong.text.reading import read
from kosorong.text.say.spoken import Unread
from kosorong.text.sound.symbols import BLANK_ID, NO_WORD, intersperse
from kosorong.text.tables import TEXT, tables_digest

# Part of every fingerprint; to be raised whenever the same bundle and the same tables of words
# come to sound different.
_ENGINE = "6"
# How found: a choice, as long as the pause at a comma.
_NOTHING_SECONDS = 0.3
# Trained voices stay below 0.5; one that does not is bent from here on and never reaches the top.
# How found: the bend is a guess.
_KNEE, _PEAK = 0.8, 0.97


@dataclass(frozen=True, slots=True)
class Engine:
    """The models of one bundle; voices of the bundle share it.

    Attributes:
        bundle: The opened bundle.
        settings: Its configuration.
        acoustic: Symbols to mels.
        vocoder: Mels to audio.
    """

    bundle: Bundle
    settings: VoiceSettings
    acoustic: AcousticModel
    vocoder: Vocoder

    @classmethod
    def open(cls, path: Path, *, threads: int = 1) -> Engine:
        """Open and load a bundle.

        Raises:
            BundleError: It is missing, damaged or made for something else.
        """
        bundle = open_bundle(path, "voice")
        settings = read_settings(bundle)
        stand_ins = {speaker.index: speaker.stand_ins for speaker in settings.speakers}
        acoustic = AcousticModel(
            path,
            squeeze=settings.squeeze,
            stand_ins=stand_ins,
            threads=threads,
        )
        vocoder = Vocoder(path, context=settings.context, threads=threads)
        return cls(bundle, settings, acoustic, vocoder)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a segment's speech, as soon as it is made.

    Attributes:
        samples: (T_wav,) float32 in [-1, 1].
        length: Samples of the whole segment; 0 where that is not known yet.
        words: With the last stretch, which has no samples: one entry for each white-space word of
            the segment, times from the segment's beginning.
        warnings: With the first stretch what `Speech.warnings` says; after it none.
        last: Whether nothing comes after it.
    """

    samples: Float
    length: int = 0
    words: tuple[WordTime, ...] = ()
    warnings: tuple[str, ...] = ()
    last: bool = False


class OnnxVoice:
    """A `kosorong.ports.Voice` run by ONNX Runtime; safe to use from several threads.

    Args:
        engine: A loaded bundle.
        name: Which of its voices; the default one where empty.
        about: What to take for true of the voice instead of the bundle's word, to measure it.

    Raises:
        UsageError: The bundle has no such voice.
    """

    def __init__(self, engine: Engine, name: str = "", *, about: Speaker | None = None) -> None:
        speaker = about or engine.settings.speaker(name)
        if speaker is None:
            names = ", ".join(known.name for known in engine.settings.speakers)
            raise UsageError(f"There is no voice {name!r}.", cure=f"Valid voices: {names}.")
        self._engine = engine
        self._speaker = speaker

    @property
    def name(self) -> str:
        """The voice's identifier, as `--voice` takes it."""
        return self._speaker.name

    @property
    def speaker(self) -> Speaker:
        """What the bundle says of the voice."""
        return self._speaker

    @property
    def engine(self) -> Engine:
        """The loaded bundle, for another of its voices: `OnnxVoice(voice.engine, "kih")`."""
        return self._engine

    @property
    def fingerprint(self) -> str:
        """A short hash of the bundle and the engine, and behind `+` that of the tables of words.

        It changes whenever outputs may change. The noise of a segment is seeded by the first part
        (`kosorong.book.keys.noise_seed`), so that what a mended table
        leaves alone sounds as it was.
        """
        own = self._engine.settings.speaker(self.name)
        about = "" if self._speaker == own else f" {self._speaker}"
        plain = f"{self._engine.bundle.fingerprint} {self.name} {_ENGINE}{about}"
        return f"{hashlib.sha256(plain.encode()).hexdigest()[:12]}+{tables_digest(TEXT)}"

    @property
    def sample_rate(self) -> int:
        """Hz."""
        return self._engine.settings.sample_rate

    @property
    def credit(self) -> str:
        """Licence and credit line that every export must carry."""
        return self._engine.bundle.info.credit_line

    def speak(
        self, text: str, *, spoken: str | None = None, speed: float = 1.0, seed: int = 0
    ) -> Speech:
        """Read one segment; see `kosorong.ports.Voice.speak`.

        Raises:
            UsageError: The speed is out of range.
        """
        _check_speed(speed)
        parts = list(self._stretches(text, spoken, speed, seed, WINDOW))
        samples = np.concatenate([part.samples for part in parts])
        return Speech(samples, self.sample_rate, parts[-1].words, parts[0].warnings)

    def stream(
        self, text: str, *, spoken: str | None = None, speed: float = 1.0, seed: int = 0
    ) -> Iterator[Stretch]:
        """Read one segment and yield it while it is made; arguments as for `speak`.

        The first stretch is half a second and comes before the rest is made. Joined, the
        stretches are what `speak` returns: exactly with float graphs; with int8 graphs but for
        the vocoder's rounding, 0.08 dB of mel-cepstral distortion.

        Raises:
            UsageError: The speed is out of range.
        """
        _check_speed(speed)
        return self._stretches(text, spoken, speed, seed, FIRST_WINDOW)

    def _stretches(
        self, text: str, spoken: str | None, speed: float, seed: int, first_window: int
    ) -> Iterator[Stretch]:
        reading = read(text, spoken)
        warnings = list(_of_unread(reading.unread))
        pieces = cut(reading.symbols, reading.words)
        spans: dict[int, Span] = {}
        if pieces:
            stretches = self._say(pieces, reading.moods, speed, seed, first_window, spans)
        else:
            warnings.append("there is nothing to say in this segment; it is a short silence")
            nothing = np.zeros(round(_NOTHING_SECONDS * self.sample_rate), np.float32)
            stretches = iter([Stretch(nothing, len(nothing))])
        total = 0
        for stretch in stretches:
            yield replace(stretch, warnings=() if total else tuple(warnings))
            total += len(stretch.samples)
        words = word_times(reading.written_words, spans, total / self.sample_rate)
        yield Stretch(np.zeros(0, np.float32), total, words, last=True)

    def _say(
        self,
        pieces: Sequence[Piece],
        moods: Mapping[int, Mood],
        speed: float,
        seed: int,
        first_window: int,
        spans: dict[int, Span],
    ) -> Iterator[Stretch]:
        """Yield the audio of all pieces; fill in when, in seconds, each word sounds."""
        at, rate = 0, self.sample_rate
        for index, piece in enumerate(pieces):
            plan = self._plan(piece, moods, speed, (seed % 2**63, index))
            for word, (start, end) in plan.spans.items():
                begin = spans[word][0] if word in spans else (at + start) / rate
                spans[word] = (begin, (at + end) / rate)
            length = plan.end - plan.begin
            whole = length if len(pieces) == 1 else 0
            window = WINDOW if index else first_window
            mel, gain = plan.even.mel, plan.even.gain
            parts = self._engine.vocoder.stream(mel, plan.begin, plan.end, first_window=window)
            yield from (Stretch(bounded(samples * gain), whole) for samples in parts)
            pause = round(PAUSES.at(speed, piece.pause) * rate)
            if pause:
                yield Stretch(np.zeros(pause, np.float32))
            at += length + pause

    def plans(
        self, text: str, *, spoken: str | None = None, speed: float = 1.0, seed: int = 0
    ) -> Iterator[tuple[Piece, Plan]]:
        """Yield the pieces that `speak` says, with arguments as there, before they are sound."""
        reading = read(text, spoken)
        for index, piece in enumerate(cut(reading.symbols, reading.words)):
            yield piece, self._plan(piece, reading.moods, speed, (seed % 2**63, index))

    def _plan(
        self, piece: Piece, moods: Mapping[int, Mood], speed: float, seed: tuple[int, int]
    ) -> Plan:
        settings = self._engine.settings
        symbols, words = piece.symbols, piece.words
        if settings.blanks:
            symbols, words = intersperse(symbols, BLANK_ID), intersperse(words, NO_WORD)
        acoustic = self._engine.acoustic.speak(
            symbols,
            self._speaker.index,
            length_scale=self._speaker.duration_scale / speed,
            noise_scale=settings.noise_scale,
            seed=seed,
            slopes=drawn(symbols, words, moods, self._speaker.melody, seed),
        )
        return planned(
            acoustic.mel, symbols, words, acoustic.durations, tone=self._speaker.tone, speed=speed
        )


def bounded(samples: Float) -> Float:
    """Bend what is louder than 0.8 so that nothing is louder than 0.97.

    Each sample for itself, so that a stream sounds like the whole.

    Args:
        samples: (T_wav,).

    >>> bounded(np.array([0.5, -9.0])).round(2).tolist()
    [0.5, -0.97]
    """
    level = np.abs(samples)
    if level.max(initial=0.0) <= _KNEE:
        return samples
    room = np.float32(_PEAK - _KNEE)
    bent = _KNEE + room * np.tanh((level - _KNEE) / room)
    return np.where(level > _KNEE, np.copysign(bent, samples), samples).astype(samples.dtype)


def _check_speed(speed: float) -> None:
    if not SLOWEST <= speed <= FASTEST:
        raise UsageError(
            f"The speed {speed} cannot be spoken.",
            cure=f"Choose one from {SLOWEST} to {FASTEST}; 1.0 is the voice's own pace.",
        )


def _of_unread(unread: Iterable[Unread]) -> Iterable[str]:
    """Yield one warning for each character and reason."""
    counts = Counter((sign.character, sign.reason) for sign in unread)
    for (character, reason), count in counts.items():
        times = f", {count} times" if count > 1 else ""
        code = "+".join(f"{ord(letter):04X}" for letter in character)
        yield f"not read: {character} (U+{code}{times}): {reason}"
