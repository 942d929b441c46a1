"""Texts and sounds through pipes, and how much a command says."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace

import pytest

import toy_serving
from kosorong import __version__
from kosorong.audio.wav import decode_audio
from kosorong.bundle import FOLDERS_VARIABLE
from kosorong.cli import main
from kosorong.cli.notes import Notes

toy_bundles_folder = toy_serving.toy_bundles_folder


@pytest.fixture(autouse=True)
def _bundles(toy_bundles_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(FOLDERS_VARIABLE, str(toy_bundles_folder))
    monkeypatch.chdir(tmp_path)


def piped(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))


@pytest.mark.parametrize("words", [["translate", "-"], ["translate"]])
def test_a_dash_is_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    piped(monkeypatch, "어서\n어서\n")
    assert main(words) == 0
    assert capsys.readouterr().out == "ᄒᆞᆫ저\nᄒᆞᆫ저\n"


@pytest.mark.parametrize("command", ["pronounce", "segments"])
def test_other_commands_take_it_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    piped(monkeypatch, "어서 간다.\n")
    assert main([command, "-"]) == 0
    assert "어서" in capsys.readouterr().out


def test_a_book_comes_through_a_pipe(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    piped(monkeypatch, "눈이 왔다.\n")
    assert main(["book", "-", "-o", "out", "--format", "vtt", "--no-translate"]) == 0
    assert list((tmp_path / "out").glob("*vtt/*.vtt"))


@pytest.mark.parametrize("form", ["wav", "mp3", "flac", "opus"])
def test_a_sound_goes_to_standard_output(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], form: str
) -> None:
    piped(monkeypatch, "어서 있습니다.\n")
    assert main(["speak", "-", "--translate", "-o", "-", "--format", form]) == 0
    said = capfdbinary.readouterr()
    assert len(decode_audio(said.out)[0]) > 1000
    assert "ᄒᆞᆫ저" in said.err.decode()


def test_quiet_says_nothing_but_errors(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pronounce", "바당 🐚"]) == 0
    assert "🐚" in capsys.readouterr().err
    for words in (["--quiet", "pronounce", "바당 🐚"], ["pronounce", "-q", "바당 🐚"]):
        assert main(words) == 0
        assert capsys.readouterr().err == ""
    assert main(["-q", "speak", "🐚", "-o", "a.wav"]) == 1
    assert "Hangul" in capsys.readouterr().err


def test_what_comes_again_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    notes = Notes()
    notes.say("unsure (0.85).", "other")
    notes.say("unsure (0.31).", "unsure (0.20).")
    notes.close()
    lines = capsys.readouterr().err.splitlines()
    assert lines[:2] == ["kosorong: unsure (0.85).", "kosorong: other"]
    assert len(lines) == 3
    assert lines[2].startswith("kosorong: 3 times in all: unsure")


def test_a_terminal_without_hangul_is_told_what_helps(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    assert main(["pronounce", "바당"]) == 1
    assert "PYTHONUTF8=1" in capsys.readouterr().err


def test_capital_v_tells_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["-V"])
    assert capsys.readouterr().out == f"kosorong {__version__}\n"
