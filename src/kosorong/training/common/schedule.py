"""Learning-rate schedules as pure functions of the step, so that resuming needs no state."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Schedule:
    """Warm-up, then decay.

    Attributes:
        peak: Highest learning rate.
        warmup: Steps of linear rise from zero.
        decay: `cosine` to `floor * peak` at the last step, `noam` (inverse square root, Vaswani
            et al. 2017, section 5.3) or `constant`.
        floor: Share of the peak where cosine decay ends.
    """

    peak: float = 1e-3
    warmup: int = 500
    decay: Literal["cosine", "noam", "constant"] = "cosine"
    floor: float = 0.05

    def at(self, step: int, total: int) -> float:
        """Return the learning rate of `step` (counted from 1) in a run of `total` steps.

        >>> Schedule(peak=1.0, warmup=10, decay="noam").at(40, 100)
        0.5
        """
        if step < self.warmup:
            return self.peak * step / self.warmup
        if self.decay == "noam":
            return self.peak * math.sqrt(max(1, self.warmup) / step)
        if self.decay == "constant":
            return self.peak
        progress = min(1.0, (step - self.warmup) / max(1, total - self.warmup))
        share = self.floor + (1.0 - self.floor) * 0.5 * (1.0 + math.cos(math.pi * progress))
        return self.peak * share
