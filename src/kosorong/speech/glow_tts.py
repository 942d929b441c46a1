"""Glow-TTS when serving: text graph, durations and noise in numpy, inverse flow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kosorong.speech.flow import FlowGraph
from kosorong.speech.melody import bent
from kosorong.speech.runtime import Float, Graph
from kosorong.speech.settings import StandIn

# How found: bounds a fault; a guess.
LONGEST_SYMBOL = 172
"""Frames, two seconds: the bound on one predicted duration at the voice's own pace."""


@dataclass(frozen=True, slots=True)
class AcousticSpeech:
    """What the acoustic model made of a text.

    Attributes:
        mel: (T_mel, M) log-mel.
        durations: (T_text,) frames of each symbol; their sum is T_mel.
    """

    mel: Float
    durations: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class EncodedText:
    """What the text encoder says of a text.

    Attributes:
        means: (T_text, M) the prior's mean of each symbol.
        log_durations: (T_text,) natural logarithm of frames.
        hidden: (T_text, C) what a frame-wise prior reads; None where the bundle has none.
        pitch: (T_text,) of each symbol, which it is told, see `kosorong.speech.melody`; None where
            it is not.
    """

    means: Float
    log_durations: Float
    hidden: Float | None = None
    pitch: Float | None = None


@dataclass(frozen=True, slots=True)
class Prior:
    """What is known of every frame before any noise.

    Attributes:
        means: (T_mel, M).
        text: (T_mel / squeeze, W) what the flow is told of the text; None for nothing.
    """

    means: Float
    text: Float | None = None


class AcousticModel:
    """Turns symbols into a mel.

    Args:
        folder: A voice bundle.
        squeeze: Frames the flow folds into one.
        stand_ins: For each speaker the symbol ids the model never learnt, and what stands for each.
        threads: Threads that share one run.
    """

    def __init__(
        self,
        folder: Path,
        *,
        squeeze: int,
        stand_ins: Mapping[int, Mapping[int, StandIn]] | None = None,
        threads: int = 1,
    ) -> None:
        self._stand_ins = stand_ins or {}
        self._encoder = Graph(folder / "encoder.onnx", threads)
        self._decoder = FlowGraph(folder / "decoder.onnx", threads)
        frames = folder / "frames.onnx"
        self._frames = Graph(frames, threads) if frames.is_file() else None
        self._squeeze = squeeze

    @property
    def has_melody(self) -> bool:
        """Whether the frame-wise prior is told the pitch, so that ends can be bent."""
        return "pitch" in self._encoder.channels

    def encode(self, symbols: Sequence[int], speaker: int) -> EncodedText:
        """Return what the encoder says of symbols (T_text,), mixed where stand-ins are."""
        return EncodedText(*self._encoded(symbols, speaker))

    def _encoded(self, symbols: Sequence[int], speaker: int) -> list[Float]:
        """Return every output of the encoder, (T_text, …) each."""
        readings, shares = readings_of(symbols, self._stand_ins.get(speaker, {}))
        runs = [
            self._encoder.run(
                {"symbols": np.array([reading], np.int64), "speaker": _scalar(speaker)}
            )
            for reading in readings
        ]
        return (
            runs[0]
            if len(runs) == 1
            else [_mixed(outputs, shares) for outputs in zip(*runs, strict=True)]
        )

    def prior(self, encoded: EncodedText, frames: NDArray[np.int64], speaker: int) -> Prior:
        """Return what the text says of every frame.

        Args:
            encoded: Of `encode`.
            frames: (T_text,) frames of each symbol; their sum is a multiple of the squeeze.
            speaker: Index of the bundle's speaker.
        """
        means = np.repeat(encoded.means, frames, axis=0)
        if self._frames is None or encoded.hidden is None:
            return Prior(means)
        hidden = encoded.hidden
        if encoded.pitch is not None:
            hidden = np.concatenate([hidden, encoded.pitch[:, None]], axis=1)
        inputs: dict[str, NDArray[Any]] = {
            "means": means,
            "hidden": np.repeat(hidden, frames, axis=0),
            "places": places(frames),
            "speaker": _scalar(speaker),
        }
        return Prior(*self._frames.run(inputs))

    def decode(self, latent: Float, speaker: int, text: Float | None = None) -> Float:
        """Return the mel (T_mel, M) of a latent (T_mel, M), of which the text tells `text`."""
        return self._decoder.run(latent, speaker, text)[0]

    def speak(
        self,
        symbols: Sequence[int],
        speaker: int,
        *,
        length_scale: float = 1.0,
        noise_scale: float = 0.333,
        seed: int | Sequence[int] = 0,
        slopes: Sequence[float] = (),
    ) -> AcousticSpeech:
        """Make the mel of one text.

        Args:
            symbols: Ids (T_text,), with blanks where the model wants them.
            speaker: Index of the bundle's speaker.
            length_scale: Multiplies durations.
            noise_scale: Standard deviation of the latent's noise (temperature).
            seed: Of the noise.
            slopes: Of F0 at the ends of the last sentences, semitones a second; NaN for what the
                model says itself.
        """
        encoded = self.encode(symbols, speaker)
        durations = np.minimum(np.exp(encoded.log_durations.astype(np.float64)), LONGEST_SYMBOL)
        frames = whole_frames(durations * length_scale)
        frames[-1] += -int(frames.sum()) % self._squeeze
        if encoded.pitch is not None:
            encoded = replace(encoded, pitch=bent(encoded.pitch, symbols, frames, slopes))
        prior = self.prior(encoded, frames, speaker)
        noise = np.random.default_rng(seed).standard_normal(prior.means.shape, np.float32)
        noise *= np.float32(noise_scale)
        return AcousticSpeech(self.decode(prior.means + noise, speaker, prior.text), frames)


def readings_of(
    symbols: Sequence[int], stand_ins: Mapping[int, StandIn]
) -> tuple[list[tuple[int, ...]], Float]:
    """Return the texts to encode instead of one with symbols that the model never learnt.

    A vowel between two others is said by encoding the text with either and mixing what the
    encoder says of them, of the neighbours too, which lean on the vowel. Far from it the readings
    agree. Between two such vowels the shares of the nearer one hold.

    Args:
        symbols: Ids (T_text,).
        stand_ins: What stands for an id that was never learnt.

    Returns:
        The readings, one where nothing is mixed, and the share of each at each symbol,
        (readings, T_text).

    >>> readings_of((1, 9, 1), {9: ((5, 0.25), (6, 0.75))})[0]
    [(1, 5, 1), (1, 6, 1)]
    """
    mixed = [at for at, symbol in enumerate(symbols) if len(stand_ins.get(symbol, ())) > 1]
    count = max((len(stand_ins[symbols[at]]) for at in mixed), default=1)
    parts = [stand_ins.get(symbol, ((symbol, 1.0),)) for symbol in symbols]
    readings = [tuple(part[min(n, len(part) - 1)][0] for part in parts) for n in range(count)]
    shares = np.full((count, len(symbols)), 1.0 / count, np.float32)
    if mixed:
        nearest = np.abs(np.arange(len(symbols))[:, None] - np.array(mixed)).argmin(1)
        for at, place in enumerate(nearest):
            own = [share for _, share in parts[mixed[place]]]
            shares[:, at] = own + [0.0] * (count - len(own))
    return readings, shares


def _mixed(outputs: Sequence[Float], shares: Float) -> Float:
    """Mix one output of all readings, (T_text, …) each, by the shares (readings, T_text)."""
    stacked = np.stack(outputs)
    widened = shares.reshape(shares.shape + (1,) * (stacked.ndim - 2))
    return np.asarray((stacked * widened).sum(axis=0), np.float32)


def places(frames: NDArray[np.int64]) -> Float:
    """Tell where in its symbol each frame stands, as `kosorong.training.glow_tts.frames` does.

    Args:
        frames: (T_text,) frames of each symbol.

    Returns:
        (T_mel, 6): the share of the symbol that is over, nearness to its begin and its end, its
        length, distance from its middle, and whether begin or end is nearer.

    >>> places(np.array([1, 4])).shape
    (5, 6)
    """
    starts = np.cumsum(frames) - frames
    length = np.repeat(frames, frames).astype(np.float32)
    gone = np.arange(len(length), dtype=np.float32) + np.float32(0.5)
    gone -= np.repeat(starts, frames).astype(np.float32)
    left, share = length - gone, gone / length
    rows = (
        share,
        np.exp(-gone / 2),
        np.exp(-left / 2),
        np.log(length) / 3,
        np.abs(share - 0.5) * 2,
        np.exp(-gone / 6) - np.exp(-left / 6),
    )
    return np.stack(rows, axis=1).astype(np.float32)


def _scalar(value: int) -> NDArray[np.int64]:
    return np.full((), value, np.int64)


def whole_frames(durations: NDArray[np.float64]) -> NDArray[np.int64]:
    """Round durations (T_text,) to whole frames, at least one each, without drift of the sum.

    >>> whole_frames(np.full(5, 1.4)).tolist()
    [1, 2, 1, 2, 1]
    """
    ends = np.rint(np.cumsum(np.maximum(durations, 1.0))).astype(np.int64)
    # Ends that lie halfway are rounded to even ones, so that two of them may meet.
    frames: NDArray[np.int64] = np.maximum(np.diff(ends, prepend=0), 1)
    return frames
