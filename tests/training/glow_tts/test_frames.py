"""The frame-wise prior."""

from dataclasses import replace

import pytest
import torch
from torch import Tensor

from kosorong.training.glow_tts.frames import PLACES, FramePrior, FramesConfig, places
from kosorong.training.glow_tts.model import (
    DecoderConfig,
    EncoderConfig,
    GlowTts,
    GlowTtsConfig,
    Likelihood,
    lengths_mask,
)

PLAIN = GlowTtsConfig(
    encoder=EncoderConfig(channels=16, inner=32, layers=1),
    decoder=DecoderConfig(blocks=2, hidden=16, layers=2),
    speaker_channels=4,
)
FRAMES = FramesConfig(blocks=2, channels=24, dropout=0.0)


def alignment_of(*frames: int) -> Tensor:
    return torch.eye(len(frames)).repeat_interleave(torch.tensor(frames), 1)[None]


def test_places_tell_how_far_a_frame_is_in_its_symbol() -> None:
    told = places(alignment_of(1, 4))
    assert told.shape == (1, PLACES, 5)
    torch.testing.assert_close(told[0, 0], torch.tensor([0.5, 0.125, 0.375, 0.625, 0.875]))
    assert told[0, 1, 1] == told[0, 1].max()  # the first frame of the long one is next to a begin
    assert told[0, 2, 4] == told[0, 2].max()


def test_frames_behind_the_end_of_an_item_leave_places_finite() -> None:
    padded = torch.zeros(1, 2, 400)
    padded[:, :, :5] = alignment_of(1, 4)
    assert torch.isfinite(places(padded)).all()


def test_it_starts_as_the_papers_prior_and_then_parts_the_frames_of_a_symbol() -> None:
    torch.manual_seed(0)
    prior = FramePrior(FRAMES, 16, 80, 2, 4)
    hidden, alignment = torch.randn(1, 16, 2), alignment_of(6, 4)
    mask, speaker = torch.ones(1, 1, 10), torch.randn(1, 4)
    assert prior(hidden, alignment, mask, speaker)[0].abs().max() == 0
    torch.nn.init.normal_(prior.mean.weight, 0.0, 0.1)
    gained, text = prior(hidden, alignment, mask, speaker)
    assert gained.shape == (1, 80, 10)
    assert text.shape == (1, 24, 5)
    assert (gained[0, :, 1] - gained[0, :, 4]).abs().max() > 1e-3


def test_padding_changes_nothing_of_an_item() -> None:
    torch.manual_seed(0)
    prior = FramePrior(FRAMES, 16, 80, 2, 4).eval()
    torch.nn.init.normal_(prior.mean.weight, 0.0, 0.1)
    hidden, speaker = torch.randn(2, 16, 2), torch.randn(2, 4)
    alignment = torch.zeros(2, 2, 12)
    alignment[0], alignment[1, :, :8] = alignment_of(6, 6)[0], alignment_of(3, 5)[0]
    mask = lengths_mask(torch.tensor([12, 8]))
    together = prior(hidden, alignment, mask, speaker)[0][1, :, :8]
    alone = prior(hidden[1:], alignment[1:, :, :8], mask[1:, :, :8], speaker[1:])[0][0]
    torch.testing.assert_close(together, alone)


def speaking(model: GlowTts) -> GlowTts:
    """Let nothing of a fresh model be without effect."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if any(part in name for part in ("frames.mean", ".text.", "end.", "project")):
                parameter.add_(torch.randn_like(parameter) * 0.05)
    return model


def likelihood_of(model: GlowTts) -> Likelihood:
    torch.manual_seed(3)
    return model.likelihood(
        torch.tensor([[3, 4, 5]]),
        torch.tensor([3]),
        torch.randn(1, 80, 24),
        torch.tensor([24]),
        torch.tensor([0]),
    )


def test_a_flow_that_is_told_the_text_is_searched_as_if_it_were_not() -> None:
    torch.manual_seed(0)
    told = speaking(GlowTts(replace(PLAIN, frames=replace(FRAMES, tells_flow=True)), 30, 2)).eval()
    plain = GlowTts(PLAIN, 30, 2).eval()
    plain.load_state_dict(
        {k: v for k, v in told.state_dict().items() if k in plain.state_dict()}, strict=True
    )
    one, other = likelihood_of(told), likelihood_of(plain)
    torch.testing.assert_close(one.alignment, other.alignment)
    torch.testing.assert_close(one.search_nll, other.nll)
    assert (one.nll - other.nll).abs() > 1e-4


def test_the_flow_told_the_text_is_still_invertible_and_its_volume_is_its_jacobian() -> None:
    torch.manual_seed(0)
    told = speaking(GlowTts(replace(PLAIN, frames=replace(FRAMES, tells_flow=True)), 30, 2)).eval()
    mel, mask, speaker = torch.randn(1, 80, 4), torch.ones(1, 1, 4), torch.randn(1, 4)
    text = torch.randn(1, 24, 2)
    latent, volume = told.decoder(mel, mask, speaker, text)
    torch.testing.assert_close(
        told.decoder.inverse(latent, mask, speaker, text), mel, rtol=1e-4, atol=1e-4
    )
    assert (latent - told.decoder(mel, mask, speaker)[0]).abs().max() > 1e-3
    jacobian = torch.autograd.functional.jacobian(
        lambda x: told.decoder(x, mask, speaker, text)[0], mel
    )
    torch.testing.assert_close(
        torch.linalg.slogdet(jacobian.reshape(320, 320))[1], volume[0], rtol=1e-3, atol=1e-2
    )


def test_no_text_is_zeros() -> None:
    torch.manual_seed(0)
    told = speaking(GlowTts(replace(PLAIN, frames=replace(FRAMES, tells_flow=True)), 30, 2)).eval()
    mel, mask, speaker = torch.randn(1, 80, 8), torch.ones(1, 1, 8), torch.randn(1, 4)
    zeros = told.decoder(mel, mask, speaker, torch.zeros(1, 24, 4))[0]
    torch.testing.assert_close(told.decoder(mel, mask, speaker)[0], zeros)


@pytest.mark.parametrize("tells_flow", [False, True])
def test_speaking_in_given_durations_says_what_the_training_measured(tells_flow: bool) -> None:
    torch.manual_seed(0)
    frames = replace(FRAMES, tells_flow=tells_flow)
    model = speaking(GlowTts(replace(PLAIN, frames=frames), n_symbols=30, n_speakers=2)).eval()
    result = likelihood_of(model)
    trained = model.backwards(result, torch.tensor([24]), 0.0)
    spoken, _ = model.speak(
        torch.tensor([[3, 4, 5]]),
        torch.tensor([0]),
        noise_scale=0.0,
        durations=result.alignment[0].sum(1).long(),
    )
    torch.testing.assert_close(spoken, trained, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("blocks", [0, 2])
def test_without_blocks_there_is_no_frame_wise_prior(blocks: int) -> None:
    model = GlowTts(replace(PLAIN, frames=replace(FRAMES, blocks=blocks)), 30, 1)
    assert (model.frames is None) == (blocks == 0)
