"""The whole acoustic model."""

import math
from dataclasses import replace

import pytest
import torch

from kosorong.training.glow_tts.model import (
    DecoderConfig,
    EncoderConfig,
    GlowTts,
    GlowTtsConfig,
    log_likelihoods,
    mel_error,
)

SMALL = GlowTtsConfig(
    encoder=EncoderConfig(channels=16, inner=32, layers=1),
    decoder=DecoderConfig(blocks=2, hidden=16, layers=2),
    speaker_channels=4,
)


@pytest.fixture
def model() -> GlowTts:
    torch.manual_seed(0)
    return GlowTts(SMALL, n_symbols=30, n_speakers=3).eval()


def test_log_likelihood_table_is_the_gaussian_up_to_a_constant() -> None:
    torch.manual_seed(0)
    means, latent = torch.randn(1, 6, 3), torch.randn(1, 6, 4)
    table = log_likelihoods(means, latent) - 3 * math.log(2 * math.pi)
    normal = torch.distributions.Normal(means[0, :, 1], 1.0)
    expected = normal.log_prob(latent[0, :, 2]).sum()
    torch.testing.assert_close(table[0, 1, 2], expected)


def test_nll_of_an_untrained_identity_flow_is_the_gaussians(model: GlowTts) -> None:
    """With couplings at zero and the means at zero, only the orthogonal mixing remains."""
    for parameter in model.encoder.mean.parameters():
        torch.nn.init.zeros_(parameter)
    mel = torch.randn(1, 80, 40)
    result = model.likelihood(
        torch.tensor([[3, 4]]), torch.tensor([2]), mel, torch.tensor([40]), torch.tensor([0])
    )
    expected = 0.5 * mel.square().mean() + 0.5 * math.log(2 * math.pi)
    torch.testing.assert_close(result.nll, expected)


def test_the_flow_backwards_is_the_recording_where_the_prior_says_the_latent(
    model: GlowTts,
) -> None:
    torch.manual_seed(1)
    with torch.no_grad():
        for parameter in model.decoder.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.05)
    lengths = torch.tensor([40, 24])
    mel = torch.randn(2, 80, 40)
    mel[1, :, 24:] = 99.0  # padding, which must not count
    result = model.likelihood(
        torch.tensor([[3, 4, 5], [6, 7, 0]]),
        torch.tensor([3, 2]),
        mel,
        lengths,
        torch.tensor([0, 2]),
    )
    told = replace(result, mean=result.latent)
    still, noisy = (model.backwards(told, lengths, noise) for noise in (0.0, 0.3))
    assert mel_error(still, mel, lengths).item() == pytest.approx(0.0, abs=1e-4)
    assert mel_error(noisy, mel, lengths).item() > 0.1
    error = mel_error(model.backwards(result, lengths, 0.0), mel, lengths)
    error.backward()
    assert error.item() > 0.1
    assert model.encoder.mean.weight.grad is not None
    assert model.encoder.mean.weight.grad.abs().sum() > 0


def test_speaking_gives_the_frames_that_durations_say(model: GlowTts) -> None:
    symbols, speaker = torch.tensor([[3, 4, 5]]), torch.tensor([1])
    mel, durations = model.speak(symbols, speaker, durations=torch.tensor([2, 3, 4]))
    assert durations.tolist() == [2, 3, 5]  # one frame more, to a multiple of the squeeze
    assert mel.shape == (1, 80, 10)


def test_noise_scale_zero_is_deterministic_and_length_scale_stretches(model: GlowTts) -> None:
    symbols, speaker = torch.tensor([[3, 4, 5, 6, 7, 8]]), torch.tensor([1])
    with torch.no_grad():
        model.durations.project.bias.fill_(1.5)
    first, durations = model.speak(symbols, speaker, noise_scale=0.0)
    again, _ = model.speak(symbols, speaker, noise_scale=0.0)
    torch.testing.assert_close(first, again)
    _, slower = model.speak(symbols, speaker, noise_scale=0.0, length_scale=2.0)
    assert int(slower.sum()) == pytest.approx(2 * int(durations.sum()), abs=2)


def test_a_few_steps_raise_the_likelihood_and_find_the_alignment() -> None:
    """Three symbols, each with a mel of its own: the search must find their borders."""
    torch.manual_seed(1)
    model = GlowTts(SMALL, n_symbols=30, n_speakers=1)
    pattern = torch.randn(3, 80) * 2
    lengths = [8, 4, 12]
    mel = torch.cat([pattern[i][:, None].expand(-1, n) for i, n in enumerate(lengths)], 1)[None]
    mel = mel + torch.randn(4, 80, 24) * 0.3
    batch = (
        torch.tensor([[3, 4, 5]] * 4),
        torch.tensor([3] * 4),
        mel,
        torch.tensor([24] * 4),
        torch.tensor([0] * 4),
    )
    model.decoder.start(mel, torch.ones(4, 1, 24), model.speakers(batch[4]))
    optimizer = torch.optim.Adam(model.parameters(), 3e-3)
    losses = []
    for _ in range(60):
        result = model.likelihood(*batch)
        optimizer.zero_grad()
        (result.nll + result.duration).backward()
        optimizer.step()
        losses.append(result.nll.item())
    assert losses[-1] < losses[0] - 0.3
    assert result.alignment[0].sum(1).tolist() == pytest.approx(lengths, abs=2)
