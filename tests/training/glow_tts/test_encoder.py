"""The text side: masks, relative positions, stopped gradients."""

import torch

from kosorong.training.glow_tts.encoder import (
    ConvolutionalDurations,
    RelativeAttention,
    RelativeEncoder,
)
from kosorong.training.glow_tts.model import GlowTts, GlowTtsConfig, whole_frames


def test_padding_changes_nothing_inside() -> None:
    torch.manual_seed(0)
    encoder = RelativeEncoder(20, 5, channels=8, inner=16, layers=2).eval()
    symbols = torch.tensor([[3, 4, 5, 6]])
    hidden, mean = encoder(symbols, torch.ones(1, 1, 4))
    padded = torch.tensor([[3, 4, 5, 6, 0, 0]])
    mask = torch.tensor([[[1.0, 1, 1, 1, 0, 0]]])
    hidden_padded, mean_padded = encoder(padded, mask)
    torch.testing.assert_close(hidden_padded[:, :, :4], hidden)
    torch.testing.assert_close(mean_padded[:, :, :4], mean)


def test_attention_equals_its_definition() -> None:
    """Shaw et al. 2018, equations 3 and 4, written out with loops."""
    torch.manual_seed(0)
    attention = RelativeAttention(4, 1, window=1, dropout=0.0).eval()
    x = torch.randn(1, 4, 5)
    q, k, v = (f(x)[0].t() for f in (attention.query, attention.key, attention.value))
    rows = []
    for i in range(5):
        scores = []
        for j in range(5):
            near = abs(j - i) <= 1
            position = attention.key_positions[j - i + 1] if near else torch.zeros(4)
            scores.append(q[i] @ (k[j] + position) / 2.0)
        weights = torch.stack(scores).softmax(0)
        total = torch.zeros(4)
        for j in range(5):
            near = abs(j - i) <= 1
            position = attention.value_positions[j - i + 1] if near else torch.zeros(4)
            total = total + weights[j] * (v[j] + position)
        rows.append(total)
    expected = attention.out(torch.stack(rows).t()[None])
    torch.testing.assert_close(attention(x, torch.ones(1, 1, 5)), expected)


def test_order_matters() -> None:
    torch.manual_seed(0)
    encoder = RelativeEncoder(20, 5, channels=8, inner=16, layers=1).eval()
    mask = torch.ones(1, 1, 3)
    forward = encoder(torch.tensor([[3, 4, 5]]), mask)[1]
    backward = encoder(torch.tensor([[5, 4, 3]]), mask)[1]
    assert not torch.allclose(forward.flip(2), backward, atol=1e-3)


def test_durations_teach_nothing_to_the_encoder() -> None:
    torch.manual_seed(0)
    model = GlowTts(GlowTtsConfig(), n_symbols=20, n_speakers=2)
    result = model.likelihood(
        torch.tensor([[3, 4, 5]]),
        torch.tensor([3]),
        torch.randn(1, 80, 12),
        torch.tensor([12]),
        torch.tensor([0]),
    )
    result.duration.backward()
    assert all(p.grad is None for p in model.encoder.parameters())
    assert model.durations.project.weight.grad is not None


def test_durations_know_the_speaker() -> None:
    torch.manual_seed(0)
    predictor = ConvolutionalDurations(4, 2).eval()
    hidden, mask = torch.randn(1, 4, 6), torch.ones(1, 1, 6)
    one = predictor(hidden, mask, torch.tensor([[1.0, 0.0]]))
    other = predictor(hidden, mask, torch.tensor([[0.0, 1.0]]))
    assert not torch.allclose(one, other)


def test_whole_frames_keep_the_sum_and_leave_none_out() -> None:
    durations = torch.rand(200) * 6
    frames = whole_frames(durations)
    assert int(frames.min()) >= 1
    assert abs(int(frames.sum()) - float(durations.clamp_min(1).sum())) <= 1
