from __future__ import annotations

from typing import Any

import pytest
import torch

from kosorong.training.translation.model import (
    FeedForward,
    ModelConfig,
    MultiHeadAttention,
    Transformer,
    link_loss,
    sinusoids,
    word_loss,
)

SMALL = ModelConfig(
    width=8, heads=2, feed_forward=16, encoder_layers=1, decoder_layers=1, dropout=0.0
)


@pytest.fixture
def model() -> Transformer:
    torch.manual_seed(0)
    return Transformer(SMALL, vocabulary=11).eval()


def test_positions_are_sines_then_cosines_of_falling_rates() -> None:
    table = sinusoids(3, 4)
    expected = torch.tensor([[0.8415, 0.0001, 0.5403, 1.0]])
    torch.testing.assert_close(table[1:2], expected, atol=1e-4, rtol=0)


def test_attention_with_unit_weights_is_a_weighted_mean() -> None:
    layer = MultiHeadAttention(4, 1, 0.0)
    for linear in (layer.query, layer.key, layer.value, layer.out):
        torch.nn.init.eye_(linear.weight)
        torch.nn.init.zeros_(linear.bias)
    x = torch.eye(4)[None, :2]
    out, scores = layer(x, x, torch.ones(1, 1, 1, 2, dtype=torch.bool))
    # softmax([1/2, 0]) = [0.6225, 0.3775]
    torch.testing.assert_close(
        out[0, 0], torch.tensor([0.6225, 0.3775, 0.0, 0.0]), atol=1e-4, rtol=0
    )
    assert scores.shape == (1, 1, 2, 2)


def test_masked_places_get_no_attention() -> None:
    torch.manual_seed(1)
    layer = MultiHeadAttention(8, 2, 0.0)
    x = torch.randn(1, 3, 8)
    mask = torch.tensor([[[[True, True, False]]]])
    changed = torch.cat([x[:, :2], torch.randn(1, 1, 8)], dim=1)
    torch.testing.assert_close(layer(x, x, mask)[0][:, :2], layer(x, changed, mask)[0][:, :2])


def test_feed_forward_is_the_same_at_every_place() -> None:
    layer = FeedForward(8, 16, 0.0)
    x = torch.randn(1, 1, 8).expand(1, 3, 8)
    out = layer(x)
    torch.testing.assert_close(out[:, 0], out[:, 2])


def test_the_future_and_the_padding_change_nothing(model: Transformer) -> None:
    source = torch.tensor([[4, 5, 2, 0]])
    target = torch.tensor([[1, 6, 7]])
    logits, _ = model(source, target)
    other, _ = model(torch.tensor([[4, 5, 2]]), torch.tensor([[1, 6, 9]]))
    torch.testing.assert_close(logits[:, :2], other[:, :2], atol=1e-5, rtol=0)


def test_logits_are_pinned_for_a_fixed_seed(model: Transformer) -> None:
    logits, scores = model(torch.tensor([[4, 5, 2]]), torch.tensor([[1, 6]]))
    assert logits.shape == (1, 2, 11)
    assert scores.shape == (1, 2, 2, 3)
    expected = torch.tensor([[-1.7835, -0.2475, 0.2196], [-1.7152, -0.4592, 0.4298]])
    torch.testing.assert_close(logits[0, :, :3], expected, atol=1e-3, rtol=0)


def test_the_last_cross_attention_starts_by_handing_on_what_it_sees(model: Transformer) -> None:
    last: Any = model.decoder[-1].cross_attention
    memory = torch.randn(1, 1, 8)
    out, _ = last(torch.randn(1, 2, 8), memory, torch.ones(1, 1, 1, 1, dtype=torch.bool))
    torch.testing.assert_close(out, memory.expand(1, 2, 8))


def test_greedy_stops_at_the_end_or_at_the_longest(model: Transformer) -> None:
    rows = model.greedy(torch.tensor([[4, 5, 2], [6, 2, 0]]), longest=5)
    assert len(rows) == 2
    assert all(len(row) <= 5 and not {0, 1, 2} & set(row) for row in rows)


def test_word_loss_passes_over_padding() -> None:
    logits = torch.zeros(1, 2, 4)
    loss = word_loss(logits, torch.tensor([[3, 0]]), 0.0)
    torch.testing.assert_close(loss, torch.tensor(4.0).log())


def test_link_loss_counts_attention_inside_the_linked_words() -> None:
    scores = torch.zeros(1, 2, 2, 4)
    links = torch.zeros(1, 2, 2, 4, dtype=torch.bool)
    links[0, 0, 0, :2] = True
    torch.testing.assert_close(link_loss(scores, links), torch.tensor(2.0).log())
    assert float(link_loss(scores, torch.zeros_like(links))) == 0.0


def test_sizes_that_do_not_divide_are_refused() -> None:
    with pytest.raises(ValueError, match="width 10"):
        ModelConfig(width=10, heads=4)
