"""Several processes that train one model, each on its share of every batch.

Started by `torchrun`, which tells each its number. Losses come from several methods of a model, so
that `DistributedDataParallel`, which listens to `forward` alone, does not fit: gradients are summed
by one function instead. A process's losses are weighted by its share of the batch (`share_of`), so
that the sum is the gradient of the whole batch, whatever the number of processes.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import TypeVar

import torch
from torch import Tensor, nn

T = TypeVar("T")
_PATIENCE = timedelta(hours=2)
"""How long the others wait while the first process validates."""


def rank() -> int:
    """Return this process's number, 0 where it is alone."""
    return torch.distributed.get_rank() if _joined() else 0


def world() -> int:
    """Return how many processes train together, 1 where it is alone."""
    return torch.distributed.get_world_size() if _joined() else 1


def started_by() -> tuple[str, ...]:
    """Return the words that start as many processes again, on each of as many machines.

    Of several machines each has a number of its own, and the first an address: those are named.
    """
    here = os.environ.get("LOCAL_WORLD_SIZE", str(world()))
    machines = world() // int(here)
    meeting: tuple[str, ...] = ()
    if machines > 1:
        names = ("MASTER_ADDR", "MASTER_PORT", "GROUP_RANK")
        address, port, number = (os.environ.get(name, "0") for name in names)
        meeting = ("--nnodes", str(machines), "--node-rank", number)
        meeting += ("--master-addr", address, "--master-port", port)
    return ("torchrun", *meeting, "--nproc-per-node", here, "--no-python")


@contextmanager
def together() -> Iterator[None]:
    """Join the other processes that `torchrun` started, if it did, for the length of a block."""
    if int(os.environ.get("WORLD_SIZE", "1")) == 1:
        yield
        return
    own_gpu = int(os.environ.get("LOCAL_RANK", "0"))
    if own_gpu < torch.cuda.device_count():
        torch.cuda.set_device(own_gpu)
    backend = "cpu:gloo,cuda:nccl" if torch.cuda.is_available() else "gloo"
    torch.distributed.init_process_group(backend, timeout=_PATIENCE)
    try:
        yield
    finally:
        torch.distributed.destroy_process_group()


@contextmanager
def first_alone() -> Iterator[None]:
    """Let the first process do a block before the others: what it writes, they find."""
    if rank() > 0:
        any_of(False)
    yield
    if rank() == 0:
        any_of(False)


def share(items: Sequence[T]) -> Sequence[T]:
    """Return this process's part of a batch; never an empty one, see `share_of`.

    Every n-th item, for neighbours in a batch are of similar length.
    """
    mine = items[rank() :: world()]
    return mine if len(mine) else items[:1]


def share_of(sizes: Sequence[float]) -> float:
    """Return this process's share of the sum of a batch's sizes: the weight of its losses.

    0 for a process whose part is another's because there is less than one item for each.

    >>> share_of([10, 20])
    1.0
    """
    return sum(sizes[rank() :: world()]) / max(1e-9, sum(sizes)) if world() > 1 else 1.0


def seeds(*numbers: int) -> tuple[int, ...]:
    """Return seeds of this process: for the first one the numbers themselves.

    >>> seeds(1234, 7)
    (1234, 7)
    """
    return (*numbers, rank()) if rank() else numbers


def sum_gradients(parameters: Iterable[nn.Parameter]) -> None:
    """Replace every gradient by its sum over the processes, in one message."""
    if world() == 1:
        return
    known = [p for p in parameters if p.requires_grad]
    for parameter in known:
        if parameter.grad is None:
            parameter.grad = torch.zeros_like(parameter)
    gradients = [p.grad for p in known if p.grad is not None]
    flat = torch.cat([g.flatten() for g in gradients])
    torch.distributed.all_reduce(flat)
    for gradient, part in zip(gradients, flat.split([g.numel() for g in gradients]), strict=True):
        gradient.copy_(part.view_as(gradient))


def sum_figures(figures: Mapping[str, Tensor]) -> dict[str, float]:
    """Return each figure's (() each) sum over the processes; all must have the same names."""
    values = torch.stack([value.detach().float() for value in figures.values()])
    if world() > 1:
        torch.distributed.all_reduce(values)
    return dict(zip(figures, values.tolist(), strict=True))


def any_of(flag: bool) -> bool:
    """Wait for all processes, and tell whether `flag` is set in any: so all stop together."""
    if world() == 1:
        return flag
    value = torch.tensor(float(flag))
    torch.distributed.all_reduce(value)
    return bool(value > 0)


def same_start(tensors: Iterable[Tensor]) -> None:
    """Copy the first process's tensors to the others."""
    if world() > 1:
        for tensor in tensors:
            torch.distributed.broadcast(tensor, 0)


def _joined() -> bool:
    return torch.distributed.is_available() and torch.distributed.is_initialized()
