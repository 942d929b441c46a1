"""The contract between a model's training and the loop that runs it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from torch import nn
from torch.optim import Optimizer

from kosorong.training.common.arithmetic import Arithmetic, Device, Precision
from kosorong.training.common.ema import MovingAverage
from kosorong.training.common.schedule import Schedule

RECORDED = "recorded"
"""Name of sample audio that a person spoke; all other is the network's."""


@dataclass(frozen=True, slots=True)
class LoopConfig:
    """How long a run goes and what it writes on the way.

    Attributes:
        steps: Optimiser steps of the whole run.
        seed: All randomness of step s is a function of (seed, s): a resumed run equals an
            unbroken one without storing any generator's state.
        schedule: Learning rate.
        device: `auto` (a GPU where one can be used), `cpu` or `cuda`.
        precision: Arithmetic of the forward pass: `bf16`, `fp16` with loss scaling, `fp32`, or
            `auto`: bf16, but fp16 on a GPU that lacks it.
        log_every: Steps between log lines.
        validate_every: Steps between validations.
        draw_every: Steps between pictures and sample audio.
        checkpoint_minutes: Longest time between two checkpoints.
        keep_last: Newest checkpoints kept besides the best.
        ema_decay: Decay of the moving average of weights; 0 switches it off.
    """

    steps: int = 10_000
    seed: int = 1234
    schedule: Schedule = field(default_factory=Schedule)
    device: Device = "auto"
    precision: Precision = "auto"
    log_every: int = 50
    validate_every: int = 1_000
    draw_every: int = 1_000
    checkpoint_minutes: float = 10.0
    keep_last: int = 2
    ema_decay: float = 0.999

    def __post_init__(self) -> None:
        if self.steps < 1:
            raise ValueError(f"steps must be at least 1, not {self.steps}")


class Experiment(ABC):
    """One model with its data, losses, validation and pictures.

    A step's batch and random numbers must follow from the step's number alone. Where several
    processes train together, each takes its share of the batch and weights its losses by it, see
    `kosorong.training.common.processes`.

    Attributes:
        arithmetic: Device and precision; every optimiser's step goes through it.
    """

    arithmetic: Arithmetic

    @property
    @abstractmethod
    def modules(self) -> Mapping[str, nn.Module]:
        """Everything whose weights belong in a checkpoint, by name."""

    @property
    @abstractmethod
    def optimizers(self) -> Mapping[str, Optimizer]:
        """The optimisers, by name."""

    @property
    def averaged(self) -> nn.Module | None:
        """The module whose moving average is kept and exported."""
        return None

    @property
    def description(self) -> Mapping[str, object]:
        """Plain data that a reader of the checkpoint needs: recipe, symbols, mel hash."""
        return {}

    @abstractmethod
    def train_step(self, step: int) -> dict[str, float]:
        """Run one optimiser step (counted from 1).

        Returns:
            Figures of the whole batch by name, the same in every process.
        """

    @abstractmethod
    def validate(self, step: int) -> dict[str, float]:
        """Return held-out figures; the first one chooses the best checkpoint, lower is better."""

    def is_judged(self, step: int) -> bool:
        """Tell whether validation can choose between checkpoints at this stage.

        Where it cannot (a discriminator's gain is no smaller distance), the newest is the best.
        """
        return True

    def prepare(self, step: int) -> None:  # noqa: B027 - most models need no preparation
        """Make ready before step `step + 1`; at step 0, data-dependent starts happen here."""

    def draw(self, step: int, folder: Path) -> None:  # noqa: B027 - pictures are optional
        """Write pictures of the present state as PNG files `NAME-STEP.png` into `folder`."""

    def sounds(self, step: int) -> Mapping[str, NDArray[np.float32]]:
        """Return sample audio of the present state by name, (T_wav,) each at the models' rate.

        A person's recording, which may stand beside, is named `RECORDED`.
        """
        return {}


__all__ = ["RECORDED", "Experiment", "LoopConfig", "MovingAverage"]


class OneModel(Experiment):
    """An experiment of one model with one optimiser: all of it is kept, averaged and exported.

    Attributes:
        model: What is trained.
        optimizer: Of all its weights.
    """

    model: nn.Module
    optimizer: Optimizer

    @property
    def modules(self) -> Mapping[str, nn.Module]:
        """The model."""
        return {"model": self.model}

    @property
    def optimizers(self) -> Mapping[str, Optimizer]:
        """Its optimiser."""
        return {"model": self.optimizer}

    @property
    def averaged(self) -> nn.Module:
        """The model."""
        return self.model
