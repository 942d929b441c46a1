"""Monotonic alignment search: one answer from three implementations."""

import itertools

import numpy as np
import pytest
import torch

from kosorong.training.glow_tts import alignment
from kosorong.training.glow_tts.alignment import diagonal_prior, search, search_reference


def best_by_trying(value: np.ndarray) -> float:
    """The largest sum over all monotonic paths."""
    n_text, n_mel = value.shape
    sums = []
    for cuts in itertools.combinations(range(1, n_mel), n_text - 1):
        edges = [0, *cuts, n_mel]
        spans = itertools.pairwise(edges)
        sums.append(sum(value[s, a:b].sum() for s, (a, b) in enumerate(spans)))
    return max(sums)


@pytest.mark.parametrize("seed", range(5))
def test_reference_finds_the_largest_sum(seed: int) -> None:
    value = np.random.default_rng(seed).normal(size=(4, 9)).astype(np.float32)
    path = search_reference(value)
    assert value[path, np.arange(9)].sum() == pytest.approx(best_by_trying(value), rel=1e-5)


def test_the_path_is_monotonic_and_gives_every_symbol_a_frame() -> None:
    value = np.random.default_rng(1).normal(size=(7, 20)).astype(np.float32)
    path = search_reference(value)
    assert path[0] == 0
    assert path[-1] == 6
    assert set(np.diff(path)) <= {0, 1}


@pytest.fixture
def batch() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    torch.manual_seed(3)
    return torch.randn(4, 9, 30), torch.tensor([9, 1, 5, 8]), torch.tensor([30, 11, 5, 9])


@pytest.mark.parametrize("with_numba", [True, False])
def test_batches_equal_the_reference(
    batch: tuple[torch.Tensor, torch.Tensor, torch.Tensor],
    with_numba: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not with_numba:
        monkeypatch.setattr(alignment.importlib.util, "find_spec", lambda name: None)
    value, texts, mels = batch
    made = search(value, texts, mels)
    for b in range(4):
        n_text, n_mel = int(texts[b]), int(mels[b])
        path = search_reference(value[b, :n_text, :n_mel].numpy())
        expected = np.zeros(made.shape[1:], np.float32)
        expected[path, np.arange(n_mel)] = 1
        np.testing.assert_array_equal(made[b].numpy(), expected)


def test_an_utterance_with_fewer_frames_than_symbols_is_named() -> None:
    with pytest.raises(ValueError, match="fewer frames than symbols"):
        search(torch.zeros(1, 5, 4), torch.tensor([5]), torch.tensor([4]))


def test_the_prior_is_a_distribution_over_symbols_with_its_mean_on_the_diagonal() -> None:
    prior = np.exp(diagonal_prior(6, 12))
    np.testing.assert_allclose(prior.sum(0), 1.0, rtol=1e-4)
    means = (np.arange(6)[:, None] * prior).sum(0)
    np.testing.assert_allclose(means, 5 * np.arange(1, 13) / 13, rtol=1e-4)


def test_the_search_leaves_the_number_of_torch_threads_alone() -> None:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        search(torch.zeros(2, 3, 5), torch.tensor([3, 2]), torch.tensor([5, 4]))
        assert torch.get_num_threads() == 1
    finally:
        torch.set_num_threads(threads)
