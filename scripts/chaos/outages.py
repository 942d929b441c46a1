"""What the library needs goes away while it works, and comes back."""

from __future__ import annotations

import contextlib
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tqdm import tqdm

from chaos import ledger
from chaos.disks import filled, mounted, read_only
from chaos.library import KOSORONG, Client, Crew, settings_of, story, wait_for
from chaos.proxy import Proxy
from chaos.results import Result, Row, result
from local_servers import MariaDB, bucket, free_port, redis

_SEGMENTS = 24
_BETWEEN = 0.5
Outage = Callable[[Crew], AbstractContextManager[object]]


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that goes away.

    Attributes:
        title: As the page tells it.
        seconds: How long it is away.
        outage: Takes it away until the block ends.
        settings: Of the library.
        speaks: Whether users have to be told something while it is away.
    """

    title: str
    seconds: float
    outage: Outage
    settings: Mapping[str, str] = field(default_factory=dict)
    speaks: bool = True


@dataclass(slots=True)
class _Seen:
    """What a user saw.

    Attributes:
        answers: Status of everything that was asked.
        said: Problems of books and messages of refusals, with how often.
        taken: Titles of new books that were taken.
    """

    answers: Counter[int] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    taken: set[str] = field(default_factory=set)

    def words(self) -> str:
        """Return what was said most, and to whom nobody answered."""
        told = f"“{_short(self.said.most_common(1)[0][0])}”" if self.said else "nothing"
        answers = ", ".join(f"{n} × {status}" for status, n in sorted(self.answers.items()))
        return f"{told} ({answers})"


def _short(said: str) -> str:
    """Return a message without the long names of takes."""
    return re.sub(r"[0-9a-f]{64}-\w{8}", "…", said)


def ride_out(case: Case, folder: Path, seed: int) -> Row:
    """Let a thing go away while two books are made, and see what becomes of them."""
    folder.mkdir()
    chance = random.Random(seed)  # noqa: S311  # no secret
    environment = settings_of(folder, **case.settings)
    port = free_port()
    inference = environment["KOSORONG_INFERENCE_PORT"]
    environment["KOSORONG_INFERENCE_URL"] = f"http://127.0.0.1:{inference}"
    commands = {
        "inference": (*KOSORONG, "inference"),
        "api": (*KOSORONG, "api", "--port", str(port)),
        "worker": (*KOSORONG, "worker"),
    }
    crew, client = Crew(commands, environment, folder / "log"), Client(port)
    with crew.running():
        wait_for(lambda: client.once("/api/health/")[0] == 200, 120, "the API starts")
        ledger.begin(environment)
        client.post("첫 책", story(chance, 1, _SEGMENTS))
        wait_for(lambda: _done(client) >= 3, 120, "the first segments are made")
        client.post("둘째 책", story(chance, 2, _SEGMENTS))
        with case.outage(crew):
            seen = _use(client, case.seconds, chance)
        back = time.monotonic()
        with contextlib.suppress(SystemExit):
            # What never comes is seen in what is there.
            wait_for(lambda: _is_over(client), 240, case.title)
        seconds = time.monotonic() - back
        now = ledger.look(environment)
        titles = {book["title"] for book in client.books()}
    expected = {"첫 책", "둘째 책"} | seen.taken
    whole = now.right and expected <= titles
    measured = (
        f"{seconds:.1f} s after it was back: {now}; {len(seen.taken & titles)} of the"
        f" {len(seen.taken)} books taken meanwhile are there. Said meanwhile: {seen.words()}"
    )
    if crew.deaths:
        measured += f"; started again by their keeper: {', '.join(crew.deaths)}"
    bar = "goes on by itself, says what is needed, nothing lost"
    return Row(case.title, bar, measured, whole and (bool(seen.said) or not case.speaks))


def _done(client: Client) -> int:
    return sum(book["segments"]["done"] for book in client.books())


def _is_over(client: Client) -> bool:
    status, answer = client.once("/api/books/?page_size=500")
    return status == 200 and all(book["status"] == "done" for book in json.loads(answer)["results"])


def _use(client: Client, seconds: float, chance: random.Random) -> _Seen:
    """Read, and send new books, as somebody who knows of nothing."""
    seen, end, number = _Seen(), time.monotonic() + seconds, 0
    while time.monotonic() < end:
        number += 1
        # A small book now and then, so that there is always something to be made.
        if number % 6 == 1 and number < 60:
            title = f"새 책 {number}"
            body = {"title": title, "text": story(chance, 10 + number, 2)}
            if _ask(client, seen, "/api/books/", body) == 201:
                seen.taken.add(title)
        for book in (1, 2):
            _ask(client, seen, f"/api/books/{book}/")
        time.sleep(_BETWEEN)
    return seen


def _ask(client: Client, seen: _Seen, path: str, data: object = None) -> int:
    try:
        status, answer = client.once(path, data, seconds=30)
    except OSError:
        seen.answers[0] += 1
        return 0
    seen.answers[status] += 1
    with contextlib.suppress(ValueError):
        told = json.loads(answer)
        if said := told.get("problem") or told.get("message"):
            seen.said[said] += 1
    return status


def _down(name: str) -> Outage:
    return lambda crew: crew.without(name)


class _Restarts:
    """A server that runs, can be stopped for a while, and runs again."""

    def __init__(self, server: Callable[[], AbstractContextManager[object]]) -> None:
        self._server, self._stack = server, ExitStack()

    def __enter__(self) -> _Restarts:
        self._stack.enter_context(self._server())
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @contextmanager
    def away(self, crew: Crew) -> Iterator[None]:
        """Stop it until the block ends."""
        self._stack.close()
        yield
        self.__enter__()


@contextmanager
def _inference(folder: Path) -> Iterator[Case]:
    yield Case("inference server killed, 60 s away", 60, _down("inference"))


@contextmanager
def _mariadb(folder: Path) -> Iterator[Case]:
    with MariaDB.installed() as server, _Restarts(server.running) as running:
        settings = {"KOSORONG_DATABASE_URL": server.database("library")}
        yield Case("MariaDB restarted, 15 s away", 15, running.away, settings)


@contextmanager
def _redis(folder: Path) -> Iterator[Case]:
    port = free_port()
    with _Restarts(lambda: redis(folder, port)) as running:
        settings = {"KOSORONG_QUEUE_URL": f"redis://127.0.0.1:{port}/0"}
        title = "Redis restarted with nothing in it, 15 s away"
        yield Case(title, 15, running.away, settings, speaks=False)


@contextmanager
def _bucket(folder: Path) -> Iterator[Case]:
    port = free_port()
    with bucket(folder, port) as address, Proxy(port) as proxy:
        settings = {
            "KOSORONG_STORAGE": address.replace(str(port), str(proxy.port)),
            "KOSORONG_S3_ACCESS_KEY": "jeju",
            "KOSORONG_S3_SECRET_KEY": "hallasan",
        }
        title = "S3 endpoint refuses connections, 20 s"
        yield Case(title, 20, lambda crew: proxy.closed(), settings)


@contextmanager
def _unwritable(folder: Path) -> Iterator[Case]:
    with mounted(folder / "files") as place:
        settings = {"KOSORONG_STORAGE": str(place)}
        yield Case("folder of files read-only, 20 s", 20, lambda crew: read_only(place), settings)


@contextmanager
def _full_files(folder: Path) -> Iterator[Case]:
    with mounted(folder / "files") as place:
        settings = {"KOSORONG_STORAGE": str(place)}
        title = "disk of the files full (tmpfs), 20 s"
        yield Case(title, 20, lambda crew: filled(place), settings)


@contextmanager
def _full(folder: Path) -> Iterator[Case]:
    with mounted(folder / "both") as place:
        title = "disk of SQLite and files full (tmpfs), 20 s"
        settings = {"KOSORONG_DATA": str(place)}
        yield Case(title, 20, lambda crew: filled(place), settings)


CASES: dict[str, Callable[[Path], AbstractContextManager[Case]]] = {
    "inference": _inference,
    "mariadb": _mariadb,
    "redis": _redis,
    "bucket": _bucket,
    "read-only": _unwritable,
    "full-files": _full_files,
    "full": _full,
}


def run(cases: list[str], seed: int, folder: Path, command: str) -> Result:
    """Run cases, each with a library of its own; what cannot be tried here is told.

    Args:
        cases: Names of `CASES`; all of them where empty.
        seed: Of the texts.
        folder: Empty.
        command: For the page.
    """
    rows, notes = [], []
    for name in tqdm(cases or list(CASES), desc="outages", unit="case", file=sys.stderr):
        (folder / name).mkdir()
        try:
            with CASES[name](folder / name) as case:
                rows.append(ride_out(case, folder / name / "library", seed))
        except pytest.skip.Exception as missing:
            notes.append(f"{name} was not tried: {missing}.")
    return result("outages", command, seed, rows, notes)
