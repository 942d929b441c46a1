"""The mel definition: frozen, and the same in numpy and torch."""

import numpy as np
import pytest

from kosorong.audio.mel import (
    definition_hash,
    filterbank,
    hz_to_mel,
    log_mel,
    magnitudes,
    mel_to_hz,
    window,
)
from kosorong.config import MEL


def tone(hz: float, seconds: float = 0.5) -> np.ndarray:
    time = np.arange(int(seconds * MEL.sample_rate)) / MEL.sample_rate
    return (0.5 * np.sin(2 * np.pi * hz * time)).astype(np.float32)


def test_the_definition_is_frozen() -> None:
    assert definition_hash() == "fc0e4818ddec6ebd"


def test_mel_scale_and_its_inverse_agree() -> None:
    hz = np.linspace(0, 8000, 50)
    np.testing.assert_allclose(mel_to_hz(hz_to_mel(hz)), hz, atol=1e-8)


def test_every_filter_has_unit_area_over_frequency() -> None:
    hz_per_bin = MEL.sample_rate / MEL.n_fft
    areas = filterbank()[40:].sum(1) * hz_per_bin
    np.testing.assert_allclose(areas, 1.0, atol=0.05)


def test_a_tone_is_loudest_in_the_filter_around_its_frequency() -> None:
    mel = log_mel(tone(1000.0)).mean(1)
    first, last = hz_to_mel(np.array([0.0, 8000.0])).tolist()
    centres = mel_to_hz(np.linspace(first, last, MEL.n_mels + 2))[1:-1]
    assert abs(centres[mel.argmax()] - 1000.0) < 40


def test_magnitude_of_a_tone_is_half_its_amplitude_times_the_window() -> None:
    exact = 46 * MEL.sample_rate / MEL.n_fft
    peak = magnitudes(tone(exact))[46, 10]
    assert peak == pytest.approx(0.25 * window().sum(), rel=1e-3)


@pytest.mark.parametrize(("samples", "frames"), [(0, 0), (255, 0), (256, 1), (2560, 10)])
def test_frames_are_whole_hops(samples: int, frames: int) -> None:
    assert log_mel(np.zeros(samples, np.float32)).shape == (80, frames)


def test_silence_is_the_floor() -> None:
    np.testing.assert_allclose(log_mel(np.zeros(2560, np.float32)), np.log(1e-5), rtol=1e-6)


def test_torch_and_numpy_agree() -> None:
    torch = pytest.importorskip("torch")
    from kosorong.training.common.spectral import log_mel as torch_log_mel

    audio = np.random.default_rng(0).normal(0, 0.1, 256 * 40).astype(np.float32)
    made = torch_log_mel(torch.from_numpy(audio)[None])[0].numpy()
    np.testing.assert_allclose(made, log_mel(audio), atol=2e-4)
