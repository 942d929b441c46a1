"""Where and how a training computes: device, precision, loss scaling, the optimiser's step."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable
from typing import Any, Literal, TypeVar, cast

import torch
from torch import Tensor, nn
from torch.optim import Optimizer

from kosorong.errors import TrainingError
from kosorong.training.common import processes

Device = Literal["auto", "cpu", "cuda"]
Precision = Literal["auto", "bf16", "fp16", "fp32"]
T = TypeVar("T")

_TYPES = {"bf16": torch.bfloat16, "fp16": torch.float16, "fp32": torch.float32}
_LEAST_SCALE = 2.0**-8
"""A loss scale below it says that the gradients themselves are no numbers."""


def choose_device(wanted: Device) -> torch.device:
    """Return the device of a training; of several GPUs the one that `torchrun` gave this process.

    Raises:
        TrainingError: A GPU is wanted and none can be used.

    >>> choose_device("cpu")
    device(type='cpu')
    """
    usable = torch.cuda.is_available()
    if wanted == "cuda" and not usable:
        raise TrainingError(
            "no GPU can be used (device: cuda).",
            cure="Install torch with CUDA and its driver, or set loop: {device: auto}.",
        )
    if wanted == "cpu" or not usable:
        return torch.device("cpu")
    return torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")))


def choose_precision(wanted: Precision, device: torch.device) -> str:
    """Return `bf16`, `fp16` or `fp32`: for `auto` bf16, or fp16 on a GPU that lacks it (a T4).

    >>> choose_precision("auto", torch.device("cpu"))
    'bf16'
    """
    if wanted != "auto":
        return wanted
    # Emulated bf16, which the plain question counts as support, is slower than fp32.
    lacks = device.type == "cuda" and not torch.cuda.is_bf16_supported(including_emulation=False)
    return "fp16" if lacks else "bf16"


class Arithmetic:
    """Device and precision of a training, and the one way to an optimiser's step.

    Small gradients vanish in fp16, so there the loss is scaled up before and the gradients down
    after the backward pass (Micikevicius et al. 2018, section 3.2), by a factor that is part of
    the checkpoint.

    Args:
        device: See `choose_device`.
        precision: See `choose_precision`.

    Attributes:
        device: Where tensors go.
        precision: What `auto` came to.
    """

    def __init__(self, device: Device = "auto", precision: Precision = "bf16") -> None:
        self.device = choose_device(device)
        self.precision = choose_precision(precision, self.device)
        self._scaler = torch.amp.GradScaler(self.device.type, enabled=self.precision == "fp16")

    def autocast(self) -> torch.autocast:
        """Return the context of a forward pass."""
        kind, enabled = _TYPES[self.precision], self.precision != "fp32"
        return torch.autocast(self.device.type, kind if enabled else torch.bfloat16, enabled)

    def place(self, batch: T) -> T:
        """Return a dataclass of tensors with every tensor on the device."""
        fields = dataclasses.fields(cast(Any, batch))
        moved = {f.name: getattr(batch, f.name).to(self.device) for f in fields}
        return cast(T, dataclasses.replace(cast(Any, batch), **moved))

    def descend(
        self,
        loss: Tensor,
        optimizer: Optimizer,
        parameters: Iterable[nn.Parameter],
        clip: float | None = None,
    ) -> float:
        """Take one optimiser step down the gradient of a loss.

        Args:
            loss: () this process's part, see `kosorong.training.common.processes`.
            optimizer: Of the parameters.
            parameters: What is learnt.
            clip: Largest norm of the gradient.

        Returns:
            The gradient's norm before clipping; 0 where fp16 overflowed and the step was left out,
            or nothing is clipped.

        Raises:
            TrainingError: fp16 overflows at any scale.
        """
        parameters = list(parameters)
        optimizer.zero_grad(set_to_none=True)
        self._scaler.scale(loss).backward()
        processes.sum_gradients(parameters)
        norm = 0.0
        if clip is not None:
            self._scaler.unscale_(optimizer)
            norm = float(nn.utils.clip_grad_norm_(parameters, clip))
        self._scaler.step(optimizer)
        before = self._scaler.get_scale()
        self._scaler.update()
        if not self._scaler.is_enabled():
            return norm
        if self._scaler.get_scale() < _LEAST_SCALE:
            raise TrainingError(
                "the gradients are no numbers in fp16, however they are scaled.",
                cure="Set loop: {precision: fp32}, or lower the learning rate.",
            )
        return 0.0 if self._scaler.get_scale() < before else norm

    def state_dict(self) -> dict[str, object]:
        """Return the state of the loss scaling; empty where there is none."""
        return dict(self._scaler.state_dict())

    def load_state_dict(self, state: dict[str, object]) -> None:
        """Restore what `state_dict` returned; a run that had no loss scaling starts it anew."""
        if state and self._scaler.is_enabled():
            self._scaler.load_state_dict(state)
