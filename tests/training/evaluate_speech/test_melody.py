"""Ends of sentences: the person's beside the voice's."""

import wave
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kosorong.config import MEL
from kosorong.speech.melody import quantile
from kosorong.training.corpora.manifest import Utterance, write_manifest
from kosorong.training.corpora.packed import pack
from kosorong.training.evaluate_speech import melodies
from kosorong.training.evaluate_speech.melody import (
    QUESTIONS,
    Ends,
    Melody,
    asks,
    draw_melody,
    melody,
    melody_of_questions,
    melody_table,
)
from kosorong.training.evaluate_speech.speakers import Talker
from kosorong.training.toy import make_toy_voice

RATE = MEL.sample_rate


def glide(end: float) -> np.ndarray:
    """A second of 150 Hz that moves to `end` times that."""
    hertz = 150 * np.linspace(1.0, end, RATE)
    return (0.3 * np.sin(2 * np.pi * np.cumsum(hertz) / RATE)).astype(np.float32)


class Falling(Talker):
    """Falls at the end of everything."""

    def __init__(self) -> None:
        self.said: list[str] = []

    @property
    def name(self) -> str:
        return "falling"

    def say(self, text: str, speaker: str, seed: int) -> np.ndarray:
        self.said.append(text)
        return glide(0.7)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    rows = []
    texts = ("비가 와요.", "바람도 불어요.", "어디 가요?", "“집에 가요?”")
    for n, text in enumerate([*texts, "남의 말이에요."]):
        with wave.open(str(tmp_path / f"{n}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(
                (glide(1.3 if n in (1, 2, 3) else 0.7) * 32767).astype("<i2").tobytes()
            )
        speaker = "one" if n < 4 else "two"
        rows.append(Utterance(f"u{n}", speaker, "train", 1.0, f"{n}.wav", text))
    write_manifest(tmp_path, rows)
    return tmp_path


def test_questions_and_statements_of_one_speaker_are_counted_twice(corpus: Path) -> None:
    talker = Falling()
    found = melody(talker, pack(corpus), "one")
    assert (found.recorded.falling, found.recorded.rising) == (0.5, 1.0)
    assert (found.synthetic.falling, found.synthetic.rising) == (1.0, 0.0)
    assert len(talker.said) == 4
    assert found.recorded.questions[0] == pytest.approx(12 * np.log2(1.3), rel=0.25)


def test_at_most_so_many_of_each_kind_are_measured(corpus: Path) -> None:
    found = melody(Falling(), pack(corpus), "one", most=1)
    assert (len(found.recorded.statements), len(found.synthetic.questions)) == (1, 1)


def test_nothing_voiced_is_no_share() -> None:
    ends = Ends.of([(True, float("nan"))])
    assert (ends.falling, ends.rising) == (None, None)


def test_closing_quotes_do_not_hide_a_question() -> None:
    assert asks("(“뭐라고?”)")
    assert not asks("왜? 몰라.")


def test_slopes_are_drawn_also_where_one_kind_is_missing(tmp_path: Path) -> None:
    ends = Ends((-10.0, -80.0, 3.0), ())
    draw_melody(tmp_path / "new" / "melody.png", Melody(ends, ends))
    assert (tmp_path / "new" / "melody.png").stat().st_size > 1_000


def test_there_are_sixty_questions_in_the_jeju_ending_and_none_is_written_twice() -> None:
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(set(lines)) >= 60
    assert all(line.endswith("과?") for line in lines)


def test_the_table_says_both_shares_and_the_questions_of_jeju(corpus: Path) -> None:
    talker = Falling()
    jeju = melody_of_questions(talker, "one", seeds=1)
    assert jeju.rising == 0.0
    table = melody_table({"one": (melody(talker, pack(corpus), "one"), jeju)})
    assert "statements that fall" in table
    assert "100.0 % of 2" in table
    assert "0.0 % of 64" in table


def answers(gain: float, constant: float, spread: float) -> Callable[..., Any]:
    """A voice that follows what it is asked for in part, with noise of its own."""

    def said(_: object, __: object, asked: Mapping[str, np.ndarray], texts: list[str]) -> object:
        (quantiles,) = asked.values()
        draw = np.random.default_rng(0)
        wanted = [quantile(tuple(quantiles), draw.random()) for _ in texts]
        return gain * np.array(wanted) + constant + spread * draw.standard_normal(len(texts))

    return said


@pytest.mark.parametrize(
    ("gain", "constant", "spread"), [(1.0, 0.0, 0.0), (0.6, -8.0, 6.0), (0.6, 4.0, 3.0)]
)
def test_what_is_asked_makes_as_many_sentences_fall_as_the_persons(
    monkeypatch: pytest.MonkeyPatch, gain: float, constant: float, spread: float
) -> None:
    said = answers(gain, constant, spread)
    monkeypatch.setattr(melodies, "_said", said)
    person = np.random.default_rng(1).normal(-12.0, 12.0, 200)
    texts = ["가요."] * 180
    asked = melodies._asked(None, None, "statement", person, texts)
    assert len(asked) == melodies.QUANTILES
    assert (np.diff(asked) >= 0).all()
    falling = (said(None, None, {"statement": asked}, ["가요."] * 2000) < 0).mean()
    assert falling == pytest.approx((person < 0).mean(), abs=0.06)


def test_a_voice_that_is_told_of_melody_gets_one_and_another_none(
    tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(melodies, "_FEWEST", 1)
    monkeypatch.setattr(melodies, "_ROUNDS", 1)
    told = make_toy_voice(tmp_path / "told", frames=True).path
    found = melodies.melodies(told, pack(corpus))
    assert set(found) == {"toy", "toy2"}
    assert set(found["toy"]) == {"statement", "question", "suggestion"}
    assert melodies.melodies(make_toy_voice(tmp_path / "plain").path, pack(corpus)) == {}


def test_whoever_asked_little_asks_as_all_do_and_proposes_as_they_tell(corpus: Path) -> None:
    packed = pack(corpus)
    moods: list[Any] = ["statement"] * 4 + ["question"]
    slopes = np.array([-4.0, -3.0, -2.0, -1.0, 9.0], np.float32)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(melodies, "_FEWEST", 1)
        found = melodies._persons(packed, "one", slopes, moods)
    assert found["question"].tolist() == [9.0]  # that of "two"
    assert found["suggestion"].tolist() == found["statement"].tolist() == [-4.0, -3.0, -2.0, -1.0]
