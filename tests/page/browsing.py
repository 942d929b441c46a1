"""A running library, for tests that use it in a browser."""

from __future__ import annotations

import json
import shutil
import socket
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WEB = Path(__file__).resolve().parents[2] / "web"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


@dataclass(frozen=True, slots=True)
class Library:
    """A running `kosorong serve`.

    Attributes:
        address: Of the page.
        data: Its folder.
        log: What the processes said.
    """

    address: str
    data: Path
    log: Path

    def ask(self, path: str, data: object = None, method: str | None = None) -> Any:
        """Ask the API; None for an answer without content."""
        body = None if data is None else json.dumps(data).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self.address + path, body, headers, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            told = answer.read()
        return json.loads(told) if told else None

    def wait(self, what: Callable[[], Any], seconds: float = 60) -> Any:
        """Return the first thing that `what` finds."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                found = what()
            except OSError:
                found = None
            if found:
                return found
            time.sleep(0.1)
        raise AssertionError(f"not within {seconds} s:\n{self.log.read_text()[-3000:]}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
