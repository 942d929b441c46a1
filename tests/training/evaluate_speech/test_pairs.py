"""Jeju lines stand beside their Korean sides, said by the same voice."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from kosorong.errors import CorpusError, InputError
from kosorong.training.evaluate_speech.intervals import ErrorTally
from kosorong.training.evaluate_speech.pairs import (
    PairReport,
    SpokenPairs,
    evaluate_pairs,
    read_lines,
)
from kosorong.training.evaluate_speech.speakers import Talker
from kosorong.training.judges import HeardText, Judge
from kosorong.training.judges.judge import spoken_jamo

_PAIRS = "a-1\t말을 타고 왔다.\tᄆᆞᆯ을 탕 왓다.\n\na-2\t날이 참 좋다.\tᄂᆞᆯ이 ᄎᆞᆷ 좋다.\n"


class _Writer(Talker):
    """Its sound is the number of the text in a list."""

    name = "writer"

    def __init__(self) -> None:
        self.texts: list[str] = []

    def say(self, text: str, speaker: str, seed: int) -> np.ndarray:
        self.texts.append(text)
        return np.array([len(self.texts) - 1], np.float32)


class _Reader(Judge):
    """Writes down what was said as somebody who knows no ㆍ; one letter of Korean is lost."""

    name, recipe = "reader", "by number"

    def __init__(self, writer: _Writer) -> None:
        self._writer = writer

    def said(self, text: str) -> tuple[str, ...]:
        return spoken_jamo(text)

    def hear(self, audio: np.ndarray) -> HeardText:
        text = self._writer.texts[int(audio[0])]
        jamo = tuple("ㅗ" if one == "ㆍ" else one for one in spoken_jamo(text))
        return HeardText(text, jamo[1:] if "말을" in text else jamo)


def test_a_vowel_heard_as_its_neighbour_is_right(tmp_path: Path) -> None:
    (tmp_path / "pairs.tsv").write_text(_PAIRS, encoding="utf-8")
    writer = _Writer()
    report = evaluate_pairs(writer, ["one", "two"], tmp_path / "pairs.tsv", _Reader(writer))
    for voice in report.voices:
        assert [t.wrong for t in voice.korean] == [1, 0]
        assert [t.wrong for t in voice.jeju] == [0, 0]
    assert "two: 2 lines, Korean " in report.text()
    report.write(tmp_path / "out")
    plain = json.loads((tmp_path / "out" / "pairs.json").read_text(encoding="utf-8"))
    assert plain["voices"]["one"]["ratio"]["value"] == 0
    assert "Jeju ÷ Korean 0.00" in (tmp_path / "out" / "pairs.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("row", ["a\tb", "a\tb\t", "a\tb\tc\td"])
def test_a_line_without_three_columns_is_named(tmp_path: Path, row: str) -> None:
    (tmp_path / "pairs.tsv").write_text(f"x\ty\tz\n{row}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"pairs\.tsv:2: .* three filled columns"):
        read_lines(tmp_path / "pairs.tsv")


def test_files_without_pairs_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.tsv").write_text("\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="no pairs"):
        read_lines(tmp_path / "empty.tsv")
    with pytest.raises(InputError, match="cannot be read"):
        read_lines(tmp_path / "none.tsv")


def test_a_ratio_without_an_end_is_none_in_json(tmp_path: Path) -> None:
    voice = SpokenPairs("one", (ErrorTally(0, 9),) * 3, (ErrorTally(2, 9),) * 3)
    PairReport("made", "judge", (voice,)).write(tmp_path)
    text = (tmp_path / "pairs.json").read_text(encoding="utf-8")
    assert "Infinity" not in text
    assert json.loads(text)["voices"]["one"]["ratio"]["value"] is None
