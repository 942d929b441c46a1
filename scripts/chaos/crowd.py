"""Strangers who hold connections: slow readers of a long sound, and a thousand who say nothing.

What they do costs them nothing, and whoever reads the page meanwhile must not feel it.
"""

from __future__ import annotations

import os
import random
import select
import selectors
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import cast

from load.readers import Answers, paths_of, reading
from load.service import Service, environment, filled, free_port, running, until, weight

from chaos.results import Result, Row, result

_STILL, _SLOW, _SILENT, _IDLE = 32, 32, 60, 1200
_FEW = 16
_SOUND = b"GET /api/books/1/audio/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
_PACE = 100_000
"""Bytes a second that a slow reader takes."""
SECONDS = {"still": 5.0, "slow": 90.0, "idle": 180.0}
"""How long each crowd stays."""
_SCRATCH = 64 << 20
_BOOK = 400
"""Segments of the book whose sound is asked for: 65 MB and more."""
_CLASS, _PAUSE = 40, 2.0
_DJANGO = "kosorong_library.config.wsgi:application"
_ASGI = "django.core.asgi:get_asgi_application"
SERVERS = {
    "waitress": (),
    "gunicorn-threads": (
        *("gunicorn", "--worker-class", "gthread", "--threads", "8", "--timeout", "60"),
        *("--bind", "127.0.0.1:{port}", _DJANGO),
    ),
    "gunicorn-200-threads": (
        *("gunicorn", "--worker-class", "gthread", "--threads", "200", "--timeout", "60"),
        *("--bind", "127.0.0.1:{port}", _DJANGO),
    ),
    "gunicorn-gevent": (
        *("gunicorn", "--worker-class", "gevent", "--timeout", "60"),
        *("--bind", "127.0.0.1:{port}", _DJANGO),
    ),
    "granian": (
        *("granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", "{port}"),
        *("--workers", "1", "--blocking-threads", "8", _DJANGO),
    ),
    "uvicorn": ("uvicorn", "--host", "127.0.0.1", "--port", "{port}", "--factory", _ASGI),
    "hypercorn": ("hypercorn", "--bind", "127.0.0.1:{port}", f"wsgi:{_DJANGO}"),
}
"""Ours, and what else could answer; only the first is installed with Kosorong."""


def run(server: str, only: Sequence[str], seed: int, folder: Path, command: str) -> Result:
    """Crowd a library with strangers while others read it.

    Args:
        server: One of `SERVERS`.
        only: Of `SECONDS`; all where empty.
        seed: Of who takes what.
        folder: Empty.
        command: That does the same again.
    """
    os.environ["TMPDIR"] = str(folder / "tmp")
    (folder / "tmp").mkdir()
    filled(folder / "data", 3, _BOOK + 40, _BOOK)
    rows: list[Row] = []
    notes: list[str] = []
    crowds = {"still": _still, "slow": _slow, "idle": _idle}
    for name in only or SECONDS:
        with _served(server, folder / "data") as (service, process):
            rows.append(crowds[name](service, process, random.Random(seed), notes))  # noqa: S311
    return result("crowd", command, seed, rows, notes)


@contextmanager
def _served(server: str, data: Path) -> Iterator[tuple[Service, int]]:
    """Run the API behind a server until the block ends; yield it and the process that answers."""
    with ExitStack() as stack:
        if server == "waitress":
            service = stack.enter_context(running("api", data))
            yield service, service.process.pid
            return
        port = free_port()
        words = [word.format(port=port) for word in SERVERS[server]]
        django = {"DJANGO_SETTINGS_MODULE": "kosorong_library.config.settings"}
        process = subprocess.Popen(
            [str(Path(sys.executable).with_name(words[0])), *words[1:]],
            env=environment(KOSORONG_DATA=str(data), **django),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        stack.callback(process.wait, 60)
        stack.callback(process.terminate)
        service = Service(process, port)
        until(lambda: service.ask("/api/health/")[0] == 200)
        yield service, max(service.processes(), key=weight)


class Strangers(threading.Thread):
    """Connections that take a sound slowly, or not at all, until they are told to stop.

    Args:
        port: Of the API.
        paces: Bytes a second that each takes, 0 for none.
        asks: Sent by each; nothing where empty.
    """

    def __init__(self, port: int, paces: Sequence[int], asks: bytes) -> None:
        super().__init__(daemon=True)
        self.ended = 0
        self.refused = 0
        self._port, self._paces, self._asks = port, paces, asks
        self._stopped = threading.Event()

    def run(self) -> None:
        """Connect all, then take what each takes."""
        with selectors.DefaultSelector() as chosen:
            for pace in self._paces:
                self._connect(chosen, pace)
            while not self._stopped.wait(0.5):
                self._take(chosen)
            for key in list(chosen.get_map().values()):
                cast(socket.socket, key.fileobj).close()

    def stop(self) -> None:
        """Close all connections."""
        self._stopped.set()
        self.join()

    def _take(self, chosen: selectors.BaseSelector) -> None:
        """Take what each takes in half a second; count who is sent away, and let them come again.

        Only who says nothing comes again: an answer that was ended stays ended.
        """
        for key in list(chosen.get_map().values()):
            one, pace = cast(socket.socket, key.fileobj), key.data
            if not _is_over(one) and (not pace or _takes(one, pace // 2)):
                continue
            chosen.unregister(one)
            one.close()
            self.ended += 1
            if not self._asks:
                self._connect(chosen, pace)

    def _connect(self, chosen: selectors.BaseSelector, pace: int) -> None:
        try:
            one = socket.create_connection(("127.0.0.1", self._port), timeout=30)
            one.sendall(self._asks)
        except OSError:
            self.refused += 1
            return
        one.setblocking(False)
        chosen.register(one, selectors.EVENT_READ, pace)


def _takes(one: socket.socket, most: int) -> bool:
    """Read up to some bytes; say whether the connection goes on."""
    try:
        return bool(one.recv(most))
    except BlockingIOError:
        return True
    except OSError:
        return False


def _is_over(one: socket.socket) -> bool:
    """Say whether the other side has ended a connection; nothing is taken from it."""
    probe = select.poll()
    probe.register(one, select.POLLRDHUP)
    return bool(probe.poll(0))


def _still(service: Service, process: int, chance: random.Random, notes: list[str]) -> Row:
    """Let 16 stop reading a long sound at once: the least that stops a server with few threads."""
    alone = weight(process)
    strangers = Strangers(service.port, [0] * _FEW, _SOUND)
    strangers.start()
    time.sleep(SECONDS["still"])
    took = [_seconds_of_health(service.port) for _ in range(10)]
    strangers.stop()
    answered = [one for one in took if one is not None]
    notes.append(
        f"still: the process weighs {alone:.0f} MB alone and {weight(process):.0f} MB afterwards."
    )
    slowest = f", the slowest after {max(answered):.1f} s" if answered else ""
    return Row(
        f"{_FEW} readers that stop at the beginning of a long sound; 10 times `/api/health/`",
        "10 of 10 answered within 10 s",
        f"{len(answered)} of 10{slowest}",
        len(answered) == len(took),
    )


def _seconds_of_health(port: int) -> float | None:
    begun = time.perf_counter()
    try:
        address = f"http://127.0.0.1:{port}/api/health/"
        with urllib.request.urlopen(address, timeout=10) as answer:
            answer.read()
    except OSError:
        return None
    return time.perf_counter() - begun


def _slow(service: Service, process: int, chance: random.Random, notes: list[str]) -> Row:
    """Let 64 take a long sound slowly or stop, and 60 take nothing, while four read the page."""
    paces = [0] * (_STILL + _SILENT) + [_PACE] * _SLOW
    chance.shuffle(paces)
    length = int(service.heard(1) * 44_100)
    before = weight(process)
    strangers, (answers, scratch, most) = _crowd(service, process, paces, _SOUND, SECONDS["slow"])
    still = _STILL + _SILENT
    notes.append(
        f"slow: {strangers.ended} of the {still} connections that took nothing were ended within"
        f" {SECONDS['slow']:.0f} s; {len(answers.milliseconds)} answers, median"
        f" {answers.median:.0f} ms; the process weighs {before:.0f} MB alone,"
        f" {most:.0f} MB at most."
    )
    notes += sorted(set(answers.wrong))[:3]
    return Row(
        f"{_STILL + _SLOW} readers that stop or take {_PACE // 1000} kB/s of a sound of"
        f" {length / 1e6:.0f} MB, {_SILENT} more that read nothing; page and API meanwhile",
        "p95 ≤ 300 ms, no error; scratch ≤ 64 MiB",
        f"p95 {answers.p95:.0f} ms, {len(answers.wrong)} errors; {scratch >> 20} MiB of scratch",
        answers.p95 <= 300 and not answers.wrong and scratch <= _SCRATCH,
    )


def _idle(service: Service, process: int, chance: random.Random, notes: list[str]) -> Row:
    """Let 1,200 connections say nothing and come again when closed, while a class reads."""
    seconds = SECONDS["idle"]
    strangers, (answers, _, most) = _crowd(
        service, process, [0] * _IDLE, b"", seconds, clients=_CLASS, pause=_PAUSE
    )
    notes.append(
        f"idle: {strangers.ended} times one of them was closed and came again,"
        f" {strangers.refused} times it could not; {len(answers.milliseconds)} answers, median"
        f" {answers.median:.0f} ms; the process weighs {most:.0f} MB at most."
    )
    notes += sorted(set(answers.wrong))[:3]
    return Row(
        f"{_IDLE:,} idle connections from one address, for {seconds / 60:.0f} min, and {_CLASS}"
        " real readers from the same one",
        f"p95 ≤ 500 ms, the {_CLASS} not refused",
        f"p95 {answers.p95:.0f} ms, {len(answers.wrong)} errors",
        answers.p95 <= 500 and not answers.wrong,
    )


def _crowd(
    service: Service,
    process: int,
    paces: Sequence[int],
    asks: bytes,
    seconds: float,
    *,
    clients: int = 4,
    pause: float = 0.2,
) -> tuple[Strangers, tuple[Answers, int, float]]:
    """Return the strangers, what readers got meanwhile, and the most bytes and MB it took."""
    paths = [path for path in paths_of(service, 1, 2) if "/books/1/audio" not in path]
    strangers = Strangers(service.port, paces, asks)
    strangers.start()
    time.sleep(2)
    most, scratch, end = 0.0, 0, time.monotonic() + seconds
    with reading(service, paths, clients, pause) as answers:
        while time.monotonic() < end:
            time.sleep(1)
            most, scratch = max(most, weight(process)), max(scratch, _scratch(process))
    strangers.stop()
    return strangers, (answers, scratch, most)


def _scratch(process: int) -> int:
    """Return the bytes of temporary files that a process holds, also those without a name."""
    total = 0
    for one in Path(f"/proc/{process}/fd").glob("*"):
        with suppress(OSError):
            if os.environ["TMPDIR"] in str(one.readlink()):
                total += one.stat().st_size
    return total
