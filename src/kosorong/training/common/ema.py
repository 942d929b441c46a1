"""Moving average of weights; what is exported."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn


class MovingAverage:
    """An exponential moving average of a module's floating-point state.

    The decay rises with the number of updates, (1 + n) / (10 + n), up to `decay`, so that the
    random start is forgotten quickly.

    Args:
        module: The module whose parameters and buffers are averaged.
        decay: Largest share of the old average kept at each update.
    """

    def __init__(self, module: nn.Module, decay: float = 0.999) -> None:
        self.module = module
        self.decay = decay
        self.updates = 0
        self.shadow = {k: v.detach().clone() for k, v in module.state_dict().items()}

    @torch.no_grad()
    def update(self) -> None:
        """Take the module's present weights into the average."""
        self.updates += 1
        share = 1.0 - min(self.decay, (1.0 + self.updates) / (10.0 + self.updates))
        for key, value in self.module.state_dict().items():
            if value.is_floating_point():
                self.shadow[key].lerp_(value, share)
            else:
                self.shadow[key].copy_(value)

    @contextmanager
    def applied(self) -> Iterator[None]:
        """Put the average into the module for the length of a `with` block."""
        own = {k: v.detach().clone() for k, v in self.module.state_dict().items()}
        self.module.load_state_dict(self.shadow)
        try:
            yield
        finally:
            self.module.load_state_dict(own)

    def state_dict(self) -> dict[str, object]:
        """Return the average and its count of updates."""
        return {"updates": self.updates, "shadow": self.shadow}

    def load_state_dict(self, state: dict[str, object]) -> None:
        """Restore what `state_dict` returned."""
        shadow = state["shadow"]
        updates = state["updates"]
        if not isinstance(shadow, dict) or not isinstance(updates, int):
            raise TypeError("not the state of a MovingAverage")
        self.updates = updates
        for key, value in shadow.items():
            if isinstance(value, Tensor):
                self.shadow[key].copy_(value)
