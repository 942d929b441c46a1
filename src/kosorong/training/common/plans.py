"""Which utterances each step of a training sees."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import NDArray


class EpochPlan(ABC):
    """Batches that are shuffled anew for every epoch, as a function of the seed and the step.

    Args:
        seed: Of the shuffling.
        steps_per_epoch: Batches of an epoch, about.
    """

    def __init__(self, seed: int, steps_per_epoch: int) -> None:
        self.steps_per_epoch = max(1, steps_per_epoch)
        self._seed = seed
        self._epoch = -1
        self._batches: list[NDArray[np.int64]] = []

    def indices(self, step: int) -> list[int]:
        """Return the utterances of a step, counted from 1."""
        epoch, place = divmod(step - 1, self.steps_per_epoch)
        if epoch != self._epoch:
            self._batches = self._shuffle(np.random.default_rng((self._seed, epoch)))
            self._epoch = epoch
        return [int(i) for i in self._batches[place % len(self._batches)]]

    @abstractmethod
    def _shuffle(self, draw: np.random.Generator) -> list[NDArray[np.int64]]:
        """Return the batches of an epoch."""
