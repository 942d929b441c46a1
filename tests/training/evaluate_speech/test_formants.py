"""Formants are found where a throat of known resonances has them, and as Praat finds them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.signal import lfilter

from kosorong.speech.voice import Engine
from kosorong.training.evaluate_speech.formants import burg, formants_at
from kosorong.training.evaluate_speech.vowels import VowelPlace, VowelReport, evaluate_vowels
from kosorong.training.toy import make_toy_voice

RATE = 22_050


def vowel(pitch: float, *resonances: float) -> np.ndarray:
    """Half a second of pulses through resonances 80 Hz wide."""
    sound = np.zeros(RATE // 2)
    sound[:: round(RATE / pitch)] = 1.0
    sound = lfilter([1.0], [1.0, -0.97], sound)
    for hertz in resonances:
        radius = np.exp(-np.pi * 80.0 / RATE)
        sound = lfilter(
            [1.0], [1.0, -2 * radius * np.cos(2 * np.pi * hertz / RATE), radius**2], sound
        )
    return (sound / np.abs(sound).max()).astype(np.float32)


@pytest.mark.parametrize(
    ("resonances", "ceiling"),
    [
        ((350.0, 750.0, 2500.0, 3400.0, 4300.0), 5000.0),
        ((750.0, 1250.0, 2600.0, 3500.0, 4400.0), 5000.0),
        ((550.0, 900.0, 2700.0, 3700.0, 4700.0), 5500.0),
    ],
)
def test_known_resonances_are_found(resonances: tuple[float, ...], ceiling: float) -> None:
    sound = vowel(110.0, *resonances)
    found = np.median(formants_at(sound, RATE, np.linspace(0.2, 0.3, 9), ceiling), axis=0)
    np.testing.assert_allclose(found, resonances[:3], rtol=0.05)


def test_it_agrees_with_praat() -> None:
    parselmouth = pytest.importorskip("parselmouth")
    sound = vowel(140.0, 480.0, 1020.0, 2500.0, 3500.0, 4400.0)
    times = np.linspace(0.2, 0.3, 9)
    tracks = parselmouth.Sound(sound.astype(float), RATE).to_formant_burg(
        time_step=0.001, max_number_of_formants=5, maximum_formant=5000.0, window_length=0.025
    )
    praat = [[tracks.get_value_at_time(n, t) for n in (1, 2, 3)] for t in times]
    np.testing.assert_allclose(formants_at(sound, RATE, times, 5000.0), praat, rtol=0.02)


def test_silence_has_no_formant() -> None:
    assert np.isnan(formants_at(np.zeros(RATE, np.float32), RATE, np.array([0.5]), 5000.0)).all()
    assert burg(np.zeros(50), 2).tolist() == [1.0, 0.0, 0.0]


def place(*f1f2: tuple[float, float]) -> VowelPlace:
    hertz = np.array([[f1, f2, 2500.0] for f1, f2 in f1f2])
    return VowelPlace("ᄆᆞᆯ", "ᄆᆞᆯ", hertz, (0.05, 0.05, 0.05))


def test_a_vowel_is_between_only_where_both_formants_keep_their_distance() -> None:
    low, high = (350.0, 800.0), (750.0, 1300.0)
    assert place(low, (500.0, 1000.0), high).between
    assert not place(low, (360.0, 1000.0), high).between
    assert not place(low, (500.0, 1290.0), high).between
    assert not place(low, (500.0, 1000.0), (400.0, 1300.0)).measurable
    report = VowelReport(
        "x", "ᆞ", (place(low, low, high), place(low, (500, 1000), high), place(low, low, low))
    )
    assert report.share == 0.5
    assert "50.0 % of 2 measurable places, at 1 of all 3 said" in report.text()


def test_the_command_measures_every_voice_of_a_bundle(tmp_path: Path) -> None:
    bundle = make_toy_voice(tmp_path / "toy").path
    reports = evaluate_vowels(bundle, words=("ᄆᆞᆯ",), glided=("ᄋᆢᆯ",))
    names = [speaker.name for speaker in Engine.open(bundle).settings.speakers]
    assert [(r.voice, r.vowel) for r in reports] == [(n, v) for n in names for v in "ᆞᆢ"]
    assert all(len(report.places) == 2 for report in reports)


def test_words_with_two_mixed_vowels_are_left_out(tmp_path: Path) -> None:
    bundle = make_toy_voice(tmp_path / "voice").path
    reports = evaluate_vowels(bundle, words=("ᄑᆞᆯᄃᆞ지", "ᄆᆞᆯ"), glided=("ᄋᆢᄃᆞᆸ",))
    assert {place.word for report in reports for place in report.places} == {"ᄆᆞᆯ"}


def test_a_voice_without_a_measurable_place_is_told_so() -> None:
    nothing = VowelPlace("ᄆᆞᆯ", "이거 ᄆᆞᆯ 이우다.", np.full((3, 3), np.nan), (0.1, 0.1, 0.1))
    report = VowelReport("one", "ᆞ", (nothing,) * 2)
    assert report.text() == "one, ᆞ: nothing to be measured at 2 places"
    assert (report.share, report.own) == (0.0, 0)
