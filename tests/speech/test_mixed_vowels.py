"""Vowels that the model never learnt are mixed of what its encoder says of others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import speech_fixtures

from kosorong.speech.align import Aligner
from kosorong.speech.glow_tts import AcousticModel, readings_of
from kosorong.speech.voice import Engine, OnnxVoice
from kosorong.text.reading import read
from kosorong.text.sound.symbols import BLANK_ID, SYMBOLS, intersperse

float_voice_folder = speech_fixtures.float_voice_folder


def ids(text: str) -> tuple[int, ...]:
    return intersperse(read(text).symbols, BLANK_ID)


@pytest.fixture(scope="module")
def engine(float_voice_folder: Path) -> Engine:
    return Engine.open(float_voice_folder)


def test_arae_a_is_what_the_encoder_says_of_its_parts_in_their_shares(engine: Engine) -> None:
    shares = engine.settings.speakers[0].stand_ins[SYMBOLS.index("ᆞ")]
    assert len(shares) > 1
    mixed = engine.acoustic.encode(ids("ᄆᆞᆯ"), 0)
    parts = [engine.acoustic.encode(ids(word), 0) for word in ("몰", "멀", "말")]
    assert [SYMBOLS[one] for one, _ in shares] == ["ᅩ", "ᅥ", "ᅡ"]
    for output in ("means", "log_durations"):
        expected = sum(
            share * getattr(part, output) for (_, share), part in zip(shares, parts, strict=True)
        )
        np.testing.assert_allclose(getattr(mixed, output), expected, atol=1e-4)


@pytest.mark.parametrize(
    ("text", "others"), [("ᄆᆞᆯ", "몰말멀"), ("ᄋᆢ답", ("요답", "야답")), ("ᄆᆡ", ("모이", "마이"))]
)
def test_it_sounds_like_none_of_its_neighbours(
    engine: Engine, text: str, others: str | tuple[str, str]
) -> None:
    voice = OnnxVoice(engine)
    own = voice.speak(text)
    assert own.warnings == ()
    for other in others:
        length = min(len(own.samples), len(voice.speak(other).samples))
        assert np.abs(own.samples[:length] - voice.speak(other).samples[:length]).max() > 1e-3


def test_a_text_without_it_is_encoded_once(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[int] = []
    graph = engine.acoustic._encoder
    run = graph.run

    def counted(inputs: Any) -> Any:
        runs.append(1)
        return run(inputs)

    monkeypatch.setattr(graph, "run", counted)
    engine.acoustic.encode(ids("말을 ᄒᆞ난"), 0)
    assert len(runs) == 3
    runs.clear()
    engine.acoustic.encode(ids("말을 하난… 얘"), 0)
    assert len(runs) == 1


def test_a_voice_that_learnt_it_mixes_nothing(float_voice_folder: Path) -> None:
    learnt = AcousticModel(float_voice_folder, squeeze=2, stand_ins={0: {}})
    mixing = Engine.open(float_voice_folder).acoustic
    own, others = (model.encode(ids("ᄆᆞᆯ"), 0).means for model in (learnt, mixing))
    assert np.abs(own - others).max() > 1e-4


def test_between_two_mixed_vowels_the_shares_of_the_nearer_one_hold() -> None:
    stand_ins = {9: ((5, 0.25), (6, 0.75)), 8: ((4, 0.5), (3, 0.3), (2, 0.2)), 7: ((1, 1.0),)}
    readings, shares = readings_of((7, 9, 7, 7, 7, 8), stand_ins)
    assert readings == [(1, 5, 1, 1, 1, 4), (1, 6, 1, 1, 1, 3), (1, 6, 1, 1, 1, 2)]
    np.testing.assert_allclose(shares.sum(axis=0), 1.0)
    np.testing.assert_allclose(shares[:, :4], np.array([[0.25], [0.75], [0.0]]).repeat(4, 1))
    np.testing.assert_allclose(shares[:, 4:], np.array([[0.5], [0.3], [0.2]]).repeat(2, 1))


def test_recordings_are_aligned_with_the_vowel_that_is_said(engine: Engine) -> None:
    speech = OnnxVoice(engine).speak("ᄆᆞᆯ이 ᄃᆞᆯ아간다.")
    found = Aligner(engine).align(speech.samples, "ᄆᆞᆯ이 ᄃᆞᆯ아간다.", "toy").words
    assert [word.text for word in found] == ["ᄆᆞᆯ이", "ᄃᆞᆯ아간다."]
    assert 0.0 <= found[0].start < found[0].end <= found[1].end
