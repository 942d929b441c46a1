"""The real `kosorong api`: starts, answers, stops."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KOSORONG_", "DJANGO_"))}
    kept["KOSORONG_STARTER"] = "0"
    words = [sys.executable, "-W", "ignore", "-m", "kosorong", "api", "--port", str(port)]
    process = subprocess.Popen([*words, "--data", str(tmp_path)], env=kept)
    try:
        end = time.monotonic() + 60
        while time.monotonic() < end and process.poll() is None:
            with socket.socket() as probe:
                if not probe.connect_ex(("127.0.0.1", port)):
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.wait()


def ask(address: str, data: bytes | None = None, **headers: str) -> tuple[int, Any]:
    sent = {"Content-Type": "application/json", **headers}
    request = urllib.request.Request(address, data=data, headers=sent)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())


@pytest.mark.slow
def test_the_api_answers_on_a_fresh_machine(address: str) -> None:
    assert ask(f"{address}/api/health/")[1]["status"] == "ok"
    body = json.dumps({"title": "겨울", "text": "눈이 왔다."}).encode()
    status, book = ask(f"{address}/api/books/", body)
    assert (status, book["status"]) == (201, "queued")
    assert ask(f"{address}/api/books/")[1]["count"] == 1
    status, told = ask(f"{address}/api/books/", body, Origin="http://evil.example")
    assert (status, set(told)) == (403, {"message", "extra"})
    status, told = ask(f"{address}/api/books/", b"", **{"Content-Length": str(300 << 20)})
    assert (status, set(told)) == (413, {"message", "extra"})
    status, told = ask(f"{address}/api/health/", None, **{"X-Long": "a" * 300_000})
    assert (status, set(told)) == (431, {"message", "extra"})
