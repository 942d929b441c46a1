"""The sound of a chapter: segments, silence between them, one loudness, no clicks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.loudness import LoudnessMeter, limit
from kosorong.book.store import Store
from kosorong.book.timing import Placed

Float = NDArray[np.float32]

_FADE_SECONDS = 0.005


def faded(samples: Float, sample_rate: int) -> Float:
    """Let a segment begin and end in silence: 5 ms of raised cosine at both ends.

    Args:
        samples: (T_wav,).
        sample_rate: Hz.

    >>> faded(np.ones(1000, np.float32), 22050)[[0, 500, -1]].tolist()
    [0.0, 1.0, 0.0]
    """
    length = min(round(_FADE_SECONDS * sample_rate), len(samples) // 2)
    if not length:
        return samples
    slope = (0.5 - 0.5 * np.cos(np.pi * np.arange(length) / length)).astype(np.float32)
    out = samples.copy()
    out[:length] *= slope
    out[-length:] *= slope[::-1]
    return out


def chapter_sound(
    store: Store, placed: Iterable[Placed], sample_rate: int, gain: float = 1.0
) -> Iterator[Float]:
    """Yield a chapter's samples, one segment in memory at a time.

    Args:
        store: Where the segments' audio lies.
        placed: The chapter's segments.
        sample_rate: Hz.
        gain: Factor; peaks it would raise too far are limited.

    Raises:
        StorageError: The audio of a segment is damaged.
    """
    for one in placed:
        samples = faded(store.audio(one.finished), sample_rate)
        yield limit(samples * np.float32(gain), sample_rate)
        yield np.zeros(one.silence, np.float32)


def measure_loudness(store: Store, placed: Iterable[Placed], sample_rate: int) -> float:
    """Return the integrated loudness (LUFS) of a chapter, silence between segments included."""
    meter = LoudnessMeter(sample_rate)
    for one in placed:
        meter.add(faded(store.audio(one.finished), sample_rate))
        meter.add(np.zeros(one.silence, np.float32))
    return meter.integrated()
