"""Vocos when serving: mel to complex spectrum in ONNX, inverse transform in numpy."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.mel import window
from kosorong.config import MEL, MelConfig
from kosorong.speech.runtime import Float, Graph

WINDOW = 512
"""Frames that go through the graph at once, six seconds; bounds the memory of a long mel."""

# How found: set by hand; time to the first sound stands in docs/reference/speech-speed.md.
FIRST_WINDOW = 40
"""Frames of a stream's first stretch, half a second: soon made, and longer heard than the next
stretch takes to make."""


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
            window_frames: Longest stretch made at once, frames.
        """
        parts = list(self.stream(mel, first_window=window_frames, window_frames=window_frames))
        return np.concatenate(parts) if parts else np.zeros(0, np.float32)

    def stream(
        self,
        mel: Float,
        begin: int = 0,
        end: int | None = None,
        *,
        first_window: int = FIRST_WINDOW,
        window_frames: int = WINDOW,
    ) -> Iterator[Float]:
        """Yield the audio of a mel, or samples `begin` to `end` of it, stretch by stretch.

        How it is cut makes no difference to float graphs. In int8 each stretch is rounded by its
        own largest value; see docs/reference/speech-speed.md.

        Args:
            mel: (T_mel, M) log-mel.
            begin: First sample.
            end: Sample behind the last, the mel's own end where None.
            first_window: Longest first stretch, frames.
            window_frames: Longest of the others, frames.
        """
        hop, total = self._mel.hop_length, len(mel)
        end = total * hop if end is None else end
        # The frames whose windows reach into the wanted samples.
        reach = self._mel.n_fft // hop // 2
        at = max(0, begin // hop - reach)
        stop = min(total, -(-end // hop) + reach)
        adder = OverlapAdd(total, self._mel, first=at)
        skip, left, size = begin - adder.position, end - begin, first_window
        while at < stop and left > 0:
            last = min(at + size, stop)
            samples = adder.add(self._spectrum(mel, at, last))
            if last == total:
                samples = np.concatenate([samples, adder.rest()])
            wanted = samples[skip : skip + left]
            skip, left = max(0, skip - len(samples)), left - len(wanted)
            if len(wanted):
                yield wanted
            at, size = last, window_frames

    def _spectrum(self, mel: Float, first: int, last: int) -> NDArray[np.complex64]:
        """Return the spectrum (T, n_fft / 2 + 1) of some frames, made with their neighbours."""
        begin, end = max(0, first - self._context), min(len(mel), last + self._context)
        real, imaginary = self._graph.run({"mel": mel[begin:end]})
        inside = slice(first - begin, last - begin)
        spectrum = np.empty((last - first, real.shape[1]), np.complex64)
        spectrum.real, spectrum.imag = real[inside], imaginary[inside]
        return spectrum


class OverlapAdd:
    """Inverse short-time Fourier transform with `same` padding, fed stretch by stretch.

    Frame t is centred on sample (t + 1/2) * hop_length, as `kosorong.audio.mel` has it. Sums are
    made oldest frame first, so that they do not depend on how the frames were fed.

    Args:
        frames: T_mel of the whole.
        mel: The transform's constants; n_fft must be a multiple of hop_length.
        first: The frame that is fed first; samples that earlier frames reach come out wrong.

    >>> adder = OverlapAdd(3)
    >>> made = adder.add(np.zeros((3, 513), np.complex64))
    >>> len(made) + len(adder.rest())
    768
    """

    def __init__(self, frames: int, mel: MelConfig = MEL, first: int = 0) -> None:
        self._mel, self._frames, self._row = mel, frames, first
        self._overlap = mel.n_fft // mel.hop_length
        self._side = (mel.n_fft - mel.hop_length) // 2
        self._sum = np.zeros((self._overlap - 1, mel.hop_length), np.float32)

    @property
    def position(self) -> int:
        """The sample that the next one to come out is."""
        return max(0, self._row * self._mel.hop_length - self._side)

    def add(self, spectrum: NDArray[np.complex64]) -> Float:
        """Add the next frames (T, n_fft / 2 + 1); return the samples that no later one reaches."""
        frames = np.fft.irfft(spectrum, self._mel.n_fft, axis=1).astype(np.float32, copy=False)
        frames *= window(self._mel)
        count = len(frames)
        parts = frames.reshape(count, self._overlap, self._mel.hop_length)
        rows = np.zeros((count + self._overlap - 1, self._mel.hop_length), np.float32)
        rows[: self._overlap - 1] = self._sum
        for shift in reversed(range(self._overlap)):
            rows[shift : shift + count] += parts[:, shift]
        self._sum = rows[count:]
        return self._out(rows[:count])

    def rest(self) -> Float:
        """Return the samples behind the last frame's first ones; nothing can be added then."""
        samples = self._out(self._sum)
        return samples[: len(samples) - self._side]

    def _out(self, rows: Float) -> Float:
        """Return the samples of finished rows; those before the first frame's are padding."""
        before = max(0, self._side - self._row * self._mel.hop_length)
        envelope = _envelope(self._row, len(rows), self._frames, self._mel)
        self._row += len(rows)
        return np.asarray(rows / envelope, np.float32).reshape(-1)[before:]


def _envelope(first: int, count: int, frames: int, mel: MelConfig) -> Float:
    """Return the sum of all frames' squared windows over some rows, (count, hop_length)."""
    overlap = mel.n_fft // mel.hop_length
    row = np.arange(first, first + count)
    # Rows at either end are reached by fewer frames; all others are alike.
    last, oldest = np.minimum(row, overlap - 1), np.maximum(0, row - frames + 1)
    return _partial_sums(mel)[last, oldest]


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
