"""scripts/elsewhere.py: what is tried away from make's own environment."""

from __future__ import annotations

import sys
from pathlib import Path

import elsewhere
import pytest


def test_each_word_has_its_trial() -> None:
    (lowest,) = elsewhere.trials("lowest")
    (wheel,) = elsewhere.trials("wheel")
    assert "pymysql==1.1.1" in lowest.versions
    assert any(line.startswith("pytest==") for line in lowest.versions)
    assert not any(line.startswith("torch==") for line in lowest.versions)
    assert set(elsewhere.API) <= set(lowest.tests)
    assert any(line.startswith("django==") for line in wheel.versions)


def test_what_is_tried_lies_there() -> None:
    for name in (*elsewhere.ENGINE, *elsewhere.API, *elsewhere._TREE):
        assert (elsewhere.ROOT / name).is_dir(), name


def test_a_python_that_is_not_there_is_told_and_passed_over(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(elsewhere, "interpreter", lambda version: "")
    assert list(elsewhere.trials("pythons")) == []
    assert "python3.12: skipped" in capsys.readouterr().out


def test_a_shim_that_runs_nothing_is_no_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shim = tmp_path / "python3.12"
    shim.write_text("#!/bin/sh\nexit 127\n", encoding="ascii")
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    assert elsewhere.interpreter("3.12") == ""
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    assert elsewhere.interpreter("3.12") == "python3.12"


def test_without_a_wheel_the_cure_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(elsewhere, "ROOT", tmp_path)
    monkeypatch.setattr(sys, "argv", ["elsewhere.py", "wheel"])
    assert elsewhere.main() == 1
    assert "make release" in capsys.readouterr().err
