"""Several workers on one book, on MariaDB, with a voice that sleeps the same time for a segment."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from load.service import ROOT
from tqdm import tqdm

from chaos import ledger
from chaos.library import KOSORONG, Client, Crew, settings_of, story, wait_for
from chaos.results import Result, Row, result
from local_servers import MariaDB, free_port

_STAND_IN = ROOT / "tests" / "library" / "library_fakes.py"
_BAR = {8: 7.0}
# Of a worker: one a queue, the reconciler and the cutter; each holds a connection of its own.
_THREADS = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of it.

    Attributes:
        workers: How many at a time, one round after another; the first is one.
        segments: Of the book of a round, for each of its workers.
        sleep: Of the stand-in voice, seconds a segment.
        seed: Of the texts.
    """

    workers: tuple[int, ...] = (1, 2, 4, 8)
    segments: int = 60
    sleep: float = 0.5
    seed: int = 1


def run(plan: Plan, folder: Path, command: str) -> Result:
    """Run the trial in an empty folder."""
    chance, speeds = random.Random(plan.seed), {}  # noqa: S311  # no secret
    port = free_port()
    with MariaDB.installed() as server, server.running():
        environment = settings_of(folder, KOSORONG_DATABASE_URL=server.database("library"))
        words = (*KOSORONG, "api", "--port", str(port))
        client = Client(port)
        with Crew({"api": words}, environment, folder / "log").running():
            wait_for(lambda: client.once("/api/health/")[0] == 200, 120, "the API starts")
            ledger.begin(environment)
            for number in tqdm(plan.workers, desc="workers", unit="round", file=sys.stderr):
                text = story(chance, number, plan.segments * number)
                with _workers(number, plan.sleep, folder, environment, server):
                    speeds[number] = _speed(client, f"{number}명", text)
        now = ledger.look(environment)
    spoken = (folder / "data" / "spoken.txt").read_text(encoding="utf-8").splitlines()
    again = len(spoken) - len(set(spoken))
    rows = [_row(number, speeds, plan) for number in plan.workers if number > 1]
    rows.append(
        Row(
            f"the same: one book after another by {min(plan.workers)} to {max(plan.workers)}",
            "no segment twice",
            f"{again} of {now.segments} segments spoken twice, {now.redone} committed twice; {now}",
            not again and now.right and len(spoken) == now.segments,
        )
    )
    notes = [f"The voice sleeps {plan.sleep} s for a segment; {plan.segments} segments a worker."]
    return result("workers", command, plan.seed, rows, notes)


def _row(number: int, speeds: Mapping[int, float], plan: Plan) -> Row:
    gain, bar = speeds[number] / speeds[1], _BAR.get(number)
    return Row(
        f"{number} workers on one book, MariaDB, a voice that sleeps {plan.sleep} s a segment",
        f"≥ {bar:.0f} times one worker" if bar else "no bar",
        f"{gain:.2f} times ({speeds[number]:.2f} segments/s; one: {speeds[1]:.2f})",
        bar is None or gain >= bar,
    )


@contextmanager
def _workers(
    number: int, sleep: float, folder: Path, environment: Mapping[str, str], server: MariaDB
) -> Iterator[None]:
    """Run workers that wait for something to do until the block ends."""
    words = [sys.executable, str(_STAND_IN), str(folder / "data"), str(sleep)]
    wanted = _connections(server) + _THREADS * number
    with (folder / "log").open("ab") as log:
        crew = [subprocess.Popen(words, env=environment, stderr=log) for _ in range(number)]
    try:
        wait_for(lambda: _connections(server) >= wanted, 120, "the workers start")
        yield
    finally:
        for one in crew:
            one.terminate()
        for one in crew:
            one.wait(60)


def _connections(server: MariaDB) -> int:
    query = "SELECT COUNT(*) FROM information_schema.processlist WHERE user = 'jeju'"
    return int(server.sql(query))


def _speed(client: Client, title: str, text: str) -> float:
    """Return the segments a second from the sending of a book to its end."""
    started = time.perf_counter()
    number = client.post(title, text)

    path = f"/api/books/{number}/"
    wait_for(lambda: client.told(path)["status"] == "done", 600, "the book is made")
    seconds = time.perf_counter() - started
    return int(client.told(path)["segments"]["done"]) / seconds
