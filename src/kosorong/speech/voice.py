"""A voice: a bundle's acoustic model and vocoder, reading segments aloud."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kosorong.bundle import Bundle, open_bundle
from kosorong.config import MEL
from kosorong.errors import UsageError
from kosorong.ports import Speech
from kosorong.speech.clock import Span, word_frames, word_times
from kosorong.speech.edges import speech_bounds
from kosorong.speech.glow_tts import AcousticModel
from kosorong.speech.pieces import Piece, cut
from kosorong.speech.runtime import Float
from kosorong.speech.settings import Speaker, VoiceSettings, read_settings
from kosorong.speech.vocoder import Vocoder
from kosorong.text.reading import read
from kosorong.text.spoken import Unread
from kosorong.text.symbols import BLANK_ID, NO_WORD, decode, intersperse

SLOWEST, FASTEST = 0.25, 4.0

# Part of every fingerprint; to be raised whenever the same bundle comes to sound different.
_ENGINE = "1"
_NOTHING_SECONDS = 0.3
_PEAK = 0.97


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
        acoustic = AcousticModel(path, squeeze=settings.squeeze, threads=threads)
        vocoder = Vocoder(path, context=settings.context, threads=threads)
        return cls(bundle, settings, acoustic, vocoder)


class OnnxVoice:
    """A `kosorong.ports.Voice` run by ONNX Runtime; safe to use from several threads.

    Args:
        engine: A loaded bundle.
        name: Which of its voices; the default one where empty.

    Raises:
        UsageError: The bundle has no such voice.
    """

    def __init__(self, engine: Engine, name: str = "") -> None:
        speaker = engine.settings.speaker(name)
        if speaker is None:
            names = ", ".join(one.name for one in engine.settings.speakers)
            raise UsageError(f"There is no voice {name!r}.", cure=f"Valid voices: {names}.")
        self._engine, self._speaker = engine, speaker

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
        """A short hash that changes whenever outputs may change."""
        plain = f"{self._engine.bundle.fingerprint} {self.name} {_ENGINE}"
        return hashlib.sha256(plain.encode()).hexdigest()[:12]

    @property
    def sample_rate(self) -> int:
        """Hz."""
        return self._engine.settings.sample_rate

    @property
    def credit(self) -> str:
        """Licence and credit line that every export must carry."""
        return self._engine.bundle.info.credit

    def speak(
        self, text: str, *, spoken: str | None = None, speed: float = 1.0, seed: int = 0
    ) -> Speech:
        """Read one segment; see `kosorong.ports.Voice.speak`.

        Raises:
            UsageError: The speed is out of range.
        """
        if not SLOWEST <= speed <= FASTEST:
            raise UsageError(
                f"The speed {speed} cannot be spoken.",
                cure=f"Choose one from {SLOWEST} to {FASTEST}; 1.0 is the voice's own pace.",
            )
        reading = read(text, spoken)
        warnings = list(_of_unread(reading.unread))
        symbols, warned = self._known(reading.symbols)
        warnings.extend(warned)
        if symbols:
            samples, spans = self._say(cut(symbols, reading.words), speed, seed)
        else:
            warnings.append("there is nothing to say in this segment; it is a short silence")
            samples, spans = np.zeros(round(_NOTHING_SECONDS * self.sample_rate), np.float32), {}
        words = word_times(reading.written_words, spans, len(samples) / self.sample_rate)
        return Speech(samples, self.sample_rate, words, tuple(warnings))

    def _known(self, symbols: Sequence[int]) -> tuple[tuple[int, ...], list[str]]:
        """Replace symbols that the voice never learnt; what changes the sound is warned of."""
        settings = self._engine.settings
        met = sorted(set(symbols) & set(settings.substitutes))
        warnings = [
            f"{decode([one])} is said as {decode([settings.substitutes[one]])}: "
            f"no speaker of the voice {self.name} ever said it"
            for one in met
        ]
        swaps = {**settings.substitutes, **settings.homophones}
        return tuple(swaps.get(one, one) for one in symbols), warnings

    def _say(
        self, pieces: Iterable[Piece], speed: float, seed: int
    ) -> tuple[Float, dict[int, Span]]:
        """Return the audio of all pieces and when, in seconds, each word sounds."""
        parts: list[Float] = []
        spans: dict[int, Span] = {}
        at = 0
        for index, piece in enumerate(pieces):
            samples, frames = self._say_piece(piece, speed, (seed % 2**63, index))
            for word, (start, end) in frames.items():
                begin = spans[word][0] if word in spans else (at + start) / self.sample_rate
                spans[word] = (begin, (at + end) / self.sample_rate)
            pause = np.zeros(round(piece.pause / speed * self.sample_rate), np.float32)
            parts += [samples, pause]
            at += len(samples) + len(pause)
        whole = np.concatenate(parts)
        peak = float(np.abs(whole).max(initial=0.0))
        if peak > _PEAK:
            whole *= np.float32(_PEAK / peak)
        return whole, spans

    def _say_piece(
        self, piece: Piece, speed: float, seed: tuple[int, int]
    ) -> tuple[Float, dict[int, tuple[int, int]]]:
        """Return a piece's audio, edges trimmed, and the samples between which words sound."""
        settings, hop = self._engine.settings, MEL.hop_length
        symbols, words = piece.symbols, piece.words
        if settings.blanks:
            symbols, words = intersperse(symbols, BLANK_ID), intersperse(words, NO_WORD)
        made = self._engine.acoustic.speak(
            symbols,
            self._speaker.index,
            length_scale=self._speaker.duration_scale / speed,
            noise_scale=settings.noise_scale,
            seed=seed,
        )
        samples = self._engine.vocoder.audio(made.mel)
        frames = word_frames(words, made.durations)
        first = min(start for start, _ in frames.values()) * hop
        last = max(end for _, end in frames.values()) * hop
        begin, end = speech_bounds(samples, first, last, self.sample_rate)
        spans = {word: (a * hop - begin, b * hop - begin) for word, (a, b) in frames.items()}
        return samples[begin:end], spans


def _of_unread(unread: Iterable[Unread]) -> Iterable[str]:
    """Yield one warning for each character and reason."""
    counts = Counter((one.character, one.reason) for one in unread)
    for (character, reason), count in counts.items():
        times = f", {count} times" if count > 1 else ""
        code = "+".join(f"{ord(letter):04X}" for letter in character)
        yield f"not read: {character} (U+{code}{times}): {reason}"
