"""`kosorong spell`: what is printed, and how it ends."""

from __future__ import annotations

import io
import json
import sys

import pytest

from kosorong.cli import main


def test_what_is_right_ends_with_0_and_what_is_wrong_with_1(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["spell", "ᄒᆞᆫ저 옵서"]) == 0
    assert capsys.readouterr().out == "1: right\n"
    assert main(["spell", "ᄒᆞᆫ저 먹었수다"]) == 1
    said = capsys.readouterr().out
    assert said.startswith("1: 먹었수다 wrong → 먹엇수다: 제18항 ")


def test_what_is_unsure_is_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["spell", "뷀로뭬기"]) == 0
    assert capsys.readouterr().out.startswith("1: 뷀로뭬기 unsure: ")


@pytest.mark.parametrize("words", [["spell", "-"], ["spell"]])
def test_standard_input_is_read_line_by_line(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "ᄒᆞᆫ저 옵서\r\n\n사름 있수다\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert main(words) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line[:3] for line in lines] == ["1: ", "2: ", "3: "]
    assert "있수다 wrong → 잇수다" in lines[2]


def test_json_is_one_object_with_every_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["spell", "--json", "ㅎ·ㄴ저 옵서"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["mended"] == "ᄒᆞᆫ저 옵서"
    assert [one["verdict"] for one in said["findings"]] == ["wrong", "right"]
