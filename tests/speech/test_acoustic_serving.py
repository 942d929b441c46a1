from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import speech_fixtures
import torch
from hypothesis import given
from hypothesis import strategies as st

from kosorong.config import MEL
from kosorong.speech.glow_tts import AcousticModel, whole_frames
from kosorong.training.glow_tts import model as training

float_voice_folder = speech_fixtures.float_voice_folder


SYMBOLS = (1, 2, 1, 12, 1, 33, 1, 53, 1, 4, 1, 20, 1, 30, 1, 3, 1)


@pytest.fixture(scope="module")
def acoustic(float_voice_folder: Path) -> AcousticModel:
    return AcousticModel(float_voice_folder, squeeze=2)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_whole_frames_equal_those_of_training(quarters: list[int]) -> None:
    # Quarters are exact in float32, halves to be rounded included.
    durations = np.array(quarters) / 4.0
    expected = training.whole_frames(torch.from_numpy(durations.astype(np.float32)))
    assert whole_frames(durations).tolist() == expected.tolist()


@given(st.lists(st.floats(1.0, 30.0), min_size=1, max_size=80))
def test_whole_frames_do_not_drift(durations: list[float]) -> None:
    frames = whole_frames(np.array(durations))
    assert frames.min() >= 1
    # Only where two ends meet on an even number does a symbol's one frame add to the sum.
    assert abs(frames.sum() - sum(durations)) <= 0.5 + np.sum(np.array(durations) < 1.5)


def test_durations_add_up_to_the_mel(acoustic: AcousticModel) -> None:
    made = acoustic.speak(SYMBOLS, 0)
    assert made.mel.shape == (made.durations.sum(), MEL.n_mels)
    assert len(made.durations) == len(SYMBOLS)
    assert made.durations.sum() % 2 == 0


def test_length_scale_stretches(acoustic: AcousticModel) -> None:
    short, long = (acoustic.speak(SYMBOLS, 0, length_scale=s).durations.sum() for s in (1, 3))
    assert long == pytest.approx(3 * short, rel=0.1)


def test_the_seed_decides_and_speakers_differ(acoustic: AcousticModel) -> None:
    first, again = (acoustic.speak(SYMBOLS, 0, seed=(7, 0)).mel for _ in range(2))
    np.testing.assert_array_equal(first, again)
    assert np.abs(first - acoustic.speak(SYMBOLS, 0, seed=(7, 1)).mel).max() > 1e-3
    still = acoustic.speak(SYMBOLS, 0, noise_scale=0.0, seed=1)
    np.testing.assert_array_equal(still.mel, acoustic.speak(SYMBOLS, 0, noise_scale=0.0).mel)
    other = acoustic.encode(SYMBOLS, 1).log_durations
    assert np.abs(other - acoustic.encode(SYMBOLS, 0).log_durations).max() > 1e-4


def test_mel_equals_the_training_model_without_noise(float_voice_folder: Path) -> None:
    from kosorong.training.toy import toy_acoustic

    made = AcousticModel(float_voice_folder, squeeze=2).speak(SYMBOLS, 1, noise_scale=0.0)
    mel, durations = toy_acoustic().model.speak(
        torch.tensor([SYMBOLS]), torch.tensor([1]), noise_scale=0.0
    )
    assert made.durations.tolist() == durations.tolist()
    np.testing.assert_allclose(made.mel, mel[0].numpy().T, atol=1e-4)
