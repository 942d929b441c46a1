from __future__ import annotations

import numpy as np
import pytest

from kosorong.training.common.pitch import end_slope, track
from kosorong.training.evaluate_speech.distances import straight
from kosorong.training.evaluate_speech.pitch import pitch_error

RATE = 22_050


def _tone(hertz: float, seconds: float = 0.5, harmonics: int = 6) -> np.ndarray:
    times = np.arange(int(seconds * RATE)) / RATE
    tones = [np.sin(2 * np.pi * hertz * k * times + k) / k for k in range(1, harmonics + 1)]
    return (0.3 * np.sum(tones, axis=0)).astype(np.float32)


@pytest.mark.parametrize("hertz", [80.0, 123.4, 210.0, 333.3, 450.0])
def test_a_tone_of_known_frequency_is_found_within_3_cents(hertz: float) -> None:
    found = track(_tone(hertz))[4:-6]
    assert (found > 0).all()
    assert np.abs(1200 * np.log2(found / hertz)).max() < 3


def test_a_missing_fundamental_is_found() -> None:
    audio = _tone(150) - _tone(150, harmonics=1)
    assert np.median(track(audio)[4:-6]) == pytest.approx(150, rel=0.01)


def test_a_glide_is_followed() -> None:
    hertz = np.linspace(120, 240, RATE)
    audio = np.sin(2 * np.pi * np.cumsum(hertz) / RATE).astype(np.float32)
    found = track(audio)
    centres = (np.arange(len(found)) + 0.5) * 256
    expected = np.interp(centres, np.arange(RATE), hertz)
    # Each frame compares a window with later ones, so its estimate leans by half a period.
    assert np.abs(found / expected - 1)[4:-6].max() < 0.02


def test_silence_and_noise_are_unvoiced() -> None:
    noise = 0.1 * np.random.default_rng(0).standard_normal(RATE).astype(np.float32)
    assert (track(np.zeros(RATE, np.float32)) == 0).all()
    assert (track(noise) > 0).mean() < 0.02


def test_a_faint_tone_beside_a_loud_one_is_unvoiced() -> None:
    audio = np.concatenate([_tone(200), 0.001 * _tone(200)])
    assert (track(audio)[-30:] == 0).all()


def test_there_is_one_value_for_each_mel_frame() -> None:
    assert len(track(np.zeros(256 * 7 + 255, np.float32))) == 7
    assert len(track(np.zeros(100, np.float32))) == 0


def test_equal_tracks_have_no_error() -> None:
    pitch = np.array([0.0, 100.0, 120.0, 0.0])
    error = pitch_error(pitch, pitch, straight(4))
    assert (error.hertz, error.cents, error.gross, error.voicing) == (0, 0, 0, 0)


def test_errors_are_counted_by_hand() -> None:
    first = np.array([100.0, 200.0, 0.0, 150.0, 0.0])
    second = np.array([100.0, 100.0, 0.0, 0.0, 90.0])
    error = pitch_error(first, second, straight(5))
    assert error.hertz == pytest.approx(np.sqrt(100**2 / 2))
    assert error.cents == pytest.approx(np.sqrt(1200**2 / 2))
    assert error.gross == 0.5
    assert error.voicing == pytest.approx(2 / 5)


def test_nothing_voiced_in_both_gives_no_pitch_error() -> None:
    error = pitch_error(np.array([100.0, 0.0]), np.array([0.0, 100.0]), straight(2))
    assert np.isnan(error.hertz)
    assert error.voicing == 1.0


@pytest.mark.parametrize("semitones", [-6.0, 3.0])
def test_the_slope_at_the_end_is_that_of_the_last_voice(semitones: float) -> None:
    frames = np.arange(200)
    pitch = 150 * 2 ** (semitones * frames / 86.13 / 12)
    pitch[:100] = 400  # long before the end
    pitch[180:] = 0  # breath after it
    assert end_slope(pitch) == pytest.approx(semitones, rel=0.01)


def test_an_octave_error_does_not_turn_the_slope() -> None:
    pitch = 150 * 2 ** (-6.0 * np.arange(52) / 86.13 / 12)
    pitch[40:45] *= 2
    assert end_slope(pitch) < -3


def test_an_unvoiced_end_has_no_slope() -> None:
    assert np.isnan(end_slope(np.zeros(50)))
    assert np.isnan(end_slope(np.array([0.0, 150.0, 140.0, 0.0])))
