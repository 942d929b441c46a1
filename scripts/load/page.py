"""The measured and reckoned blocks of `docs/explanation/scale.md`, written anew from figures."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_NEEDED = ("one-core", "load", "memory", "restore", "simulation")
_BOOK_HOURS = 6.0
"""Length of a book that is reckoned with: some 80,000 letters of Korean."""
_DAY = 86_400.0
_BUSY = 0.6
"""Share of a day or of a core that may be planned with."""
_KBIT = 64_000
"""Bits a second of an M4B file, for those who listen to files."""


@dataclass(frozen=True, slots=True)
class Costs:
    """What an hour of audiobook and a listener cost, from what was measured.

    Attributes:
        inference: Processor seconds of the inference server for a second of audiobook.
        worker: Of the worker.
        segments: In an hour of audiobook.
        bytes: Of takes in an hour.
        shared: Seconds of MariaDB a segment, of one core.
        request: Processor seconds of the API a request.
    """

    inference: float
    worker: float
    segments: float
    bytes: float
    shared: float
    request: float

    @property
    def hour(self) -> float:
        """Processor seconds of an hour of audiobook, with inference, worker and database."""
        return 3600 * (self.inference + self.worker) + self.segments * self.shared

    def books_a_day(self, cores: float) -> float:
        """Return how many books of six hours some cores make in a day."""
        return _BUSY * cores * _DAY / (self.hour * _BOOK_HOURS)


def costs(figures: dict[str, Any]) -> Costs:
    """Return the costs that follow from the figures of all trials."""
    core = figures["one-core"]
    seconds = core["audio_seconds"]
    return Costs(
        inference=core["processor"]["inference"] / seconds,
        worker=core["processor"]["worker"] / seconds,
        segments=3600 * core["segments"] / seconds,
        bytes=3600 * core["audio_bytes"] / seconds,
        shared=figures["simulation"]["shared"],
        request=figures["load"]["api_seconds"],
    )


def write(folder: Path, page: Path) -> None:
    """Put the figures of a folder into the marked blocks of the page.

    Raises:
        SystemExit: A trial has not been run yet, or the page has lost a mark.
    """
    missing = [name for name in _NEEDED if not (folder / f"{name}.json").is_file()]
    if missing:
        raise SystemExit(f"{page.name} wants the trials {', '.join(missing)}: run them first.")
    figures = {name: json.loads((folder / f"{name}.json").read_text("utf-8")) for name in _NEEDED}
    text = page.read_text("utf-8")
    for name, block in BLOCKS.items():
        marks = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        found = marks.search(text)
        if found is None:
            raise SystemExit(f"{page} has no block <!-- {name} --> … <!-- end -->.")
        told = "\n".join(block(figures, costs(figures)))
        text = f"{text[: found.end(1)]}{told}\n{text[found.start(2) :]}"
    page.write_text(text, "utf-8")


def _table(head: tuple[str, ...], *rows: tuple[str, ...]) -> list[str]:
    lines = [head, ("---",) * len(head), *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]


def _measured(figures: dict[str, Any], cost: Costs) -> list[str]:
    core, load, memory = figures["one-core"], figures["load"], figures["memory"]
    beside = figures["simulation"]["real"][0]["worker"] / _segments(figures)
    restore = figures["restore"]
    back = restore["restore_seconds"] * 10e9 / restore["bytes"] / 60
    rows = (
        ("inference, a second of audiobook", _ms(cost.inference), "`one-core`"),
        ("worker, a second of audiobook", _ms(cost.worker), "`one-core`"),
        ("segments in an hour of audiobook", f"{cost.segments:.0f}", "`one-core`"),
        ("takes (FLAC) of an hour", f"{cost.bytes / 1e6:.0f} MB", "`one-core`"),
        ("made a wall-clock second, all on one core", f"{_speed(core):.0f} s", "`one-core`"),
        ("memory, producing and read", f"{core['most_mb']:.0f} MB", "`one-core`"),
        ("memory, idle", f"{memory['idle_mb']:.0f} MB", "`memory`"),
        ("API, a request of a listener", _ms(cost.request), "`load`"),
        ("requests a second, one API process", f"{load['rate']:.0f}", "`load`"),
        ("MariaDB, a segment", _ms(cost.shared), "`simulation`"),
        (
            "worker beside MariaDB, a segment",
            _ms(beside),
            "`simulation`",
        ),
        ("restore of 10 GB", f"{back:.1f} min", "`restore`"),
    )
    told = [f"Taken on {core['date']}: {core['machine']}.", ""]
    return told + _table(("measure", "figure", "trial"), *rows)


def _segments(figures: dict[str, Any]) -> float:
    simulation = figures["simulation"]
    return float(simulation["real"][0]["database"] / simulation["shared"])


def _speed(core: dict[str, Any]) -> float:
    return float(core["audio_seconds"] / core["wall_seconds"])


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.1f} ms of a core"


def _cost(figures: dict[str, Any], cost: Costs) -> list[str]:
    request = _requests_a_second(cost)
    cores = 1000 * request * cost.request
    rows = (
        (
            "an hour of audiobook",
            (
                f"{cost.hour:.0f} s of a core, {cost.bytes / 1e6:.0f} MB of takes,"
                f" {_KBIT / 8 * 3600 / 1e6:.0f} MB for each file of it"
            ),
        ),
        (
            f"a book of {_BOOK_HOURS:.0f} hours",
            (
                f"{cost.hour * _BOOK_HOURS / 60:.1f} min of a core,"
                f" {cost.bytes * _BOOK_HOURS / 1e9:.2f} GB"
            ),
        ),
        (
            "a thousand listeners at once, page",
            (
                f"{1000 * request:.0f} requests/s, {cores:.1f} cores of API,"
                f" {1000 * cost.bytes * 8 / 3600 / 1e6:.0f} Mbit/s"
            ),
        ),
        (
            "a thousand listeners at once, files",
            f"{1000 * _KBIT / 1e6:.0f} Mbit/s, from a bucket: nothing of the API",
        ),
    )
    return _table(("what", "costs"), *rows)


def _requests_a_second(cost: Costs) -> float:
    """Return what a listener on the page asks: each segment's sound, a place every ten seconds."""
    return cost.segments / 3600 * 1.05 + 0.1


def _breaks(figures: dict[str, Any], cost: Costs) -> list[str]:
    head = ("books a day", "cores that make them", "MariaDB", "new storage a day", "listeners' API")
    rows = [_scale(books, cost) for books in (10, 100, 10_000)]
    one = cost.books_a_day(1)
    told = [
        "",
        f"One core, {100 * _BUSY:.0f} % of the day, makes {one:.0f} such books a day.",
    ]
    return _table(head, *rows) + told


def _scale(books: int, cost: Costs) -> tuple[str, ...]:
    hours = books * _BOOK_HOURS
    cores = hours * cost.hour / _DAY / _BUSY
    database = hours * cost.segments * cost.shared / _DAY
    # A book is heard by ten in its first day: as many hours, ten times.
    api = 10 * hours * 3600 / _DAY * _requests_a_second(cost) * cost.request
    return (
        f"{books:,}",
        f"{cores:.2f}, so {max(1, math.ceil(cores))}",
        f"{100 * database:.2f} % of a core",
        f"{hours * cost.bytes / 1e9:.1f} GB",
        f"{api:.2f} cores, so {max(1, math.ceil(api / _BUSY))} processes",
    )


def _simulated(figures: dict[str, Any], cost: Costs) -> list[str]:
    told = figures["simulation"]
    real = [
        (
            str(run["workers"]),
            f"{run['seconds']:.1f} s",
            f"{told['predicted'][str(run['workers'])]:.1f} s",
            f"{100 * (told['predicted'][str(run['workers'])] / run['seconds'] - 1):+.1f} %",
        )
        for run in told["real"]
    ]
    lines: tuple[tuple[str, Callable[[dict[str, float]], str]], ...] = (
        ("until the last segment", lambda one: f"{one['makespan'] / 3600:.2f} h"),
        ("segments written down", lambda one: f"{one['segments']:,}"),
        ("written down twice", lambda one: f"{one['twice']}"),
        ("made in vain: the claim had run out", lambda one: f"{one['refused']}"),
        ("deaths of workers", lambda one: f"{one['deaths']}"),
        ("workers busy", lambda one: f"{100 * one['utilisation']:.1f} %"),
        ("MariaDB busy", lambda one: f"{100 * one['database']:.1f} %"),
        ("a short book's first sentence, p95", lambda one: f"{one['heard_p95']:.1f} s"),
        ("the longest wait for it", lambda one: f"{one['heard_longest']:.1f} s"),
        ("the longest wait for a whole short book", lambda one: f"{one['finished_longest']:.0f} s"),
    )
    shown = [(name, say(told["calm"]), say(told["rough"])) for name, say in lines]
    return [
        *_table(("workers", "real", "simulated", "difference"), *real),
        "",
        *_table(("", "nothing fails", "workers and queue fail"), *shown),
    ]


BLOCKS: dict[str, Callable[[dict[str, Any], Costs], list[str]]] = {
    "measured": _measured,
    "cost": _cost,
    "breaks": _breaks,
    "simulated": _simulated,
}
"""Marks in the page, and what stands between them and the next `<!-- end -->`."""
