"""The vocoder: ISTFT, losses, discriminators, a few steps that learn."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from kosorong.config import MEL
from kosorong.training.common.spectral import log_mel, stft
from kosorong.training.corpora.packed import PackedCorpus
from kosorong.training.vocoder.discriminators import (
    DiscriminatorConfig,
    period_discriminators,
    resolution_discriminators,
)
from kosorong.training.vocoder.losses import (
    LossConfig,
    discriminator_loss,
    feature_loss,
    generator_loss,
    reconstruction_loss,
    stft_distance,
)
from kosorong.training.vocoder.model import Vocos, VocosConfig, inverse_stft

SMALL = VocosConfig(channels=16, blocks=2)


def tones(batch: int = 2, samples: int = 256 * 40) -> torch.Tensor:
    time = torch.arange(samples) / MEL.sample_rate
    noise = torch.randn(samples, generator=torch.Generator().manual_seed(0)) * 0.01
    rows = [torch.sin(2 * torch.pi * (200 + 150 * i) * time) * 0.3 for i in range(batch)]
    return torch.stack(rows) + noise


def test_inverse_stft_undoes_stft() -> None:
    torch.manual_seed(0)
    audio = torch.randn(2, 256 * 20) * 0.1
    made = inverse_stft(stft(audio, MEL.n_fft, MEL.hop_length), torch.hann_window(MEL.n_fft))
    assert made.shape == audio.shape
    torch.testing.assert_close(made[:, 384:-384], audio[:, 384:-384], atol=1e-5, rtol=1e-4)


def test_audio_is_as_long_as_the_mel_says() -> None:
    assert Vocos(SMALL)(torch.zeros(2, 80, 7)).shape == (2, 7 * 256)


def test_frames_far_away_do_not_matter() -> None:
    """Receptive field: embedding and each block see three frames to a side."""
    torch.manual_seed(0)
    vocos = Vocos(SMALL).eval()
    mel = torch.randn(1, 80, 40)
    other = mel.clone()
    other[:, :, 30:] = 0
    real, _ = vocos.spectrum(mel)
    changed, _ = vocos.spectrum(other)
    seen = 3 * (SMALL.blocks + 1)
    torch.testing.assert_close(real[:, :, : 30 - seen], changed[:, :, : 30 - seen])


def test_losses_of_a_perfect_copy_are_zero_and_grow_with_the_error() -> None:
    audio = tones()
    total, parts = reconstruction_loss(audio, audio, LossConfig())
    assert total.item() == pytest.approx(0.0, abs=1e-3)
    near = stft_distance(audio + 0.001 * torch.randn_like(audio), audio)
    far = stft_distance(audio + 0.1 * torch.randn_like(audio), audio)
    assert 0 < near.item() < far.item()
    assert set(parts) == {"mel", "stft", "phase"}


def test_phase_loss_ignores_a_constant_phase_but_not_a_wrong_frequency() -> None:
    config = LossConfig(mel=0.0, stft=0.0, phase=1.0)
    audio = tones(1)
    inverted = reconstruction_loss(-audio, audio, config)[1]["phase"]
    time = torch.arange(audio.shape[1]) / MEL.sample_rate
    detuned = torch.sin(2 * torch.pi * 260 * time)[None] * 0.3
    wrong = reconstruction_loss(detuned, audio, config)[1]["phase"]
    assert inverted == pytest.approx(0.0, abs=1e-4)
    assert wrong > 0.02


def test_hinge_losses() -> None:
    real, fake = [torch.tensor([[2.0]])], [torch.tensor([[-2.0]])]
    assert float(discriminator_loss(real, fake)) == 0.0
    assert float(discriminator_loss(fake, real)) == 6.0
    assert float(generator_loss(fake)) == 3.0
    assert float(feature_loss(real, fake)) == 4.0


@pytest.mark.parametrize("build", [period_discriminators, resolution_discriminators])
def test_discriminators_learn_to_tell_noise_from_tones(
    build: Callable[[DiscriminatorConfig], Any],
) -> None:
    torch.manual_seed(0)
    config = DiscriminatorConfig(width=4, largest=16, periods=(2, 3), resolutions=(512,))
    judges = build(config)
    optimizer = torch.optim.Adam(judges.parameters(), 1e-2)
    audio = tones()
    for _ in range(15):
        real, maps = judges(audio)
        fake, _ = judges(torch.randn_like(audio) * 0.2)
        loss = discriminator_loss(real, fake)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert loss.item() < 1.5
    assert len(maps) == len(judges.members) * 5


def test_a_few_steps_bring_the_mel_nearer() -> None:
    torch.manual_seed(0)
    vocos, audio = Vocos(SMALL), tones(1, 256 * 20)
    optimizer = torch.optim.AdamW(vocos.parameters(), 1e-2)
    mel = log_mel(audio)
    first = None
    for _ in range(40):
        loss, parts = reconstruction_loss(vocos(mel), audio, LossConfig())
        first = first or parts["mel"]
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert parts["mel"] < 0.5 * first


def test_batches_follow_from_the_step_alone(tiny_corpus: PackedCorpus) -> None:
    from kosorong.training.vocoder.experiment import VocoderExperiment, VocoderRecipe

    recipe = VocoderRecipe(model=SMALL, batch_size=3, segment_frames=16)
    experiment = VocoderExperiment(recipe, tiny_corpus)
    fifth, _ = experiment.batch(5)
    experiment.batch(6)
    np.testing.assert_array_equal(experiment.batch(5)[0].numpy(), fifth.numpy())
    assert fifth.shape == (3, 16 * 256)
    assert not torch.equal(experiment.batch(6)[0], fifth)


def test_the_adversarial_stage_teaches_both_sides(tiny_corpus: PackedCorpus) -> None:
    from kosorong.training.vocoder.experiment import VocoderExperiment, VocoderRecipe

    recipe = VocoderRecipe(
        model=SMALL,
        batch_size=3,
        adversarial_batch_size=2,
        segment_frames=16,
        adversarial_from=2,
        discriminators=DiscriminatorConfig(width=4, largest=8, periods=(2,), resolutions=(512,)),
    )
    experiment = VocoderExperiment(recipe, tiny_corpus)
    assert "judge_periods" not in experiment.train_step(1)
    assert (len(experiment.batch(1)[0]), len(experiment.batch(2)[0])) == (3, 2)
    before = [p.detach().clone() for p in experiment.periods.parameters()]
    figures = experiment.train_step(2)
    assert {"judge_periods", "judge_resolutions", "fool_periods"} <= set(figures)
    after = list(experiment.periods.parameters())
    assert any(not torch.equal(a, b) for a, b in zip(before, after, strict=True))
    assert set(experiment.validate(2)) == {"stft", "mel"}


def test_sample_audio_is_a_copy_and_once_the_recording(tiny_corpus: PackedCorpus) -> None:
    from kosorong.training.vocoder.experiment import VocoderExperiment, VocoderRecipe

    experiment = VocoderExperiment(VocoderRecipe(model=SMALL), tiny_corpus)
    first, later = experiment.sounds(1_000), experiment.sounds(2_000)
    assert set(first) == {"copy", "recorded"}
    assert set(later) == {"copy"}
    assert first["copy"].shape == first["recorded"].shape
    assert 0 < np.abs(first["copy"]).max() <= 1
