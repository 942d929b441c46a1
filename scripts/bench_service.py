"""Measure the whole service with the bundles that are installed; `scripts/bench.py` calls this.

`memory` counts proportional set sizes (PSS) of `kosorong serve` and all its processes. `one_core`
pins them and the client to one core and asks while a book is being made. `listening` presses the
button in a headless Chromium and waits for the first sound.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Service:
    """A running `kosorong serve`.

    Attributes:
        process: Its supervisor.
        port: Of the page.
    """

    process: subprocess.Popen[bytes]
    port: int

    def ask(self, path: str, data: object = None) -> tuple[int, bytes]:
        """Ask on a connection of its own, as a stranger would; return status and answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        body = None if data is None else json.dumps(data)
        method = "GET" if data is None else "POST"
        try:
            connection.request(method, path, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def told(self, path: str, data: object = None) -> Any:
        """Return what the API says."""
        return json.loads(self.ask(path, data)[1])

    def pss(self) -> float:
        """Return the proportional set size of all processes, MB."""
        mine = {self.process.pid}
        parents = dict(_parents())
        while grown := {p for p, parent in parents.items() if parent in mine} - mine:
            mine |= grown
        return sum(map(_pss, mine)) / 1e6


def _parents() -> Iterator[tuple[int, int]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text()
        except OSError:
            continue
        yield int(folder.name), int(stat.rpartition(")")[2].split()[1])


def _pss(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(*before: str) -> Iterator[Service]:
    with tempfile.TemporaryDirectory() as data:
        port = _free_port()
        environ = os.environ | {
            "KOSORONG_INFERENCE_PORT": str(_free_port()),
            "KOSORONG_STARTER": "0",
            "KOSORONG_LOG_LEVEL": "ERROR",
        }
        words = [*before, sys.executable, "-m", "kosorong", "serve", "--port", str(port)]
        process = subprocess.Popen([*words, "--data", data], env=environ, stderr=subprocess.DEVNULL)
        service = Service(process, port)
        try:
            _until(lambda: service.ask("/api/health/")[0] == 200)
            yield service
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _until(what: Any) -> Any:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            found = what()
        except OSError:
            found = None
        if found:
            return found
        time.sleep(0.02)
    raise SystemExit("the service does not do what is waited for; try `kosorong serve` by hand.")


def _story(times: int) -> str:
    story = (ROOT / "examples" / "seolmundae-halmang.txt").read_text(encoding="utf-8")
    # A number keeps finished work from being found again by its text.
    return "\n\n".join(
        f"{turn}, {line}" for turn in range(times) for line in story.splitlines() if line
    )


def memory() -> None:
    """Weigh all processes: idle after a first book, and while a long one is made."""
    with _running() as service:
        time.sleep(5)
        fresh = service.pss()
        first = service.told("/api/books/", {"title": "첫 책", "text": _story(1)})
        most = 0.0
        path = f"/api/books/{first['id']}/"
        while service.told(path)["status"] in {"queued", "producing"}:
            most = max(most, service.pss())
            time.sleep(0.2)
        service.told("/api/books/", {"title": "긴 책", "text": _story(6)})
        end = time.monotonic() + 30
        while time.monotonic() < end:
            most = max(most, service.pss())
            time.sleep(0.2)
        last = service.told("/api/books/")["results"][0]["id"]
        service.ask(f"/api/books/{last}/cancel/", {})
        time.sleep(15)
        print("service memory: PSS of all processes")
        print(f"  fresh                  {fresh:6.0f} MB")
        print(f"  producing, most        {most:6.0f} MB  (bar 650 MB)")
        print(f"  idle again             {service.pss():6.0f} MB  (bar 450 MB)")


def one_core() -> None:
    """Ask page and API 500 times while a book is made, everything on one core."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with _running() as service:
        book = service.told("/api/books/", {"title": "긴 책", "text": _story(12)})
        path = f"/api/books/{book['id']}/"
        _until(lambda: service.told(path)["segments"]["done"] > 0)
        asset = service.ask("/")[1].decode().partition('src="')[2].partition('"')[0]
        paths = ("/", asset, "/api/books/", path, f"{path}segments/?limit=50")
        times, wrong = [], 0
        before = service.told(path)["segments"]["done"]
        started = time.perf_counter()
        for number in range(500):
            begun = time.perf_counter()
            status, _ = service.ask(paths[number % len(paths)])
            times.append(1000 * (time.perf_counter() - begun))
            wrong += status != 200
        seconds = time.perf_counter() - started
        after = service.told(path)
        times.sort()
        print("one core: 500 requests to page and API while a book is made")
        print(
            f"  median, p95, longest   {times[250]:.0f}, {times[475]:.0f}, {times[-1]:.0f} ms"
            "  (bar p95 300 ms)"
        )
        print(f"  errors                 {wrong}  (bar 0)")
        made = after["segments"]["done"] - before
        print(f"  made meanwhile         {made} segments in {seconds:.1f} s ({after['status']})")


def listening() -> None:
    """Press the button in a real browser; wait for the first sound."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("Chromium is missing: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    words = ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"]
    with _running() as service, sync_playwright() as playwright:
        time.sleep(3)
        browser = playwright.chromium.launch(executable_path=chromium, args=words)
        page = browser.new_page(base_url=f"http://127.0.0.1:{service.port}", locale="ko-KR")
        page.add_init_script(
            "const Plain = Audio; window.Audio = function () { const deck = new Plain();"
            " deck.addEventListener('playing', () => { window.heard ??= performance.now(); });"
            " return deck; };"
        )
        page.goto("/new")
        page.fill("#text", _story(1))
        page.evaluate(
            "() => document.querySelector('button[type=submit]').addEventListener("
            "'click', () => { window.pressed = performance.now(); })"
        )
        page.click("button[type=submit]")
        page.wait_for_function("() => window.heard", timeout=60_000)
        waited = page.evaluate("() => (window.heard - window.pressed) / 1000")
        browser.close()
        print("listening: from the button to the first sound, the tale of examples/ pasted")
        print(f"  first sound            {waited:.2f} s  (bar 3 s)")
