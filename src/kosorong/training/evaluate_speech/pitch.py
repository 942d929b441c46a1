"""How two tracks of the fundamental frequency differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kosorong.training.common.pitch import Float
from kosorong.training.evaluate_speech.distances import Path

_GROSS = 0.2  # relative error from which a frame counts as grossly wrong


@dataclass(frozen=True, slots=True)
class PitchError:
    """How two pitch tracks differ.

    Attributes:
        hertz: Root mean square over frames voiced in both, Hz; NaN where there is none.
        cents: The same in hundredths of a semitone.
        gross: Share of these frames that differ by more than 20 %.
        voicing: Share of all frames voiced in only one of the two.
    """

    hertz: float
    cents: float
    gross: float
    voicing: float


def pitch_error(first: Float, second: Float, path: Path) -> PitchError:
    """Compare two tracks, Hz with 0 for unvoiced, along a path."""
    left, right = first[path[0]], second[path[1]]
    both = (left > 0) & (right > 0)
    voicing = float(((left > 0) != (right > 0)).mean())
    if not both.any():
        return PitchError(np.nan, np.nan, np.nan, voicing)
    left, right = left[both], right[both]
    cents = 1200.0 * np.log2(left / right)
    return PitchError(
        float(np.sqrt(((left - right) ** 2).mean())),
        float(np.sqrt((cents**2).mean())),
        float((np.abs(left / right - 1.0) > _GROSS).mean()),
        voicing,
    )
