"""Texts that nobody recorded: odd segments are found, even ones are not."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from kosorong.config import MEL
from kosorong.errors import CorpusError
from kosorong.training.evaluate_speech.speakers import Talker
from kosorong.training.evaluate_speech.texts import evaluate_texts
from kosorong.training.recogniser.data import sounds

LINES = [f"돌담 {n}번째 위에 새가 앉아서 울었다." for n in range(20)]


class Humming(Talker):
    """Hums 80 ms a sound, falling; `spoilt` changes what it makes of a line."""

    def __init__(
        self,
        spoilt: Callable[[str, NDArray[np.float32]], NDArray[np.float32]] = lambda text, audio: (
            audio
        ),
    ) -> None:
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
        (lambda audio: audio * 0, "nothing sounds"),
    ],
)
def test_an_odd_segment_is_named_with_what_is_odd(
    story: Path, spoilt: Callable[[NDArray[np.float32]], NDArray[np.float32]], told: str
) -> None:
    talker = Humming(lambda text, audio: spoilt(audio) if " 7번째" in text else audio)
    report = evaluate_texts(talker, "one", [story], language="ko")
    assert {where for where, _ in report.odd} == {"story.txt:8"}
    assert any(told in what for _, what in report.odd)


def test_texts_without_words_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("…\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="nothing in these texts sounds"):
        evaluate_texts(Humming(), "one", [tmp_path / "empty.txt"])


def test_a_pause_is_no_slowness(story: Path) -> None:
    def pausing(text: str, audio: np.ndarray) -> np.ndarray:
        still = np.zeros(MEL.sample_rate, np.float32)
        half = len(audio) // 2
        parted = np.concatenate([audio[:half], still, audio[half:]])
        return parted if " 7번째" in text else audio

    report = evaluate_texts(Humming(pausing), "one", [story], language="ko")
    assert not [what for _, what in report.odd if "ms a sound" in what]


def test_short_segments_are_compared_with_short_ones(tmp_path: Path) -> None:
    """Drawing out the last sounds makes every short segment slow, none of them odd."""

    def drawn_out(text: str, audio: np.ndarray) -> np.ndarray:
        return np.interp(
            np.arange(len(audio) + int(0.4 * MEL.sample_rate)),
            np.linspace(0, len(audio) + int(0.4 * MEL.sample_rate), len(audio)),
            audio,
        ).astype(np.float32)

    story = "새가 돌담 위에 앉아서 오래 울다가 바다 건너 먼 섬으로 날아갔다"
    words = story.split(" ")
    lines = [" ".join(words[: 1 + n % len(words)]) + "." for n in range(3 * len(words))]
    path = tmp_path / "lengths.txt"
    path.write_text("\n\n".join(lines), encoding="utf-8")
    report = evaluate_texts(Humming(drawn_out), "one", [path], language="ko")
    paces = [s.pace for s in report.spoken if s.sounds >= 6]
    assert max(paces) > 1.3 * min(paces)
    assert report.odd == ()
