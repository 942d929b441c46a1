"""Shares of a batch, as two processes would see them; their meeting is played here."""

import pytest
import torch
from torch import nn

from kosorong.training.common import processes


@pytest.fixture
def second_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "rank", lambda: 1)
    monkeypatch.setattr(processes, "world", lambda: 2)


def test_a_process_alone_takes_all() -> None:
    assert processes.share([5, 6, 7]) == [5, 6, 7]
    assert processes.share_of([5, 6, 7]) == 1.0
    assert processes.seeds(3, 4) == (3, 4)
    assert processes.any_of(True)
    assert not processes.any_of(False)
    with processes.together(), processes.first_alone():
        assert (processes.rank(), processes.world()) == (0, 1)


@pytest.mark.usefixtures("second_of_two")
def test_the_second_of_two_takes_every_other_item_and_its_weight() -> None:
    assert processes.share(["a", "b", "c"]) == ["b"]
    assert processes.share_of([1.0, 2.0, 1.0]) == 0.5
    assert processes.seeds(3, 4) == (3, 4, 1)


@pytest.mark.usefixtures("second_of_two")
def test_a_process_without_an_item_computes_one_that_does_not_count() -> None:
    assert list(processes.share(range(1))) == [0]
    assert processes.share_of([4.0]) == 0.0


@pytest.mark.usefixtures("second_of_two")
def test_gradients_are_summed_where_they_belong_also_missing_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(torch.distributed, "all_reduce", lambda flat: flat.mul_(2))
    used, unused = nn.Parameter(torch.ones(2, 2)), nn.Parameter(torch.ones(3))
    (used * torch.arange(4.0).view(2, 2)).sum().backward()
    processes.sum_gradients([used, unused])
    assert used.grad is not None
    assert unused.grad is not None
    assert used.grad.tolist() == [[0, 2], [4, 6]]
    assert unused.grad.tolist() == [0, 0, 0]
