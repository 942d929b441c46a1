"""`kosorong serve`: three real processes, one address, one clean stop."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from running import run_command

from kosorong.cli.serve import processes_of


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(address: str, data: object = None) -> dict[str, Any]:
    body = None if data is None else json.dumps(data).encode()
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def wait_for(what: Callable[[], Any], seconds: float, log: Path) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            found = what()
        except OSError:
            found = None
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"it did not happen in {seconds} s:\n{log.read_text()[-3000:]}")


@contextmanager
def serving(folder: Path, *python: str) -> Iterator[tuple[str, Path, subprocess.Popen[bytes]]]:
    """Run the service in a folder; yield its address, its log and the process."""
    port, log = free_port(), folder / "log"
    here = folder / "here"
    here.mkdir(exist_ok=True)
    environment = {"KOSORONG_INFERENCE_PORT": str(free_port()), "KOSORONG_STARTER": "0"}
    words = ["serve", "--port", str(port), "--data", str(folder / "data")]
    with log.open("w") as file:
        process = subprocess.Popen(
            [*python, *words], cwd=here, stderr=file, env={**os.environ, **environment}
        )
    try:
        yield f"http://127.0.0.1:{port}", log, process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(30)


@pytest.fixture
def service(bundles: Path, tmp_path: Path) -> Iterator[tuple[str, Path, subprocess.Popen[bytes]]]:
    with serving(tmp_path, sys.executable, "-m", "kosorong") as running:
        yield running


@pytest.mark.slow
def test_a_pasted_text_becomes_a_book_and_one_signal_stops_everything(
    service: tuple[str, Path, subprocess.Popen[bytes]],
) -> None:
    address, log, process = service
    wait_for(lambda: ask(f"{address}/api/health/"), 60, log)
    book = ask(f"{address}/api/books/", {"title": "바다", "text": "바다에 갑니다. 비가 옵니다."})
    url = f"{address}/api/books/{book['id']}/"
    done = wait_for(lambda: (b := ask(url))["status"] == "done" and b, 90, log)
    assert done["content"]
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert "ready: open" in log.read_text()


def test_a_taken_port_is_named(bundles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert run_command("serve", "--port", port) == 2
    assert f"port {port} is taken" in capsys.readouterr().err


# Modules of the standard library, of packages that are used, and our own.
NAMES = "html json django flask waitress sqlite3 logging numpy av kosorong_library sitecustomize"
COMMANDS = {
    "python -m": (sys.executable, "-m", "kosorong"),
    "kosorong": (str(Path(sys.executable).parent / "kosorong"),),
}


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_no_file_of_the_current_folder_is_run(bundles: Path, tmp_path: Path, command: str) -> None:
    here, run = tmp_path / "here", tmp_path / "run"
    here.mkdir()
    for name in NAMES.split():
        (here / f"{name}.py").write_text(f"open({str(run)!r}, 'a').write('{name} ')\n")
    with serving(tmp_path, *COMMANDS[command]) as (address, log, process):
        wait_for(lambda: process.poll() is not None or ask(f"{address}/api/health/"), 60, log)
        assert ask(f"{address}/api/health/")["status"] == "ok"
        # Every part has come up: the worker makes a book by what inference answers.
        book = ask(f"{address}/api/books/", {"title": "바다", "text": "바다에 갑니다."})
        url = f"{address}/api/books/{book['id']}/"
        wait_for(lambda: ask(url)["status"] == "done", 90, log)
    assert not run.exists(), run.read_text()


def test_every_part_is_started_without_the_current_folder() -> None:
    for part in processes_of("127.0.0.1", 8000, None):
        assert list(part.command[:4]) == [sys.executable, "-P", "-m", "kosorong"]


def test_the_parts_share_a_token_that_nobody_else_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "KOSORONG_INFERENCE_TOKEN"
    monkeypatch.delenv(name, raising=False)
    told = [part.environment[name] for part in processes_of("127.0.0.1", 8000, None)]
    assert len(set(told)) == 1
    assert len(told[0]) >= 40
    assert processes_of("127.0.0.1", 8000, None)[0].environment[name] != told[0]
    monkeypatch.setenv(name, "mine")
    assert all(name not in part.environment for part in processes_of("127.0.0.1", 8000, None))


def test_reading_goes_on_where_making_cannot_be_kept_alive() -> None:
    vital = [part.name for part in processes_of("127.0.0.1", 8000, None) if part.vital]
    assert vital == ["api"]
