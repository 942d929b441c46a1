"""Vocos when serving: mel to complex spectrum in ONNX, inverse transform in numpy."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.mel import window
from kosorong.config import MEL, MelConfig
from kosorong.speech.runtime import Float, Graph

WINDOW = 512
"""Frames that go through the graph at once, six seconds; bounds the memory of a long mel."""


class Vocoder:
    """Turns mels into audio.

    Args:
        folder: A voice bundle.
        context: Frames that one output frame depends on to either side.
        threads: Threads that share one run.
        mel: The definition of the mels.
    """

    def __init__(
        self, folder: Path, *, context: int, threads: int = 1, mel: MelConfig = MEL
    ) -> None:
        self._graph = Graph(folder / "vocoder.onnx", threads)
        self._context, self._mel = context, mel

    def audio(self, mel: Float, window_frames: int = WINDOW) -> Float:
        """Return the audio (T_mel * hop_length,) of a mel.

        Args:
            mel: (T_mel, M) log-mel.
            window_frames: Longest stretch made at once, frames; the result does not depend on it
                but for rounding (and, in int8, the stretch's own quantisation).
        """
        total = len(mel)
        adder = OverlapAdd(total, self._mel)
        for first in range(0, total, window_frames):
            last = min(first + window_frames, total)
            begin = max(0, first - self._context)
            end = min(total, last + self._context)
            real, imaginary = self._graph.run({"mel": mel[begin:end]})
            inside = slice(first - begin, last - begin)
            spectrum = np.empty((last - first, real.shape[1]), np.complex64)
            spectrum.real, spectrum.imag = real[inside], imaginary[inside]
            adder.add(spectrum, first)
        return adder.audio()


class OverlapAdd:
    """Inverse short-time Fourier transform with `same` padding, fed stretch by stretch.

    Frame t is centred on sample (t + 1/2) * hop_length, as `kosorong.audio.mel` has it.

    Args:
        frames: T_mel of the whole.
        mel: The transform's constants; n_fft must be a multiple of hop_length.

    >>> OverlapAdd(3).audio().shape
    (768,)
    """

    def __init__(self, frames: int, mel: MelConfig = MEL) -> None:
        self._mel = mel
        self._overlap = mel.n_fft // mel.hop_length
        self._sum = np.zeros((frames + self._overlap - 1, mel.hop_length), np.float32)

    def add(self, spectrum: NDArray[np.complex64], first: int) -> None:
        """Add frames (T, n_fft / 2 + 1) that begin at frame `first`."""
        frames = np.fft.irfft(spectrum, self._mel.n_fft, axis=1).astype(np.float32, copy=False)
        frames *= window(self._mel)
        parts = frames.reshape(len(frames), self._overlap, self._mel.hop_length)
        for shift in range(self._overlap):
            self._sum[first + shift : first + shift + len(frames)] += parts[:, shift]

    def audio(self) -> Float:
        """Return the audio (T_mel * hop_length,) of all frames added."""
        frames = len(self._sum) - self._overlap + 1
        side = (self._mel.n_fft - self._mel.hop_length) // 2
        whole = self._sum / _envelope(frames, self._mel)
        return whole.reshape(-1)[side : side + frames * self._mel.hop_length]


def _envelope(frames: int, mel: MelConfig) -> Float:
    """Return the sum of all frames' squared windows, (T_mel + overlap - 1, hop_length)."""
    overlap = mel.n_fft // mel.hop_length
    row = np.arange(frames + overlap - 1)
    # Rows at either end are reached by fewer frames; all others are alike.
    last, first = np.minimum(row, overlap - 1), np.maximum(0, row - frames + 1)
    return _partial_sums(mel)[last, first]


@lru_cache(maxsize=4)
def _partial_sums(mel: MelConfig) -> Float:
    """Return sums of the squared window's parts `first` to `last`, by [last, first], bounded."""
    overlap = mel.n_fft // mel.hop_length
    parts = np.square(window(mel)).reshape(overlap, mel.hop_length)
    sums = np.zeros((overlap, overlap, mel.hop_length), np.float32)
    for last in range(overlap):
        for first in range(last + 1):
            sums[last, first] = parts[first : last + 1].sum(0)
    return np.maximum(sums, np.float32(1e-3))
