"""Audio of a mel without a vocoder."""

import numpy as np
import torch

from kosorong.audio.mel import log_mel
from kosorong.config import MEL
from kosorong.training.common.griffin_lim import griffin_lim


def voice() -> np.ndarray:
    times = np.arange(MEL.hop_length * 60) / MEL.sample_rate
    glide = 2 * np.pi * np.cumsum(np.linspace(120, 180, len(times))) / MEL.sample_rate
    return (0.1 * sum(np.sin(k * glide) / k for k in range(1, 12))).astype(np.float32)


def test_the_audio_has_the_spectrum_that_was_asked_for() -> None:
    mel = log_mel(voice())
    made = griffin_lim(torch.from_numpy(mel)).numpy()
    assert len(made) == 59 * MEL.hop_length
    back = log_mel(made)
    loud = mel[:, 3:56] > mel.max() - 5
    assert np.abs(back[:, 3:56] - 0.5 * (mel[:, 3:56] + mel[:, 4:57]))[loud].mean() < 0.35


def test_the_same_mel_is_the_same_audio_and_more_steps_come_nearer() -> None:
    mel = torch.from_numpy(log_mel(voice()))
    assert torch.equal(griffin_lim(mel, steps=3), griffin_lim(mel, steps=3))

    def apart(steps: int) -> float:
        back = log_mel(griffin_lim(mel, steps=steps).numpy())
        return float(np.abs(back[:, 3:56] - mel.numpy()[:, 3:56]).mean())

    assert apart(32) < apart(1)


def test_what_is_too_loud_is_clipped() -> None:
    assert griffin_lim(torch.full((80, 20), 6.0), steps=2).abs().max() <= 1.0
