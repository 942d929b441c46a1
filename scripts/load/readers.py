"""Readers: threads that ask one page of the library after another, each on its own connection."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from load.service import Service, p95

_RANGE = {"Range": "bytes=0-65535"}
_HEARD = 12
"""Segments that are listened to, of each book that is opened."""


@dataclass(slots=True)
class Answers:
    """What readers got.

    Attributes:
        milliseconds: Of each answer, until its last byte.
        wrong: Answers that were none, or an error.
        seconds: From the first question to the last answer.
    """

    milliseconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.milliseconds) / self.seconds

    @property
    def p95(self) -> float:
        """Milliseconds that nineteen of twenty answers keep."""
        return p95(self.milliseconds)

    @property
    def median(self) -> float:
        """Milliseconds of the answer in the middle."""
        return sorted(self.milliseconds)[len(self.milliseconds) // 2]


def paths_of(service: Service, book: int, made: int) -> tuple[str, ...]:
    """Return what a listener asks for, in order: the page, the list, a book, its text, its sound.

    Args:
        service: Whose.
        book: One that lies there finished.
        made: One that is being made; something of it can be heard.
    """
    asset = service.ask("/")[1].decode().partition('src="')[2].partition('"')[0]
    page = ("/", asset) if asset else ()
    return (*page, "/api/books/", *_opened(service, book), *_opened(service, made))


def _opened(service: Service, book: int) -> tuple[str, ...]:
    path = f"/api/books/{book}/"
    text = f"{path}segments/?page_size=100"
    sounds = [row["audio"] for row in service.told(text)["results"] if row["audio"]]
    return (path, text, f"{path}bookmarks/", *sounds[:_HEARD])


@contextmanager
def reading(
    service: Service, paths: Sequence[str], clients: int, pause: float = 0.0
) -> Iterator[Answers]:
    """Ask until the block ends.

    Args:
        service: Whom.
        paths: One after another, each reader beginning at another.
        clients: How many ask at the same time.
        pause: Seconds between an answer and the next question.
    """
    answers, stopped = Answers(), threading.Event()
    threads = [
        threading.Thread(target=_read, args=(service, paths, number, pause, stopped, answers))
        for number in range(clients)
    ]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    try:
        yield answers
    finally:
        answers.seconds = time.perf_counter() - started
        stopped.set()
        for thread in threads:
            thread.join()


def _read(
    service: Service,
    paths: Sequence[str],
    number: int,
    pause: float,
    stopped: threading.Event,
    answers: Answers,
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
    while not stopped.is_set():
        path = paths[number % len(paths)]
        number += 1
        begun = time.perf_counter()
        try:
            connection.request("GET", path, headers=_RANGE if "audio" in path else {})
            answer = connection.getresponse()
            answer.read()
            good = answer.status in {200, 206}
            told = f"{path}: {answer.status}"
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            good, told = False, f"{path}: {error!r}"
        spent = 1000 * (time.perf_counter() - begun)
        if not stopped.is_set():
            answers.milliseconds.append(spent)
            if not good:
                answers.wrong.append(told)
        stopped.wait(pause)
    connection.close()
