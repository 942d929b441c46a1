"""Texts that nobody recorded: odd segments are found, even ones are not."""

from pathlib import Path

import numpy as np
import pytest

from kosorong.config import MEL
from kosorong.errors import CorpusError
from kosorong.training.evaluate_speech.speakers import Talker
from kosorong.training.evaluate_speech.texts import evaluate_texts
from kosorong.training.recogniser.data import sounds

LINES = [f"돌담 {n}번째 위에 새가 앉아서 울었다." for n in range(20)]


class Humming(Talker):
    """Hums 80 ms a sound, falling; `spoilt` changes what it makes of a line."""

    def __init__(self, spoilt=lambda text, audio: audio) -> None:
        self._spoilt = spoilt

    @property
    def name(self) -> str:
        return "humming"

    def say(self, text: str, speaker: str, seed: int) -> np.ndarray:
        n = int(0.08 * len(sounds(text)) * MEL.sample_rate)
        end = 1.3 if "?" in text else 0.8
        phase = 2 * np.pi * np.cumsum(np.linspace(180, 180 * end, n)) / MEL.sample_rate
        audio = 0.2 * np.sin(phase) + 0.1 * np.sin(2 * phase)
        fade = np.minimum(1, np.minimum(np.arange(n), np.arange(n)[::-1]) / 3000)
        return self._spoilt(text, (audio * fade).astype(np.float32))


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text("\n\n".join([*LINES, "새가 왜 울었을까?"]), encoding="utf-8")
    return path


def test_even_speech_has_nothing_odd_and_its_melody_is_told(story: Path) -> None:
    report = evaluate_texts(Humming(), "one", [story], language="ko")
    assert report.odd == ()
    assert len(report.spoken) == len(LINES) + 1
    assert [s.rise > 0 for s in report.spoken] == [s.question for s in report.spoken]
    assert report.spoken[0].pace == pytest.approx(0.08, rel=0.01)
    assert "falls in 20, rises in 0" in report.text()


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        (lambda audio: np.tile(audio, 3), "ms a sound"),
        (lambda audio: audio * 0.05, "level"),
        (lambda audio: np.clip(audio * 9, -1, 1), "clipped"),
        (lambda audio: audio[4000:], "an edge"),
    ],
)
def test_an_odd_segment_is_named_with_what_is_odd(story: Path, spoilt, told: str) -> None:
    talker = Humming(lambda text, audio: spoilt(audio) if " 7번째" in text else audio)
    report = evaluate_texts(talker, "one", [story], language="ko")
    assert {where for where, _ in report.odd} == {"story.txt:8"}
    assert any(told in what for _, what in report.odd)


def test_texts_without_words_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("…\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="nothing in these texts sounds"):
        evaluate_texts(Humming(), "one", [tmp_path / "empty.txt"])
