"""A running library, for tests that use it in a browser."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

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


@contextmanager
def accounts(
    folder: Path,
    password: str,
    *commands: Sequence[str],
    others: Sequence[str] = (),
    **settings: str,
) -> Iterator[Library]:
    """Run a library with accounts and one admin.

    Args:
        folder: Empty.
        password: Of the admins.
        commands: Beside the API, `["worker"]` for instance.
        others: Names of more admins than 할망.
        settings: More of the environment.
    """
    (folder / "password").write_text(password, encoding="utf-8")
    port, log = free_port(), folder / "log"
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KOSORONG_", "DJANGO_"))}
    environ = kept | {
        "KOSORONG_DATA": str(folder / "data"),
        "KOSORONG_SINGLE_USER": "0",
        "KOSORONG_SECRET_KEY": secrets.token_urlsafe(40),
        "KOSORONG_PAGE": str(WEB / "dist"),
        "PYTHONWARNINGS": "ignore",
        "PYTHONUNBUFFERED": "1",
        **settings,
    }
    kosorong = [sys.executable, "-m", "kosorong"]
    for name in ("할망", *others):
        create = ["admin", "create", name, "--password-file", str(folder / "password")]
        subprocess.run([*kosorong, *create], env=environ, check=True, capture_output=True)
    found = Library(f"http://127.0.0.1:{port}", folder / "data", log)
    with log.open("w") as file:
        running = [
            subprocess.Popen([*kosorong, *words], env=environ, stdout=file, stderr=file)
            for words in (["api", "--port", str(port)], *commands)
        ]
    try:
        found.wait(lambda: found.ask("/api/health/"))
        yield found
    finally:
        for process in running:
            process.kill()
            process.wait()


def look(page: Page) -> None:
    """Let axe look at the page, colours too; nothing is wider than the screen."""
    page.wait_for_load_state("networkidle")
    page.evaluate((WEB / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run()).violations")
    told = [f"{v['id']}: {[n['html'] for n in v['nodes']]}" for v in found]
    assert told == [], f"{page.url} {json.dumps(told, ensure_ascii=False, indent=1)}"
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url


def shot(page: Page, name: str) -> None:
    """Keep a picture where somebody wants to look at it."""
    folder = os.environ.get("KOSORONG_SHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
