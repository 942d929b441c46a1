"""Silence around speech: trimmed to the same length whatever the model put there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float32]

BEFORE = 0.06
AFTER = 0.12
_QUIET_DB = -46.0


def speech_bounds(samples: Float, first: int, last: int, sample_rate: int) -> tuple[int, int]:
    """Return where to cut audio so that little silence is left around the speech.

    Args:
        samples: (T_wav,).
        first: Sample at which the first sounding symbol begins.
        last: Sample at which the last sounding symbol ends; nothing between the two is cut.
        sample_rate: Hz.

    Returns:
        First sample and end. What is louder than 46 dB below the loudest 12 ms stays, whatever
        the symbols say.

    >>> tone = np.zeros(22_050, np.float32)
    >>> tone[8_000:12_000] = 0.5
    >>> first, end = speech_bounds(tone, 9_000, 11_000, 22_050)
    >>> 6_400 < first < 8_000 and 12_000 < end < 15_000
    True
    """
    step = max(1, sample_rate // 86)
    rows = samples[: len(samples) // step * step].reshape(-1, step)
    if not len(rows):
        return 0, len(samples)
    power = np.square(rows).mean(1)
    loud = np.flatnonzero(power > power.max() * 10 ** (_QUIET_DB / 10))
    if len(loud):
        first = min(first, int(loud[0]) * step)
        last = max(last, int(loud[-1] + 1) * step)
    begin = max(0, first - round(BEFORE * sample_rate))
    return begin, min(len(samples), last + round(AFTER * sample_rate))
