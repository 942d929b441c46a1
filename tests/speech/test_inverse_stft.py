from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import speech_fixtures
import torch

from kosorong.audio.mel import window
from kosorong.config import MEL
from kosorong.speech.vocoder import FIRST_WINDOW, OverlapAdd, Vocoder
from kosorong.training.vocoder.model import inverse_stft

float_voice_folder = speech_fixtures.float_voice_folder


def _spectrum(frames: int) -> np.ndarray:
    draw = np.random.default_rng(frames)
    shape = (frames, MEL.n_fft // 2 + 1)
    return (draw.normal(size=shape) + 1j * draw.normal(size=shape)).astype(np.complex64)


def _inverse(spectrum: np.ndarray, *cuts: int) -> np.ndarray:
    """Feed frames cut at some places; return all samples."""
    adder = OverlapAdd(len(spectrum))
    return np.concatenate([*(adder.add(part) for part in np.split(spectrum, cuts)), adder.rest()])


@pytest.mark.parametrize("frames", [1, 2, 3, 4, 5, 50])
def test_numpy_transform_equals_the_training_one(frames: int) -> None:
    spectrum = _spectrum(frames)
    expected = inverse_stft(torch.from_numpy(spectrum.T[None]), torch.from_numpy(window()))
    np.testing.assert_allclose(_inverse(spectrum), expected[0].numpy(), atol=2e-6)


def test_fed_in_stretches_it_gives_the_same_to_the_bit() -> None:
    spectrum = _spectrum(23)
    for cuts in ((9, 10), (1,), (1, 2, 3), tuple(range(23))):
        np.testing.assert_array_equal(_inverse(spectrum, *cuts), _inverse(spectrum))


def test_a_recording_survives_its_transform_and_back() -> None:
    draw = np.random.default_rng(0)
    audio = draw.uniform(-1, 1, 20 * MEL.hop_length).astype(np.float32)
    side = (MEL.n_fft - MEL.hop_length) // 2
    padded = np.pad(audio, side)
    frames = np.lib.stride_tricks.sliding_window_view(padded, MEL.n_fft)[:: MEL.hop_length]
    made = _inverse(np.fft.rfft(frames * window(), axis=1).astype(np.complex64))
    np.testing.assert_allclose(made, audio, atol=1e-5)


@pytest.mark.parametrize("window_frames", [1, 7, 33, 100])
def test_a_long_mel_in_windows_sounds_like_the_whole(
    float_voice_folder: Path, window_frames: int
) -> None:
    vocoder = Vocoder(float_voice_folder, context=9)
    mel = np.random.default_rng(1).normal(-4, 2, (80, MEL.n_mels)).astype(np.float32)
    whole, parts = vocoder.audio(mel, 1000), vocoder.audio(mel, window_frames)
    assert len(parts) == 80 * MEL.hop_length
    np.testing.assert_allclose(parts, whole, atol=2e-6)


def test_too_little_context_would_be_heard(float_voice_folder: Path) -> None:
    mel = np.random.default_rng(1).normal(-4, 2, (80, MEL.n_mels)).astype(np.float32)
    whole = Vocoder(float_voice_folder, context=9).audio(mel)
    parts = Vocoder(float_voice_folder, context=8).audio(mel, 33)
    assert np.abs(parts - whole).max() > 1e-5


@pytest.mark.parametrize("first_window", [1, 10, 40])
@pytest.mark.parametrize("place", [(0, None), (0, 5), (255, 257), (3_000, 12_345), (20_000, None)])
def test_samples_from_within_are_those_of_the_whole(
    float_voice_folder: Path, first_window: int, place: tuple[int, int | None]
) -> None:
    vocoder = Vocoder(float_voice_folder, context=9)
    mel = np.random.default_rng(1).normal(-4, 2, (80, MEL.n_mels)).astype(np.float32)
    begin, end = place
    parts = list(vocoder.stream(mel, begin, end, first_window=first_window))
    assert all(len(part) for part in parts)
    np.testing.assert_allclose(np.concatenate(parts), vocoder.audio(mel)[begin:end], atol=2e-6)


def test_the_first_stretch_comes_before_the_rest_is_made(float_voice_folder: Path) -> None:
    vocoder = Vocoder(float_voice_folder, context=9)
    mel = np.random.default_rng(1).normal(-4, 2, (900, MEL.n_mels)).astype(np.float32)
    lengths = [len(part) for part in vocoder.stream(mel)]
    assert FIRST_WINDOW - 3 <= lengths[0] / MEL.hop_length <= FIRST_WINDOW
    assert len(lengths) == 3
    assert sum(lengths) == 900 * MEL.hop_length
