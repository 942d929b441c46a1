"""The command `kosorong inference` where it cannot start; tests of the clients run it."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from kosorong.bundle import FOLDERS_VARIABLE
from kosorong.cli import main


def test_a_wrong_setting_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KOSORONG_INFERENCE_PORT", "eighty")
    assert main(["inference"]) == 2
    assert "KOSORONG_INFERENCE_PORT" in capsys.readouterr().err


def test_too_few_threads_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inference", "--threads", "2"]) == 2
    assert "--threads" in capsys.readouterr().err


def test_a_taken_port_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["inference", "--port", str(port)]) == 1
    assert f"127.0.0.1:{port}" in capsys.readouterr().err


def test_a_host_that_is_none_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inference", "--host", "no.such.invalid"]) == 1
    assert "no.such.invalid:8001" in capsys.readouterr().err


def test_a_missing_model_is_said_with_its_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("kosorong.bundle.bundle_folders", lambda: [tmp_path])
    assert main(["inference", "--port", "0"]) == 1
    assert FOLDERS_VARIABLE in capsys.readouterr().err
