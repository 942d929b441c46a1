"""Ends of sentences: the person's beside the voice's."""

import wave
from pathlib import Path

import numpy as np
import pytest

from kosorong.config import MEL
from kosorong.training.corpora.manifest import Utterance, write_manifest
from kosorong.training.corpora.packed import pack
from kosorong.training.evaluate_speech.melody import Ends, Melody, asks, draw_melody, melody
from kosorong.training.evaluate_speech.speakers import Talker

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
