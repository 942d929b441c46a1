"""Many readers while a book is made: 32 at once, all on one core, and the memory it takes."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chaos.results import Row

from load.found import Found
from load.readers import paths_of, reading
from load.service import Service, filled, running, story, until

_SECONDS = 20.0
_CLIENTS = 32
_LISTENERS = 8
_LISTENER_PAUSE = 0.5
_SHELF = (40, 8000, 2000)
"""Books, segments and the longest book of a library that is read."""
_GIB_MB = 2**30 / 1e6


@contextmanager
def _being_made(data: Path) -> Iterator[tuple[Service, int]]:
    """Run the whole service with a novel in production, something of which can be heard."""
    filled(data, *_SHELF)
    with running("serve", data) as service:
        book = int(service.told("/api/books/", {"title": "긴 책", "text": story(200)})["id"])
        path = f"/api/books/{book}/"
        until(lambda: service.told(path)["segments"]["done"] > 0)
        yield service, book


def load(folder: Path) -> Found:
    """Let 32 clients ask, each as soon as it has its answer, on two cores."""
    cores = len(os.sched_getaffinity(0))
    with _being_made(folder / "data") as (service, book):
        paths = paths_of(service, 1, book)
        done = service.told(f"/api/books/{book}/")["segments"]["done"]
        used = service.seconds()
        with reading(service, paths, _CLIENTS) as answers:
            time.sleep(_SECONDS)
        worked = {part: spent - used.get(part, 0) for part, spent in service.seconds().items()}
        made = service.told(f"/api/books/{book}/")["segments"]["done"] - done
    wrong, rate = len(answers.wrong), answers.rate
    row = Row(
        f"reads under load: {cores} cores, loopback, {_CLIENTS} clients, while a book is produced",
        "≥ 150 requests/s, p95 ≤ 250 ms, no error",
        f"{rate:.0f} requests/s, p95 {answers.p95:.0f} ms, {wrong} errors",
        rate >= 150 and answers.p95 <= 250 and not wrong,
    )
    api = worked.get("api", 0.0) / max(1, len(answers.milliseconds))
    notes = [
        (
            f"{len(answers.milliseconds)} requests in {answers.seconds:.0f} s, median"
            f" {answers.median:.0f} ms; {made} segments were made meanwhile."
        ),
        f"The API used {1000 * api:.2f} ms of processor a request, the clients the rest.",
        *sorted(set(answers.wrong))[:3],
    ]
    figures = {"rate": rate, "p95_ms": answers.p95, "api_seconds": api, "made": made}
    return Found([row], notes, figures)


def one_core(folder: Path) -> Found:
    """Pin everything and the listeners to one core; weigh it each second."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    data = folder / "data"
    with _being_made(data) as (service, book):
        paths = paths_of(service, 1, book)
        before, used = _state(service, book, data), service.seconds()
        with _weighed(service) as weights:
            with reading(service, paths, _LISTENERS, _LISTENER_PAUSE) as answers:
                time.sleep(_SECONDS)
            # How far the book comes while nobody asks tells what it costs alone.
            alone, quiet = _state(service, book, data), service.seconds()
            time.sleep(_SECONDS)
            after, spent = _state(service, book, data), service.seconds()
    most, wrong = max(weights), len(answers.wrong)
    row = Row(
        f"everything on one core, a novel in production, {_LISTENERS} listeners reading,"
        " summed PSS each second",
        "p95 ≤ 300 ms, never over 1 GiB, no error",
        f"p95 {answers.p95:.0f} ms, {most:.0f} MB at most, {wrong} errors",
        answers.p95 <= 300 and most <= _GIB_MB and not wrong,
    )
    made = after["segments"] - alone["segments"]
    figures = {
        "p95_ms": answers.p95,
        "most_mb": most,
        "rate": answers.rate,
        "segments": made,
        "audio_seconds": after["seconds"] - alone["seconds"],
        "wall_seconds": after["at"] - alone["at"],
        "processor": {part: spent[part] - quiet.get(part, 0.0) for part in spent},
        "audio_bytes": after["bytes"] - alone["bytes"],
    }
    shared = alone["segments"] - before["segments"]
    busy = sum(quiet.values()) - sum(used.values())
    notes = [
        (
            f"{answers.rate:.0f} requests/s, median {answers.median:.0f} ms; {shared} segments made"
            f" meanwhile with {busy:.0f} s of processor, {made} in as long with no listener."
        ),
        *sorted(set(answers.wrong))[:3],
    ]
    return Found([row], notes, figures)


def _state(service: Service, book: int, data: Path) -> dict[str, float]:
    """Return how far a book is: segments, seconds of it, and bytes of all takes."""
    at = time.monotonic()
    done = int(service.told(f"/api/books/{book}/")["segments"]["done"])
    takes = (path for path in (data / "files").rglob("*.flac"))
    size = sum(path.stat().st_size for path in takes)
    return {"segments": done, "seconds": service.heard(book), "bytes": size, "at": at}


@contextmanager
def _weighed(service: Service) -> Iterator[list[float]]:
    """Weigh all processes once a second until the block ends; MB."""
    weights, stopped = [service.pss()], threading.Event()

    def weigh() -> None:
        while not stopped.wait(1.0):
            weights.append(service.pss())

    thread = threading.Thread(target=weigh)
    thread.start()
    try:
        yield weights
    finally:
        stopped.set()
        thread.join()


def memory(folder: Path) -> Found:
    """Weigh all processes of the embedded profile: idle, and while books are made and fetched."""
    with running("serve", folder / "data") as service:
        time.sleep(5)
        fresh = service.pss()
        with _weighed(service) as weights:
            first = service.told("/api/books/", {"title": "첫 책", "text": story(1)})["id"]
            until(lambda: service.told(f"/api/books/{first}/")["status"] == "done")
            until(lambda: service.ask(f"/api/books/{first}/exports/m4b/?wait=20")[0] == 200)
            long = service.told("/api/books/", {"title": "긴 책", "text": story(60)})["id"]
            time.sleep(_SECONDS)
            service.ask(f"/api/books/{long}/cancel/", {})
        time.sleep(10)
        idle = max(fresh, service.pss())
    most = max(weights)
    row = Row(
        "memory of everything (PSS), idle; producing, embedded profile",
        "≤ 400 MB; ≤ 600 MB (goal 300; 450)",
        f"{idle:.0f} MB; {most:.0f} MB",
        idle <= 400 and most <= 600,
    )
    notes = [f"{fresh:.0f} MB before the first book, {idle:.0f} MB ten seconds after the last."]
    return Found([row], notes, {"fresh_mb": fresh, "idle_mb": idle, "producing_mb": most})
