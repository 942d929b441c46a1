"""Fundamental frequency by YIN (de Cheveigné and Kawahara 2002, JASA 111, 1917-1930)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kosorong.config import MEL

Float = NDArray[np.float64]

LOWEST_HZ, HIGHEST_HZ = 65.0, 500.0
_WINDOW = 1024  # samples that are compared with their shifted selves
_THRESHOLD = 0.3  # of the normalised difference; the paper's 0.1 loses half a creaky male voice
_QUIET = 10 ** (-40 / 20)  # amplitude below the loudest frame's at which nothing is voiced
_END_SECONDS, _FEWEST_FRAMES = 0.6, 8  # of voice at the end of a sentence that its slope is told by


def track(audio: NDArray[np.float32], sample_rate: int = MEL.sample_rate) -> Float:
    """Return the fundamental frequency of every mel frame, Hz, 0 where unvoiced.

    Args:
        audio: (T_wav,) in [-1, 1].
        sample_rate: Hz.

    Returns:
        (T_mel,), frames centred as the mel's are.

    >>> tone = np.sin(2 * np.pi * 200 * np.arange(8192) / 22050).astype(np.float32)
    >>> round(float(np.median(track(tone))))
    200
    """
    longest = int(sample_rate / LOWEST_HZ) + 2
    frames = _frames(audio.astype(np.float64), _WINDOW + longest)
    if not len(frames):
        return np.zeros(0)
    normal = _normalised_difference(frames, longest)
    shortest = int(sample_rate / HIGHEST_HZ)
    # Step 4: the first dip below the threshold, followed down to its bottom.
    rising = normal[:, shortest:-2] < normal[:, shortest + 1 : -1]
    dips = (normal[:, shortest:-2] < _THRESHOLD) & rising
    lag = dips.argmax(1) + shortest
    loudness = np.sqrt((frames**2).mean(1))
    voiced = dips.any(1) & (loudness > _QUIET * max(float(loudness.max()), 1e-9))
    hertz: Float = np.where(voiced, sample_rate / _refine(normal, lag), 0.0)
    return hertz


def end_slope(pitch: Float) -> float:
    """Return how fast a sentence's pitch rises (above 0) or falls at its end, semitones a second.

    Args:
        pitch: (T_mel,) Hz, 0 where unvoiced, as `track` returns it.

    Returns:
        The slope over the last 0.6 s up to the last voiced frame; NaN where too little is voiced.

    >>> round(end_slope(100 * 2 ** (np.arange(60) / MEL.frames_per_second / 12)), 3)
    1.0
    """
    voiced = np.flatnonzero(pitch > 0)
    last = voiced[voiced > voiced[-1] - _END_SECONDS * MEL.frames_per_second] if len(voiced) else []
    if len(last) < _FEWEST_FRAMES:
        return float("nan")
    semitones = 12 * np.log2(pitch[last])
    # A line through medians of both halves: an octave error of one frame must not turn it.
    half = len(last) // 2
    seconds = (np.median(last[half:]) - np.median(last[:half])) / MEL.frames_per_second
    return float((np.median(semitones[half:]) - np.median(semitones[:half])) / max(seconds, 1e-3))


def _frames(audio: Float, length: int) -> Float:
    """Cut audio into (T_mel, length), each centred where the mel frame is."""
    hop = MEL.hop_length
    n_frames = len(audio) // hop
    padded = np.pad(audio[: n_frames * hop], ((length - hop) // 2, length))
    windows: Float = np.lib.stride_tricks.sliding_window_view(padded, length)[::hop]
    return windows[:n_frames]


def _normalised_difference(frames: Float, longest: int) -> Float:
    """Steps 2 and 3: the difference function over its running mean, (T_mel, longest)."""
    size = 2 ** int(np.ceil(np.log2(frames.shape[1] + _WINDOW)))
    spectrum = np.fft.rfft(frames, size)
    still = np.fft.rfft(frames[:, :_WINDOW], size)
    cross = np.fft.irfft(spectrum * still.conj(), size)[:, :longest]
    energy = np.cumsum(np.pad(frames**2, ((0, 0), (1, 0))), axis=1)
    shifted = (energy[:, _WINDOW:] - energy[:, :-_WINDOW])[:, :longest]
    difference = np.maximum(shifted[:, :1] + shifted - 2.0 * cross, 0.0)
    lags = np.arange(1, longest)
    mean = np.cumsum(difference[:, 1:], axis=1) / lags
    normal = np.ones_like(difference)
    np.divide(difference[:, 1:], mean, out=normal[:, 1:], where=mean > 1e-12)
    return normal


def _refine(normal: Float, lag: NDArray[np.int64]) -> Float:
    """Step 5: the bottom of a parabola through a dip and its neighbours, samples."""
    rows = np.arange(len(lag))
    left, middle, right = (normal[rows, np.maximum(lag + shift, 0)] for shift in (-1, 0, 1))
    curve = left - 2.0 * middle + right
    shift = np.zeros(len(lag))
    np.divide(0.5 * (left - right), curve, out=shift, where=np.abs(curve) > 1e-12)
    refined: Float = lag.astype(np.float64) + np.clip(shift, -1.0, 1.0)
    return refined
