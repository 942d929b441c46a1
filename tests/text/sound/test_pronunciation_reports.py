"""The scripts that compare our reading with what others wrote."""

import runpy
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[3] / "scripts"


def said(
    name: str,
    arguments: list[object],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> str:
    monkeypatch.setattr(sys, "argv", [name, *map(str, arguments)])
    runpy.run_path(str(SCRIPTS / name), run_name="__main__")
    return capsys.readouterr().out


def test_transcriptions_of_one_sound_are_one_phoneme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ["x\t사람\ts aː ɾ a m", "x\t바다\tp a̠ d o", "x\tㅅ\ts"]
    (tmp_path / "rows.tsv").write_text("\n".join(rows), encoding="utf-8")
    text = said("wikipron_report.py", [tmp_path / "rows.tsv", "--show"], monkeypatch, capsys)
    assert "as transcribed       0/2" in text
    assert "folded               1/2" in text
    assert "phone error rate 11.1 % of 9" in text
    assert "   1  ours a    theirs o\n        바다: p a t a | p a t o" in text


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [("abc", "abc", []), ("abc", "ac", [("b", "")]), ("ac", "abd", [("", "b"), ("c", "d")])],
)
def test_differences_are_the_fewest_edits_in_order(
    ours: str, theirs: str, expected: list[tuple[str, str]]
) -> None:
    script = runpy.run_path(str(SCRIPTS / "wikipron_report.py"))
    assert script["differences"](ours, theirs) == expected


def test_words_that_meet_are_counted_and_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "toy.txt").write_text("밥 먹고 '색연필' 산다\n바다가 밥 주다\n", encoding="utf-8")
    text = said("meeting_report.py", [tmp_path / "toy.txt", "--sample", 9], monkeypatch, capsys)
    assert text.splitlines() == [
        "7 words; 2 pairs meet; 1 words with ㄴ inserted",
        "    밥 먹고 → 밤 먹꼬",
        "    밥 주다 → 밥 쭈다",
        "    색연필 → 생년필",
    ]


def test_pronunciation_is_counted_with_and_without_exceptions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "g2p_toy.tsv").write_text("손등\t손뜽\n국밥\t국빱\n", encoding="utf-8")
    text = said("textnorm_report.py", ["--data", tmp_path], monkeypatch, capsys)
    whole, alone = text.split("without the list of exceptions\n")
    assert "2/2     100.0 %" in whole
    assert "1/2      50.0 %" in alone
    assert "1: 손등 → 손뜽, by rules 손등" in alone
