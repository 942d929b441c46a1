"""Who writes waits for nobody: a text of 15 MB is taken, a person brings a hundred books."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from chaos.results import Row

from load.found import Found
from load.service import ROOT, Service, environment, filled, p95, running, story, until

_SHELF = (40, 8000, 2000)
_MEGABYTES = 15.0
_CLIENTS = 8
_PAUSE = 0.1
_BEFORE = 5.0
"""Seconds of writing and reading before the text is sent."""
_PATIENCE = 900.0
_BAR_MS, _BAR_FIRST = 500.0, 3.0
_MANY, _SENTENCES, _TIMES = 100, 40, 5


@dataclass(slots=True)
class Writers:
    """Eight who change their settings, set bookmarks and read, one after another each.

    Attributes:
        port: Of the API.
        segment: Of the second book, where they stop reading.
        writes: Milliseconds of each write.
        reads: Milliseconds of each read.
        wrong: What was refused or broke.
    """

    port: int
    segment: int
    writes: list[float] = field(default_factory=list)
    reads: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    _stopped: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        """Begin."""
        self._threads += [
            threading.Thread(target=self._keep_on, daemon=True) for _ in range(_CLIENTS)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End after the answers that are waited for."""
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def _keep_on(self) -> None:
        turn = 0
        while not self._stopped.wait(_PAUSE):
            turn += 1
            self._ask("PATCH", "/api/settings/", {"speed": 1 + turn % 5 / 10}, self.writes)
            self._ask("GET", "/api/books/2/", None, self.reads)
            self._ask("PUT", "/api/books/2/position/", self._place(), self.writes)
            self._ask("GET", "/api/books/1/segments/?page_size=100", None, self.reads)

    def _place(self) -> dict[str, object]:
        now = datetime.now(UTC).isoformat()
        return {"segment": self.segment, "audio_ms": 1, "client_time": now}

    def _ask(self, method: str, path: str, data: object, times: list[float]) -> None:
        begun = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            body = None if data is None else json.dumps(data)
            connection.request(method, path, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            told = answer.read()
            if answer.status >= 400:
                self.wrong.append(f"{method} {path}: {answer.status} {told[:200]!r}")
        except OSError as error:
            self.wrong.append(f"{method} {path}: {error}")
        finally:
            connection.close()
        times.append(1000 * (time.perf_counter() - begun))


def run(folder: Path) -> Found:
    """Take a long text while others write, then let one person bring many books."""
    data = folder / "data"
    filled(data, *_SHELF)
    text = story(1)
    text = story(int(_MEGABYTES * 1e6 / (len(text.encode()) + 60)))
    with running("serve", data) as service:
        lines = service.told("/api/books/2/segments/?page_size=1")["results"]
        writers = Writers(service.port, lines[0]["id"])
        writers.start()
        time.sleep(_BEFORE)
        before = len(writers.writes)
        answered, heard, laid = _bring(service, text)
        writers.stop()
        alone, crowded = _turns(data)
    alone_ms, taken = p95(writers.writes[:before]), writers.writes[before:]
    size = len(text.encode()) / 1e6
    rows = [
        Row(
            f"a text of {size:.0f} MB taken while {_CLIENTS} others write and read",
            f"writes' p95 ≤ {_BAR_MS:.0f} ms, none refused",
            f"p95 {p95(taken):.0f} ms of {len(taken)} writes, {len(writers.wrong)} refused",
            p95(taken) <= _BAR_MS and not writers.wrong,
        ),
        Row(
            f"first sound of a text of {size:.0f} MB, beside them",
            f"≤ {_BAR_FIRST:.0f} s",
            f"{heard:.1f} s",
            heard <= _BAR_FIRST,
        ),
        Row(
            f"one person with {_MANY} books in production, another brings one: the first sentence",
            "≤ 2 times as long as alone",
            f"{crowded:.2f} s for {alone:.2f} s (medians of {_TIMES})",
            crowded <= 2 * alone,
        ),
    ]
    notes = [
        f"The text was answered for after {answered:.1f} s and cut to its end after {laid:.0f} s.",
        (
            f"Before it: p95 {alone_ms:.0f} ms of {before} writes; the longest beside it"
            f" {max(taken):.0f} ms; reads p95 {p95(writers.reads):.0f} ms."
        ),
        *sorted(set(writers.wrong))[:3],
    ]
    return Found(rows, notes, {"writes_p95_ms": p95(taken), "first_seconds": heard})


def _bring(service: Service, text: str) -> tuple[float, float, float]:
    """Send a text; return the seconds until it is answered for, heard, and cut to its end."""
    begun = time.perf_counter()
    body = {"title": "긴 글", "text": text}
    book = int(json.loads(service.ask("/api/books/", body, _PATIENCE)[1])["id"])
    answered, path = time.perf_counter() - begun, f"/api/books/{book}/?brief=1"
    until(lambda: service.told(path)["segments"]["done"])
    heard, total, grown = time.perf_counter() - begun, 0, time.perf_counter()
    while time.perf_counter() - grown < 5:
        now = int(service.told(path)["segments"]["total"])
        if now > total:
            total, grown = now, time.perf_counter()
        time.sleep(0.5)
    service.ask(f"/api/books/{book}/cancel/", {})
    return answered, heard, grown - begun


def _turns(data: Path) -> tuple[float, float]:
    """Return the seconds to the first sentence of a book: alone, and beside a hundred others."""
    alone = sorted(_first(data, f"혼자{turn}") for turn in range(_TIMES))
    _run(data, "많은이", _MANY, _SENTENCES)
    crowded = sorted(_first(data, f"나중{turn}") for turn in range(_TIMES))
    return alone[_TIMES // 2], crowded[_TIMES // 2]


def _first(data: Path, name: str) -> float:
    return _run(data, name, 1, 1, 120)


def _run(data: Path, name: str, *numbers: int) -> float:
    words = [sys.executable, str(ROOT / "scripts" / "load" / "bring.py"), str(data), name]
    done = subprocess.run(
        [*words, *map(str, numbers)], env=environment(), check=True, stdout=subprocess.PIPE
    )
    return float(done.stdout.split()[-1])
