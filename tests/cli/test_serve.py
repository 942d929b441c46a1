"""`kosorong serve`: three real processes, one address, one clean stop."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from running import run_command


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(address: str, data: object = None) -> dict:
    body = None if data is None else json.dumps(data).encode()
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def wait_for(what, seconds: float, log: Path):
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


@pytest.fixture
def service(bundles, tmp_path: Path):
    port, log = free_port(), tmp_path / "log"
    command = [sys.executable, "-m", "kosorong", "serve", "--port", str(port)]
    with log.open("w") as file:
        process = subprocess.Popen(
            [*command, "--data", str(tmp_path / "data")],
            stderr=file,
            env={
                **os.environ,
                "KOSORONG_INFERENCE_PORT": str(free_port()),
                "KOSORONG_STARTER": "0",
            },
        )
    yield f"http://127.0.0.1:{port}", log, process
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        process.wait(30)


@pytest.mark.slow
def test_a_pasted_text_becomes_a_book_and_one_signal_stops_everything(service) -> None:
    address, log, process = service
    wait_for(lambda: ask(f"{address}/api/health/"), 60, log)
    book = ask(f"{address}/api/books/", {"title": "바다", "text": "바다에 갑니다. 비가 옵니다."})
    url = f"{address}/api/books/{book['id']}/"
    done = wait_for(lambda: (b := ask(url))["status"] == "done" and b, 90, log)
    assert done["content"]
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert "ready: open" in log.read_text()


def test_a_taken_port_is_named(bundles, capsys) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert run_command("serve", "--port", port) == 2
    assert f"port {port} is taken" in capsys.readouterr().err
