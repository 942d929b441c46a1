"""Formants: where the mouth resonates, by linear prediction (Burg 1967), as Praat measures them.

Sound is resampled to twice the ceiling, raised by 6 dB an octave above 50 Hz and seen through a
Gaussian window of 50 ms; ten predictor coefficients leave five resonances.
"""

from __future__ import annotations

from math import gcd

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

Float = NDArray[np.float64]

CEILINGS = {"female": 5500.0, "male": 5000.0}
"""Hz below which five formants are sought; a longer throat has lower ones."""

_ORDER = 10
_HALF_WINDOW = 0.025
_EMPHASIS = 50.0
# No resonance is as near as this to either end.
_MARGIN = 50.0


def formants_at(samples: NDArray[np.float32], rate: int, times: Float, ceiling: float) -> Float:
    """Return F1 to F3 at some times.

    Args:
        samples: (T_wav,).
        rate: Hz.
        times: (N,) seconds.
        ceiling: Hz, see `CEILINGS`.

    Returns:
        (N, 3) Hz, NaN where there is no such resonance.
    """
    wanted = round(2 * ceiling)
    shared = gcd(wanted, rate)
    sound = resample_poly(samples.astype(np.float64), wanted // shared, rate // shared)
    sound[1:] -= np.exp(-2.0 * np.pi * _EMPHASIS / wanted) * sound[:-1]
    size = round(2 * _HALF_WINDOW * wanted)
    padded = np.pad(sound, size)
    formants = np.full((len(times), 3), np.nan)
    for row, time in zip(formants, times, strict=True):
        start = round(time * wanted) - size // 2 + size
        resonances = _resonances(padded[start : start + size] * _gaussian(size), wanted)[:3]
        row[: len(resonances)] = resonances
    return formants


def _gaussian(size: int) -> Float:
    """Return Praat's Gaussian window (size,), zero at its ends."""
    place = (np.arange(size) - (size - 1) / 2) / (size + 1)
    edge = np.exp(-12.0)
    window: Float = (np.exp(-48.0 * place**2) - edge) / (1.0 - edge)
    return window


def _resonances(frame: Float, rate: int) -> Float:
    """Return the frequencies of a frame's resonances, rising, Hz."""
    if not frame.any():
        return np.zeros(0)
    roots = np.roots(burg(frame, _ORDER))
    hertz = np.angle(roots[roots.imag > 0]) * rate / (2.0 * np.pi)
    return np.sort(hertz[(hertz > _MARGIN) & (hertz < rate / 2 - _MARGIN)])


def burg(frame: Float, order: int) -> Float:
    """Return the prediction-error filter (order + 1,), 1 first, that a frame (T,) is whitened by.

    >>> decay = 0.9 ** np.arange(400.0)
    >>> burg(decay, 1).round(2).tolist()
    [1.0, -0.99]
    """
    forward, backward = frame[1:].copy(), frame[:-1].copy()
    filter_ = np.ones(1)
    for _ in range(order):
        power = float(forward @ forward + backward @ backward)
        reflection = -2.0 * float(forward @ backward) / power if power else 0.0
        widened = np.append(filter_, 0.0)
        filter_ = widened + reflection * widened[::-1]
        forward, backward = (
            (forward + reflection * backward)[1:],
            (backward + reflection * forward)[:-1],
        )
    return filter_
