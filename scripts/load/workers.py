"""Real workers on a MariaDB, with a voice that sleeps: what a simulation has to come out at."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from load.service import ROOT, environment, seconds_of, until
from local_servers import MariaDB

SLEEP = 0.2
SEGMENTS = 160
_FAKES = ROOT / "tests" / "library" / "library_fakes.py"
_TABLES = """
from kosorong_library import serve
serve.prepare(None)
serve.migrate()
"""
_BOOK = """
import sys
from kosorong_library import serve
serve.prepare(None)
from kosorong_library.accounts.services import first_user
from kosorong_library.library import manuscripts, services
text = "\\n\\n".join(f"{n}번째 눈이 왔다." for n in range(int(sys.argv[1])))
with manuscripts.pasted(text, "책", "") as sent:
    services.create_book(first_user(), sent, title="책", language="", voice="", narrated=False)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """Workers that made a book.

    Attributes:
        workers: How many.
        seconds: From the first segment to the last.
        segment: Of one segment in the middle of its batch, of one worker.
        worker: Seconds of processor of all workers together.
        database: Seconds of processor of the database.
    """

    workers: int
    seconds: float
    segment: float
    worker: float
    database: float


def runs(folder: Path, numbers: tuple[int, ...]) -> list[Run]:
    """Make a book with each number of workers, each on a database of its own."""
    with MariaDB.installed() as installed, installed.running() as server:
        return [_run(folder / str(number), server, number) for number in numbers]


def _run(folder: Path, server: MariaDB, number: int) -> Run:
    (folder / "data").mkdir(parents=True)
    settings = environment(
        KOSORONG_DATABASE_URL=server.database(f"workers{number}"),
        KOSORONG_DATA=str(folder / "data"),
    )
    spoken = folder / "data" / "spoken.txt"
    subprocess.run([sys.executable, "-c", _TABLES], env=settings, check=True)
    with _working(folder / "data", settings, number) as processes:
        before = _used(server, processes)
        words = [sys.executable, "-c", _BOOK, str(SEGMENTS)]
        subprocess.run(words, env=settings, check=True)
        until(lambda: spoken.exists() and spoken.stat().st_size)
        times = _times(spoken)
        after = _used(server, processes)
    # Three of four segments follow one of their own batch: the middle one is such a one.
    segment = statistics.median(b - a for a, b in pairwise(times))
    return Run(number, times[-1] - times[0], segment, after[0] - before[0], after[1] - before[1])


def _times(spoken: Path) -> list[float]:
    """Return when each segment was spoken."""
    times = [time.monotonic()]

    def all_spoken() -> bool:
        more = spoken.read_bytes().count(b"\n") - len(times)
        times.extend([time.monotonic()] * more)
        return len(times) >= SEGMENTS

    until(all_spoken)
    return times


def _used(server: MariaDB, workers: list[subprocess.Popen[bytes]]) -> tuple[float, float]:
    return sum(seconds_of(one.pid) for one in workers), seconds_of(_daemon(server))


def _daemon(server: MariaDB) -> int:
    return int(Path(server.sql("SELECT @@pid_file").strip()).read_text())


@contextmanager
def _working(
    data: Path, settings: dict[str, str], number: int
) -> Iterator[list[subprocess.Popen[bytes]]]:
    words = [sys.executable, str(_FAKES), str(data), str(SLEEP)]
    with ExitStack() as stack:
        processes = []
        for _ in range(number):
            process = subprocess.Popen(words, env=settings, stderr=subprocess.DEVNULL)
            stack.callback(process.wait)
            stack.callback(process.terminate)
            processes.append(process)
        # They wait for work when they no longer use the processor for their start.
        until(lambda: all(_is_waiting(one.pid) for one in processes))
        yield processes


def _is_waiting(process: int) -> bool:
    """Say whether a worker has come to rest: it looks for work four times a second."""
    used = seconds_of(process)
    time.sleep(0.5)
    return used > 0.5 and seconds_of(process) - used <= 0.1
