"""Pauses by one table, segments of one level, and a tone of the bundle's own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import speech_fixtures

from kosorong.config import MEL, PAUSES
from kosorong.speech.evenness import LEVEL, Paced, even, gain_of, paced, powers
from kosorong.speech.voice import Engine, OnnxVoice
from kosorong.text.sound.symbols import BLANK_ID, encode, intersperse

float_voice_folder = speech_fixtures.float_voice_folder

SILENCE, SPEECH = -9.5, -3.0


def spoken(words: list[str], gap: int) -> tuple[np.ndarray, tuple[int, ...], np.ndarray]:
    """A mel whose words are loud, with `gap` quiet frames for all symbols between them."""
    encoded = encode(words)
    symbols = intersperse(encoded.symbols, BLANK_ID)
    sounds = [word >= 0 for word in encoded.words]
    durations, rows = [], []
    for at in range(len(symbols)):
        loud = at % 2 == 1 and sounds[at // 2]
        frames = 4 if loud else gap
        durations.append(frames)
        rows += [[SPEECH if loud else SILENCE] * MEL.n_mels] * frames
    return np.array(rows, np.float32), symbols, np.array(durations)


def lengths(made: Paced) -> tuple[np.ndarray, np.ndarray]:
    return made.mel, made.durations


def quiet_stretches(mel: np.ndarray) -> list[int]:
    quiet = (mel.max(axis=1) < SPEECH - 1).astype(int)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], quiet, [0]])))
    return (edges[1::2] - edges[::2]).tolist()


@pytest.mark.parametrize("gap", [1, 5, 30])
@pytest.mark.parametrize(("mark", "seconds"), [(",", PAUSES.comma), (".", PAUSES.stop), ("?", 0.6)])
@pytest.mark.parametrize("speed", [1.0, 2.0])
def test_a_pause_at_a_mark_is_as_long_as_the_table_says(
    gap: int, mark: str, seconds: float, speed: float
) -> None:
    mel, symbols, durations = spoken([f"가{mark}", "나"], gap)
    made, frames = lengths(paced(mel, symbols, durations, speed))
    assert len(made) == frames.sum()
    assert frames.min() >= 1
    wanted = round(seconds / speed * MEL.frames_per_second)
    # Between the words stand the blank behind the vowel, the mark, the boundary and their blanks.
    assert abs(max(quiet_stretches(made)[2:-2]) - wanted) <= 1


def test_pauses_without_a_mark_and_those_at_the_ends_stay() -> None:
    mel, symbols, durations = spoken(["…가", "나다."], 6)
    made, frames = lengths(paced(mel, symbols, durations, 1.0))
    np.testing.assert_array_equal(made, mel)
    np.testing.assert_array_equal(frames, durations)


def test_several_pauses_of_one_segment_are_all_made_even() -> None:
    mel, symbols, durations = spoken(["가,", "나.", "다!", "라"], 3)
    made, frames = lengths(paced(mel, symbols, durations, 1.0))
    assert len(made) == frames.sum()
    stretches = sorted(quiet_stretches(made))[-3:]
    wanted = [round(s * MEL.frames_per_second) for s in (0.3, 0.6, 0.6)]
    assert np.abs(np.array(stretches) - wanted).max() <= 1


@pytest.mark.parametrize("speed", [0.5, 1.0, 4.0])
def test_a_voice_that_speaks_on_through_a_mark_is_not_cut(speed: float) -> None:
    mel, symbols, durations = spoken(["가,", "나.", "다"], 3)
    mel[:] = SPEECH
    made = paced(mel, symbols, durations, speed)
    np.testing.assert_array_equal(made.mel, mel)
    np.testing.assert_array_equal(made.durations, durations)
    assert (made.through, made.softened) == (2, 0)


@pytest.mark.parametrize("speed", [0.5, 1.0, 4.0])
def test_a_voice_that_grows_soft_at_a_mark_falls_silent_and_comes_back_by_slopes(
    speed: float,
) -> None:
    mel, symbols, durations = spoken(["가,", "나"], 3)
    # 26 dB below the words: no pause, and no middle of a vowel either.
    mel[mel[:, 0] == SILENCE] = SPEECH - 3.0
    made = paced(mel, symbols, durations, speed)
    assert (made.through, made.softened) == (0, 1)
    assert len(made.mel) == made.durations.sum() > len(mel)
    assert made.mel.min() <= SILENCE
    steps = np.abs(np.diff(made.mel[:, 0]))
    slope = min(4, (len(made.mel) - len(mel)) // 2)
    assert steps.max() <= max(3.0, (SPEECH + 10.0) / slope) + 0.01


def test_frames_are_counted_right_whatever_is_quiet_around_two_marks() -> None:
    draw = np.random.default_rng(5)
    for _ in range(200):
        mel, symbols, durations = spoken(["가,", "나.", "다!", "라"], int(draw.integers(1, 9)))
        # Whole words may be as quiet as pauses.
        levels = draw.choice([SPEECH, SPEECH - 3.0, SILENCE], len(durations))
        mel = np.repeat(levels[:, None], MEL.n_mels, axis=1).repeat(durations, axis=0)
        mel[:3] = SPEECH
        made = paced(mel.astype(np.float32), symbols, durations, float(draw.choice([0.5, 1, 4])))
        assert len(made.mel) == made.durations.sum()
        assert made.durations.min() >= 1


def test_evening_is_pauses_then_tone_then_level() -> None:
    mel, symbols, durations = spoken(["가,", "나"], 3)
    tone = np.linspace(-0.5, 0.5, MEL.n_mels)
    made = even(mel, symbols, durations, tone=tuple(tone), speed=2.0)
    pauses = paced(mel, symbols, durations, 2.0)
    np.testing.assert_allclose(made.mel, pauses.mel + tone.astype(np.float32), atol=1e-6)
    assert made.gain == np.float32(gain_of(made.mel))


def test_a_voice_of_another_tone_has_another_fingerprint(float_voice_folder: Path) -> None:
    engine = Engine.open(float_voice_folder)
    plain = OnnxVoice(engine)
    toned = OnnxVoice(engine, about=replace(plain.speaker, tone=(0.1,) * MEL.n_mels))
    assert plain.fingerprint != toned.fingerprint
    assert OnnxVoice(engine, about=plain.speaker).fingerprint == plain.fingerprint


def test_the_gain_undoes_how_loud_the_model_was() -> None:
    mel = np.random.default_rng(1).normal(-5.0, 1.0, (80, MEL.n_mels)).astype(np.float32)
    level = 10 * np.log10(np.mean(10 ** (powers(mel) / 10)))
    for louder in (-6.0, 0.0, 6.0):
        shifted = mel + np.float32((LEVEL - level + louder) / 20 * np.log(10))
        assert 20 * np.log10(gain_of(shifted)) == pytest.approx(-louder, abs=0.01)


def test_the_power_of_a_mel_is_that_of_its_sound() -> None:
    from kosorong.audio.mel import log_mel

    noise = np.random.default_rng(2).normal(0.0, 0.1, MEL.sample_rate).astype(np.float32)
    found = 10 * np.log10(np.mean(10 ** (powers(log_mel(noise).T) / 10)))
    # Noise has power above the mel's highest channel, too.
    share = 10 * np.log10(2 * MEL.f_max / MEL.sample_rate)
    assert found == pytest.approx(-20.0 + share, abs=1.5)


def test_a_tone_raises_what_it_names(float_voice_folder: Path) -> None:
    engine = Engine.open(float_voice_folder)
    plain = OnnxVoice(engine)
    tone = tuple(1.0 if 30 <= channel < 50 else 0.0 for channel in range(MEL.n_mels))
    raised = OnnxVoice(engine, about=replace(plain.speaker, tone=tone))
    first, second = (list(v.stream("가나다.")) for v in (plain, raised))
    assert [part.length for part in first] == [part.length for part in second]
    assert not np.array_equal(first[0].samples, second[0].samples)
    flat = OnnxVoice(engine, about=replace(plain.speaker, tone=(0.0,) * MEL.n_mels))
    np.testing.assert_array_equal(flat.speak("가").samples, plain.speak("가").samples)
    assert replace(raised.speaker, tone=()) == plain.speaker
