"""Glow-TTS when serving: text graph, durations and noise in numpy, inverse flow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kosorong.speech.runtime import Float, Graph

LONGEST_SYMBOL = 172
"""Frames, two seconds: the bound on one predicted duration at the voice's own pace."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What the acoustic model made of a text.

    Attributes:
        mel: (T_mel, M) log-mel.
        durations: (T_text,) frames of each symbol; their sum is T_mel.
    """

    mel: Float
    durations: NDArray[np.int64]


class AcousticModel:
    """Turns symbols into a mel.

    Args:
        folder: A voice bundle.
        squeeze: Frames the flow folds into one.
        threads: Threads that share one run.
    """

    def __init__(self, folder: Path, *, squeeze: int, threads: int = 1) -> None:
        self._encoder = Graph(folder / "encoder.onnx", threads)
        self._decoder = Graph(folder / "decoder.onnx", threads)
        self._squeeze = squeeze

    def encode(self, symbols: Sequence[int], speaker: int) -> tuple[Float, Float]:
        """Return prior means (T_text, M) and log durations (T_text,)."""
        ids = np.array([symbols], np.int64)
        inputs: dict[str, NDArray[Any]] = {"symbols": ids, "speaker": _scalar(speaker)}
        means, log_durations = self._encoder.run(inputs)
        return means, log_durations

    def decode(self, latent: Float, speaker: int) -> Float:
        """Return the mel (T_mel, M) of a latent (T_mel, M)."""
        inputs: dict[str, NDArray[Any]] = {"latent": latent, "speaker": _scalar(speaker)}
        return self._decoder.run(inputs)[0]

    def speak(
        self,
        symbols: Sequence[int],
        speaker: int,
        *,
        length_scale: float = 1.0,
        noise_scale: float = 0.333,
        seed: int | Sequence[int] = 0,
    ) -> Utterance:
        """Make the mel of one text.

        Args:
            symbols: Ids (T_text,), with blanks where the model wants them.
            speaker: Index of the bundle's speaker.
            length_scale: Multiplies durations.
            noise_scale: Standard deviation of the latent's noise (temperature).
            seed: Of the noise.
        """
        means, log_durations = self.encode(symbols, speaker)
        durations = np.minimum(np.exp(log_durations.astype(np.float64)), LONGEST_SYMBOL)
        frames = whole_frames(durations * length_scale)
        frames[-1] += -int(frames.sum()) % self._squeeze
        latent = np.repeat(means, frames, axis=0)
        noise = np.random.default_rng(seed).standard_normal(latent.shape, np.float32)
        noise *= np.float32(noise_scale)
        return Utterance(self.decode(latent + noise, speaker), frames)


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
