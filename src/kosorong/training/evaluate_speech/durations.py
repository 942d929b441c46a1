"""Whether a voice takes the right time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kosorong.config import MEL
from kosorong.text.sound.symbols import BLANK_ID
from kosorong.training.recogniser.data import SILENT

LONG_SECONDS = 0.35


@dataclass(frozen=True, slots=True)
class LengthError:
    """Lengths of sentences against the recordings'.

    Attributes:
        bias: Median of the relative error; positive is too slow.
        median: Median of the absolute relative error.
        largest: Its 95th percentile.
    """

    bias: float
    median: float
    largest: float


def length_error(synthetic: Sequence[float], recorded: Sequence[float]) -> LengthError:
    """Compare total lengths in any one unit.

    >>> length_error([11.0, 9.0, 10.0], [10.0, 10.0, 10.0]).median
    0.1
    """
    relative = np.asarray(synthetic) / np.asarray(recorded) - 1.0
    apart = np.abs(relative)
    return LengthError(
        round(float(np.median(relative)), 6),
        round(float(np.median(apart)), 6),
        round(float(np.percentile(apart, 95)), 6),
    )


def sound_seconds(symbols: Sequence[int], frames: Sequence[int]) -> list[float]:
    """Return how long each sounding symbol lasts, seconds.

    A blank between two sounds belongs to the sound before it. A blank beside a word boundary, a
    mark or an edge is part of the pause there and counts for no sound.

    Args:
        symbols: (T_text) ids, with or without blanks between them.
        frames: (T_text) durations.
    """
    seconds: list[float] = []
    for place, symbol in enumerate(symbols):
        if symbol in SILENT:
            continue
        own = frames[place]
        inside = (
            place + 2 < len(symbols)
            and symbols[place + 1] == BLANK_ID
            and symbols[place + 2] not in SILENT
        )
        if inside:
            own += frames[place + 1]
        seconds.append(own / MEL.frames_per_second)
    return seconds


def overlong(seconds: Sequence[float]) -> float:
    """Return the share of sounds that last over 350 ms.

    >>> overlong([0.1, 0.4, 0.2, 0.1])
    0.25
    """
    return sum(s > LONG_SECONDS for s in seconds) / max(1, len(seconds))
