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
    assert prior(hidden, alignment, mask, speaker).abs().max() == 0
    torch.nn.init.normal_(prior.mean.weight, 0.0, 0.1)
    gained = prior(hidden, alignment, mask, speaker)
    assert gained.shape == (1, 80, 10)
    assert (gained[0, :, 1] - gained[0, :, 4]).abs().max() > 1e-3


def test_padding_changes_nothing_of_an_item() -> None:
    torch.manual_seed(0)
    prior = FramePrior(FRAMES, 16, 80, 2, 4).eval()
    torch.nn.init.normal_(prior.mean.weight, 0.0, 0.1)
    hidden, speaker = torch.randn(2, 16, 2), torch.randn(2, 4)
    alignment = torch.zeros(2, 2, 12)
    alignment[0], alignment[1, :, :8] = alignment_of(6, 6)[0], alignment_of(3, 5)[0]
    mask = lengths_mask(torch.tensor([12, 8]))
    together = prior(hidden, alignment, mask, speaker)[1, :, :8]
    alone = prior(hidden[1:], alignment[1:, :, :8], mask[1:, :, :8], speaker[1:])[0]
    torch.testing.assert_close(together, alone)


def test_the_search_goes_by_the_symbols_means_and_their_error_moves_them_alone() -> None:
    torch.manual_seed(0)
    model = GlowTts(replace(PLAIN, frames=FRAMES), n_symbols=30, n_speakers=2)
    assert model.frames is not None
    torch.nn.init.normal_(model.frames.mean.weight, 0.0, 0.1)
    symbols, lengths = torch.tensor([[3, 4, 5]]), torch.tensor([3])
    result = model.likelihood(
        symbols, lengths, torch.randn(1, 80, 24), torch.tensor([24]), torch.tensor([0])
    )
    result.symbols_missed.backward()
    assert model.encoder.mean.weight.grad is not None
    assert all(p.grad is None or not p.grad.any() for p in model.decoder.parameters())
    assert all(p.grad is None for p in model.frames.parameters())


def test_speaking_in_given_durations_says_what_the_training_measured() -> None:
    torch.manual_seed(0)
    model = GlowTts(replace(PLAIN, frames=FRAMES), n_symbols=30, n_speakers=2).eval()
    assert model.frames is not None
    torch.nn.init.normal_(model.frames.mean.weight, 0.0, 0.1)
    symbols, speaker = torch.tensor([[3, 4, 5]]), torch.tensor([1])
    lengths = torch.tensor([24])
    result = model.likelihood(symbols, torch.tensor([3]), torch.randn(1, 80, 24), lengths, speaker)
    trained = model.backwards(result, lengths, 0.0)
    spoken, _ = model.speak(
        symbols, speaker, noise_scale=0.0, durations=result.alignment[0].sum(1).long()
    )
    torch.testing.assert_close(spoken, trained, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("blocks", [0, 2])
def test_without_blocks_there_is_no_frame_wise_prior(blocks: int) -> None:
    model = GlowTts(replace(PLAIN, frames=replace(FRAMES, blocks=blocks)), 30, 1)
    assert (model.frames is None) == (blocks == 0)
