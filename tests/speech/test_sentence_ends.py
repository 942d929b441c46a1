"""How a voice is told that a sentence rises or falls."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kosorong.speech.glow_tts import AcousticModel
from kosorong.speech.melody import ENDS, drawn, ends, sentences
from kosorong.speech.voice import Engine, OnnxVoice
from kosorong.text.reading import read
from kosorong.text.symbols import BLANK_ID, NO_WORD, intersperse
from kosorong.training.toy import make_toy_voice

MELODY = {"statement": (-30.0, -20.0, -10.0), "question": (5.0, 10.0)}


def test_only_the_last_syllables_of_a_sentence_are_told() -> None:
    symbols = read("바당이 ᄇᆞᆰ고 하늘이 높다. 어디 감수과?").symbols
    told = ends(symbols, [-20.0, 40.0])
    first, last = sentences(symbols)
    assert told.shape == (len(symbols), ENDS)
    assert told[first - 1].tolist() == [-4.0, 4.0]
    assert told[last - 1].tolist() == [8.0, 4.0]
    assert not told[:6].any()
    assert (np.diff(told[:first, 1]) >= 0).all()


def test_what_is_not_known_is_told_as_nothing_and_the_last_sentences_are_known_first() -> None:
    symbols = read("비가 온다. 어디 감수과?").symbols
    first, _ = sentences(symbols)
    assert not ends(symbols, [float("nan"), float("nan")]).any()
    assert not ends(symbols, [10.0])[:first].any()
    assert ends(symbols, [10.0])[first:].any()


def test_blanks_and_marks_are_told_what_their_sound_is() -> None:
    symbols = read("가자.").symbols
    with_blanks = intersperse(symbols, BLANK_ID)
    told = dict(zip(range(len(with_blanks)), ends(with_blanks, [20.0]), strict=True))
    plain = ends(symbols, [20.0])
    np.testing.assert_array_equal(np.stack([told[2 * n + 1] for n in range(len(symbols))]), plain)


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


def test_a_bundle_whose_prior_is_told_of_melody_says_the_end_otherwise(tmp_path: Path) -> None:
    folder = make_toy_voice(tmp_path / "voice", storage="float32", frames=True).path
    model = AcousticModel(folder, squeeze=2)
    symbols = read("바당이 ᄇᆞᆰ고 하늘이 높다.").symbols
    rising, falling = (model.speak(symbols, 0, slopes=[slope]).mel for slope in (40.0, -40.0))
    assert np.abs(rising - falling)[-20:].max() > 1e-3
    assert np.abs(rising - falling)[:20].max() == 0.0


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
