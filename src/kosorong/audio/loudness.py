"""Loudness by ITU-R BS.1770-4 (EBU R 128), and a limiter that keeps true peaks down.

Both work on a stream and need no more memory for a long one: the meter keeps a histogram, the
limiter looks at one segment at a time.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float32]
Double = NDArray[np.float64]

# BS.1770-4, annex 1: the calibration constant and the two gates.
_OFFSET = -0.691
_ABSOLUTE_GATE = -70.0
_RELATIVE_GATE = -10.0
# A gating block is 400 ms and moves on by 100 ms.
_HOPS_IN_BLOCK = 4
# Blocks are counted by loudness from the absolute gate up: steps of 0.01 LU up to +10 LUFS. Powers
# are summed exactly; only which blocks the relative gate lets pass is rounded to a step.
_STEPS_PER_LU = 100
_STEPS = 80 * _STEPS_PER_LU
# The slower filter (38 Hz) has fallen by more than 200 dB after this many seconds.
_RESPONSE_SECONDS = 0.15
_FFT_SIZE = 32_768

# BS.1770-4, annex 2: peaks are sought on four times the sampling rate.
_OVERSAMPLING = 4
_TAPS_PER_PHASE = 12
# Beyond this share of high samples it is quicker to interpolate all of them.
_MOST_NEAR = 0.15

TARGET_LUFS = -19.0
# Lossy coding adds up to about 1 dB to peaks: 1 dB under the -1 dBFS that files must keep.
CEILING_DB = -2.0
MAX_GAIN_DB = 18.0


def k_weighting(sample_rate: int) -> tuple[tuple[Double, Double], tuple[Double, Double]]:
    """Return the two biquads (b, a) of BS.1770's K-weighting for any sampling rate in Hz.

    The standard prints coefficients for 48 kHz only; these are its analogue filters (a 4 dB shelf
    at 1,682 Hz, a high-pass at 38 Hz) put through the bilinear transform.

    >>> (b, a), _ = k_weighting(48_000)
    >>> b.round(5).tolist()
    [1.53512, -2.6917, 1.19839]
    """
    k, q = math.tan(math.pi * 1681.974450955533 / sample_rate), 0.7071752369554196
    high = 10.0 ** (3.999843853973347 / 20.0)
    middle = high**0.4996667741545416
    scale = 1.0 + k / q + k * k
    shelf_b = np.array([high + middle * k / q + k * k, 2 * (k * k - high), 0.0]) / scale
    shelf_b[2] = (high - middle * k / q + k * k) / scale
    shelf_a = np.array([1.0, 2 * (k * k - 1) / scale, (1 - k / q + k * k) / scale])
    k, q = math.tan(math.pi * 38.13547087602444 / sample_rate), 0.5003270373238773
    scale = 1.0 + k / q + k * k
    pass_a = np.array([1.0, 2 * (k * k - 1) / scale, (1 - k / q + k * k) / scale])
    return (shelf_b, shelf_a), (np.array([1.0, -2.0, 1.0]), pass_a)


@lru_cache(maxsize=8)
def _impulse_response(sample_rate: int) -> Double:
    """Return K-weighting's impulse response, cut where nothing of it is left.

    Convolution with it equals the recursion to within double precision, and runs as an FFT
    instead of a Python loop over samples.
    """
    response = np.zeros(int(_RESPONSE_SECONDS * sample_rate))
    response[0] = 1.0
    for (b0, b1, b2), (_, a1, a2) in k_weighting(sample_rate):
        x1 = x2 = y1 = y2 = 0.0
        for n, x in enumerate(response.tolist()):
            y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
            response[n] = y
            x1, x2, y1, y2 = x, x1, y, y1
    return response


@lru_cache(maxsize=8)
def _spectrum(sample_rate: int) -> NDArray[np.complex128]:
    return np.fft.rfft(_impulse_response(sample_rate), _FFT_SIZE)


class LoudnessMeter:
    """Measures integrated loudness of one mono channel as it goes by.

    Args:
        sample_rate: Hz.

    >>> meter = LoudnessMeter(48_000)
    >>> meter.add(np.sin(2 * np.pi * 997 / 48_000 * np.arange(96_000)).astype(np.float32))
    >>> round(meter.integrated(), 1)
    -3.0
    """

    def __init__(self, sample_rate: int) -> None:
        self._filter = _spectrum(sample_rate)
        self._step = _FFT_SIZE - len(_impulse_response(sample_rate)) + 1
        self._tail: Double = np.zeros(_FFT_SIZE - self._step)
        self._hop = round(sample_rate / 10)
        self._rest: Double = np.zeros(0)
        # Mean squares of the last 100 ms stretches, up to three, that later blocks begin with.
        self._recent: Double = np.zeros(0)
        self._counts = np.zeros(_STEPS)
        self._sums = np.zeros(_STEPS)
        self._blocks = 0

    def add(self, samples: Float) -> None:
        """Hear samples (T_wav,) in [-1, 1]."""
        for start in range(0, len(samples), self._step):
            weighted = self._weigh(samples[start : start + self._step])
            joined = np.concatenate([self._rest, weighted * weighted])
            whole = len(joined) // self._hop * self._hop
            self._rest = joined[whole:]
            powers = joined[:whole].reshape(-1, self._hop).mean(axis=1)
            self._count(np.concatenate([self._recent, powers]))

    def _count(self, powers: Double) -> None:
        """Sort the gating blocks that are complete now into the histogram."""
        fresh = len(powers) - _HOPS_IN_BLOCK + 1
        if fresh > 0:
            blocks = _box(powers, _HOPS_IN_BLOCK)
            self._blocks += fresh
            blocks = blocks[blocks > _power(_ABSOLUTE_GATE)]
            steps = _step_of(blocks)
            self._counts += np.bincount(steps, minlength=_STEPS)
            self._sums += np.bincount(steps, blocks, minlength=_STEPS)
        self._recent = powers[-(_HOPS_IN_BLOCK - 1) :]

    def _weigh(self, block: Float) -> Double:
        """K-weigh at most `_step` samples; overlap-add carries the filter's tail along."""
        full = np.fft.irfft(np.fft.rfft(block, _FFT_SIZE) * self._filter, _FFT_SIZE)
        full[: len(self._tail)] += self._tail
        self._tail = full[len(block) : len(block) + len(self._tail)].copy()
        return full[: len(block)]

    def integrated(self) -> float:
        """Return LUFS over all that was heard; -inf for silence.

        Sounds shorter than one gating block of 400 ms count as one block.
        """
        counts, sums = self._counts, self._sums
        if not self._blocks:
            heard = np.concatenate([np.repeat(self._recent, self._hop), self._rest])
            mean = float(heard.mean()) if len(heard) else 0.0
            return _lufs(mean) if mean > _power(_ABSOLUTE_GATE) else -math.inf
        if not counts.any():
            return -math.inf
        gate = sums.sum() / counts.sum() * 10.0 ** (_RELATIVE_GATE / 10.0)
        first = int(_step_of(np.array([max(gate, _power(_ABSOLUTE_GATE))]))[0])
        return _lufs(float(sums[first:].sum() / counts[first:].sum()))


def loudness_of(samples: Float, sample_rate: int, around: float = 0.0) -> float:
    """Return the integrated loudness (LUFS) of a whole sound.

    Args:
        samples: (T_wav,) in [-1, 1].
        sample_rate: Hz.
        around: Seconds of silence that it is heard between.
    """
    meter = LoudnessMeter(sample_rate)
    meter.add(np.pad(samples, round(around * sample_rate)))
    return meter.integrated()


def _step_of(powers: Double) -> NDArray[np.int64]:
    """Return the histogram's steps of mean squares above the absolute gate."""
    loudness = _OFFSET + 10.0 * np.log10(powers)
    steps = (loudness - _ABSOLUTE_GATE) * _STEPS_PER_LU
    return np.clip(steps, 0, _STEPS - 1).astype(np.int64)


def _lufs(power: float) -> float:
    return _OFFSET + 10.0 * math.log10(power)


def _power(lufs: float) -> float:
    return float(10.0 ** ((lufs - _OFFSET) / 10.0))


def gain_towards(measured: float, target: float = TARGET_LUFS) -> float:
    """Return the factor that brings a loudness (LUFS) to the target, at most 18 dB up.

    >>> round(gain_towards(-25.0, -19.0), 3)
    1.995
    >>> gain_towards(-math.inf)
    1.0
    """
    if not math.isfinite(measured):
        return 1.0
    return float(10.0 ** (min(target - measured, MAX_GAIN_DB) / 20.0))


@lru_cache(maxsize=1)
def _interpolators() -> Double:
    """Return the polyphase filters (phase, tap) of a windowed-sinc interpolator."""
    n = np.arange(_OVERSAMPLING * _TAPS_PER_PHASE)
    centre = (len(n) - 1) / 2
    # A Kaiser window (beta 5) keeps the images about 50 dB down.
    taps = np.sinc((n - centre) / _OVERSAMPLING) * np.kaiser(len(n), 5.0)
    phases = taps.reshape(_TAPS_PER_PHASE, _OVERSAMPLING).T
    return np.asarray(phases / phases.sum(axis=1, keepdims=True))


def peak_envelope(samples: Float) -> Double:
    """Return the largest magnitude near each sample, between samples included.

    Args:
        samples: (T_wav,) in [-1, 1].

    Returns:
        (T_wav,) true-peak magnitude (BS.1770-4, annex 2).

    >>> tone = np.sin(np.pi / 2 * np.arange(400) + np.pi / 4).astype(np.float32)
    >>> round(float(np.abs(tone).max()), 3), round(float(peak_envelope(tone)[9:390].max()), 1)
    (0.707, 1.0)
    """
    envelope = np.abs(samples).astype(np.float64)
    for phase in _interpolators():
        between = np.abs(np.convolve(samples, phase)[5 : 5 + len(samples)])
        np.maximum(envelope, between[: len(envelope)], out=envelope[: len(between)])
    return envelope


def _sliding_minimum(values: Double, width: int) -> Double:
    """Return minima over windows of `width`, by doubling: log2(width) passes."""
    span, lowest = 1, values
    while span * 2 <= width:
        lowest = np.minimum(lowest[:-span], lowest[span:])
        span *= 2
    rest = width - span
    return np.minimum(lowest[: len(lowest) - rest], lowest[rest:]) if rest else lowest


def _box(values: Double, width: int) -> Double:
    """Return means over windows of `width`."""
    running = np.concatenate([[0.0], np.cumsum(values)])
    return np.asarray((running[width:] - running[:-width]) / width)


def _high_peaks(samples: Float, ceiling: float) -> Double:
    """Return `peak_envelope` wherever it may stand above a ceiling, 0 elsewhere.

    Between samples a sound is never higher than its samples around times the sum of a filter's
    taps, so that only the neighbourhood of high samples is interpolated.
    """
    phases = _interpolators()
    bound = ceiling / np.abs(phases).sum(axis=1).max()
    high = np.flatnonzero(np.abs(samples) > bound)
    near = np.zeros(len(samples), np.bool_)
    for offset in range(-_TAPS_PER_PHASE, _TAPS_PER_PHASE + 1):
        near[np.clip(high + offset, 0, len(samples) - 1)] = True
    places = np.flatnonzero(near)
    if len(places) > _MOST_NEAR * len(samples):
        return peak_envelope(samples)
    # The samples that `peak_envelope` weighs for each place, in the order of a convolution.
    weighed = places[:, None] + 5 - np.arange(_TAPS_PER_PHASE)
    inside = (weighed >= 0) & (weighed < len(samples))
    around = np.where(inside, samples[np.clip(weighed, 0, len(samples) - 1)], 0.0)
    between = np.abs(around @ phases.T).max(axis=1, initial=0.0)
    envelope = np.zeros(len(samples))
    envelope[places] = np.maximum(between, np.abs(samples[places]))
    return envelope


def limit(samples: Float, sample_rate: int, ceiling_db: float = CEILING_DB) -> Float:
    """Turn down, smoothly and only around them, the peaks that stand above a ceiling.

    The gain each sample needs is held for 5 ms to both sides and then smoothed over the same
    span, so that it is never higher than needed and never jumps.

    Args:
        samples: (T_wav,) float32, possibly beyond [-1, 1].
        sample_rate: Hz.
        ceiling_db: Highest true peak, dBTP.

    Returns:
        (T_wav,) float32 in [-1, 1].

    >>> loud = 2.0 * np.sin(0.1 * np.arange(4000)).astype(np.float32)
    >>> float(np.abs(limit(loud, 22050, -6.0)).max().round(2))
    0.5
    """
    ceiling = 10.0 ** (ceiling_db / 20.0)
    if not len(samples):
        return samples
    envelope = _high_peaks(samples, ceiling)
    if envelope.max() <= ceiling:
        return samples
    reach = max(1, round(0.005 * sample_rate))
    needed = np.minimum(1.0, ceiling / np.maximum(envelope, 1e-9))
    held = _sliding_minimum(np.pad(needed, 2 * reach, constant_values=1.0), 2 * reach + 1)
    return (samples * _box(_box(held, reach + 1), reach + 1)).astype(np.float32)
