"""A service of one's own for a while: real processes on loopback, asked over HTTP and weighed."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Service:
    """A running command of `kosorong` with its children.

    Attributes:
        process: Its supervisor, or the process itself.
        port: Of the page.
    """

    process: subprocess.Popen[bytes]
    port: int

    def ask(self, path: str, data: object = None, seconds: float = 60) -> tuple[int, bytes]:
        """Ask on a connection of its own, as a stranger would; return status and answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
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

    def heard(self, book: int) -> float:
        """Return the seconds of a book that can be heard by now."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            path = f"/api/books/{book}/audio/"
            connection.request("GET", path, headers={"Range": "bytes=0-43"})
            answer = connection.getresponse()
            header = answer.read()
            length = int(answer.headers["Content-Range"].rpartition("/")[2])
        finally:
            connection.close()
        # A WAV header's bytes 28 to 31 count the bytes of a second.
        return (length - len(header)) / int.from_bytes(header[28:32], "little")

    def processes(self) -> dict[int, str]:
        """Return the numbers of all its processes, and the command of `kosorong` that each is."""
        mine = {self.process.pid}
        parents = dict(_parents())
        while grown := {p for p, parent in parents.items() if parent in mine} - mine:
            mine |= grown
        return {number: _part(number) for number in mine}

    def pss(self) -> float:
        """Return the proportional set size of all processes, MB."""
        return sum(map(weight, self.processes()))

    def seconds(self) -> dict[str, float]:
        """Return the seconds of processor that each part has used."""
        used: dict[str, float] = {}
        for number, part in self.processes().items():
            used[part] = used.get(part, 0.0) + seconds_of(number)
        return used


def seconds_of(process: int) -> float:
    """Return the seconds of processor that a process has used; 0 where it is gone."""
    try:
        words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def _parents() -> Iterator[tuple[int, int]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text()
        except OSError:
            continue
        yield int(folder.name), int(stat.rpartition(")")[2].split()[1])


def _part(process: int) -> str:
    try:
        words = Path(f"/proc/{process}/cmdline").read_text().split("\0")
    except OSError:
        return "gone"
    return words[words.index("kosorong") + 1] if "kosorong" in words else "other"


def weight(process: int) -> float:
    """Return the proportional set size of a process, MB; 0 where it is gone."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1e6


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(**settings: str) -> dict[str, str]:
    """Return the environment without settings of ours, and with those given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KOSORONG_")}
    quiet = {"KOSORONG_STARTER": "0", "KOSORONG_LOG_LEVEL": "ERROR", "PYTHONWARNINGS": "ignore"}
    quiet["PYTHONPATH"] = str(ROOT / "src")
    return {**kept, **quiet, **settings}


@contextmanager
def running(
    command: str = "serve", data: Path | None = None, before: Sequence[str] = ()
) -> Iterator[Service]:
    """Run `kosorong serve` or `api` until the block ends; it answers when the block begins.

    Args:
        command: Of `kosorong`.
        data: Its folder; a new one where None.
        before: Words before the command, such as `taskset`.
    """
    with ExitStack() as stack:
        data = data or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="load-")))
        port = free_port()
        environ = environment(KOSORONG_INFERENCE_PORT=str(free_port()))
        words = [*before, sys.executable, "-m", "kosorong", command, "--port", str(port)]
        process = subprocess.Popen(
            [*words, "--data", str(data)], env=environ, stderr=subprocess.DEVNULL
        )
        service = Service(process, port)
        try:
            until(lambda: service.ask("/api/health/")[0] == 200)
            yield service
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def until(what: Callable[[], Any]) -> Any:
    """Wait until something is so, and return it.

    Raises:
        SystemExit: It never came to be.
    """
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


def story(times: int) -> str:
    """Return the tale of `examples/` some times over, no sentence twice."""
    tale = (ROOT / "examples" / "seolmundae-halmang.txt").read_text(encoding="utf-8")
    # A number keeps finished work from being found again by its text.
    return "\n\n".join(
        f"{turn}, {line}" for turn in range(times) for line in tale.splitlines() if line
    )


def filled(folder: Path, books: int, segments: int, longest: int) -> None:
    """Fill a library's folder with finished books (`fill.py`)."""
    words = [sys.executable, str(ROOT / "scripts" / "load" / "fill.py"), str(folder)]
    subprocess.run([*words, *map(str, (books, segments, longest))], env=environment(), check=True)


def p95(values: Sequence[float]) -> float:
    """Return what nineteen of twenty do not exceed.

    >>> p95([float(number) for number in range(1, 101)])
    95.0
    """
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]
