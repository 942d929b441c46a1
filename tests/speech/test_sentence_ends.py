"""How a voice is told that a sentence rises or falls."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kosorong.config import MEL
from kosorong.speech.glow_tts import AcousticModel
from kosorong.speech.melody import END_SECONDS, SEMITONES, bent, drawn, sentences
from kosorong.speech.voice import Engine, OnnxVoice
from kosorong.text.reading import read
from kosorong.text.sound.symbols import BLANK_ID, NO_WORD, SYMBOLS, intersperse
from kosorong.training.common.pitch import end_slope
from kosorong.training.toy import make_toy_voice

SOUNDS = {n for n, symbol in enumerate(SYMBOLS) if symbol not in "_*^$ ,.?!…"}
MELODY = {"statement": (-30.0, -20.0, -10.0), "question": (5.0, 10.0)}


def said(text: str) -> tuple[tuple[int, ...], np.ndarray]:
    """Symbols with blanks, and three frames for each."""
    symbols = intersperse(read(text).symbols, BLANK_ID)
    return symbols, np.full(len(symbols), 3)


def slope_of(pitch: np.ndarray, frames: np.ndarray, stop: int) -> float:
    """Semitones a second over the last 0.6 s before the symbol `stop`, as of recordings."""
    contour = 100.0 * 2 ** (np.repeat(pitch[:stop], frames[:stop]) * SEMITONES / 12)
    return end_slope(contour)


@pytest.mark.parametrize("slope", [-25.0, 0.0, 30.0])
def test_the_end_of_a_sentence_is_bent_to_the_slope_that_is_asked(slope: float) -> None:
    symbols, frames = said("바당이 ᄇᆞᆰ고 하늘이 높다.")
    pitch = np.random.default_rng(0).normal(0.0, 0.3, len(symbols)).astype(np.float32)
    made = bent(pitch, symbols, frames, [slope])
    last = max(at for at, symbol in enumerate(symbols) if symbol in SOUNDS)
    assert slope_of(made, frames, last + 1) == pytest.approx(slope, abs=8.0)
    early = np.cumsum(frames) < frames[: last + 1].sum() - END_SECONDS * MEL.frames_per_second
    np.testing.assert_array_equal(made[early], pitch[early])


def test_each_sentence_has_its_own_end_and_what_is_not_asked_stays() -> None:
    symbols, frames = said("비가 하영 왐저. 어디 감수과?")
    pitch = np.zeros(len(symbols), np.float32)
    first, _ = sentences(symbols)
    made = bent(pitch, symbols, frames, [-20.0, 30.0])
    assert made[first - 2] < -1.0 < 0.0 < made[-2]
    assert not bent(pitch, symbols, frames, [30.0])[:first].any()
    assert not bent(pitch, symbols, frames, [float("nan")] * 2).any()
    assert not bent(pitch, symbols, frames, []).any()


def test_a_last_sound_that_is_longer_than_the_end_is_bent_too() -> None:
    symbols = read("가.").symbols
    frames = np.array([5, 10, 700, 20, 5])[: len(symbols)]
    made = bent(np.zeros(len(symbols), np.float32), symbols, frames, [10.0])
    assert np.isfinite(made).all()


def test_no_end_is_bent_beyond_what_a_throat_can() -> None:
    symbols, frames = said("가자.")
    made = bent(np.zeros(len(symbols), np.float32), symbols, frames, [-500.0])
    assert -14.0 <= made.min() * SEMITONES < 0.0


def test_slopes_are_drawn_by_mood_and_seed_and_vary_as_the_quantiles_do() -> None:
    reading = read("비가 온다. 어디 감수과?")
    many = [
        drawn(reading.symbols, reading.words, reading.moods, MELODY, (seed, 0))
        for seed in range(400)
    ]
    assert many[0] == drawn(reading.symbols, reading.words, reading.moods, MELODY, (0, 0))
    statements, questions = np.array(many).T
    assert statements.min() >= -30.0
    assert statements.max() <= -10.0
    assert np.median(statements) == pytest.approx(-20.0, abs=1.5)
    assert questions.min() >= 5.0


def test_a_sentence_that_goes_on_elsewhere_has_no_end() -> None:
    reading = read("비가 온다,")
    (slope,) = drawn(reading.symbols, reading.words, reading.moods, MELODY, (1, 0))
    assert np.isnan(slope)


def test_a_piece_without_its_sentences_last_word_has_no_end() -> None:
    reading = read("비가 많이 온다.")
    cut = next(at for at, word in enumerate(reading.words) if word == 2)
    (slope,) = drawn(reading.symbols[:cut], reading.words[:cut], reading.moods, MELODY, (1, 0))
    assert np.isnan(slope)
    assert reading.words[0] == NO_WORD


def test_a_bundle_whose_prior_is_told_the_pitch_says_the_end_otherwise(tmp_path: Path) -> None:
    folder = make_toy_voice(tmp_path / "voice", storage="float32", frames=True).path
    model = AcousticModel(folder, squeeze=2)
    symbols = read("바당이 ᄇᆞᆰ고 하늘이 높다.").symbols
    rising, falling = (model.speak(symbols, 0, slopes=[slope]).mel for slope in (40.0, -40.0))
    assert np.abs(rising - falling)[-20:].max() > 1e-3
    assert np.abs(rising - falling)[:20].max() == 0.0
    assert model.has_melody


def test_a_bundle_that_knows_nothing_of_melody_speaks_as_before(tmp_path: Path) -> None:
    model = AcousticModel(make_toy_voice(tmp_path / "voice").path, squeeze=2)
    symbols = read("가자.").symbols
    np.testing.assert_array_equal(
        model.speak(symbols, 0, slopes=[40.0]).mel, model.speak(symbols, 0).mel
    )


def test_a_voice_with_a_melody_ends_the_same_text_in_more_than_one_way(tmp_path: Path) -> None:
    engine = Engine.open(make_toy_voice(tmp_path / "voice", storage="float32", frames=True).path)
    plain = OnnxVoice(engine)
    told = OnnxVoice(engine, about=replace(plain.speaker, melody=MELODY))
    said = [voice.speak("바당이 ᄇᆞᆰ다.", seed=1).samples for voice in (plain, told)]
    assert len(said[0]) == len(said[1])
    assert np.abs(said[0] - said[1]).max() > 1e-4
