"""What a trial found, as a file that other programs can read."""

from __future__ import annotations

import json
import os
import platform
import time
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that has to hold.

    Attributes:
        trial: What was done.
        bar: What has to be.
        measured: What was.
        met: Whether that is enough.
    """

    trial: str
    bar: str
    measured: str
    met: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What a trial found.

    Attributes:
        name: Of the trial, and of its file.
        command: That does the same again.
        date: Day it was done on, YYYY-MM-DD.
        machine: Where.
        seed: Of all that was left to chance; None for nothing.
        rows: What has to hold.
        notes: What else was seen.
    """

    name: str
    command: str
    date: str
    machine: str
    seed: int | None
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def result(
    name: str, command: str, seed: int | None, rows: list[Row], notes: list[str] | None = None
) -> Result:
    """Return what was found here and today."""
    today = time.strftime("%Y-%m-%d")
    return Result(name, command, today, machine(), seed, tuple(rows), tuple(notes or ()))


def machine() -> str:
    """Return what this machine is, in a few words."""
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    system = f"{platform.system()} {platform.machine()}"
    return (
        f"{_processor()}, {cores} of {os.cpu_count()} cores, {memory:.0f} GiB, {system}, "
        f"Python {platform.python_version()}, load {load:.1f}"
    )


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or "unknown processor")


def save(found: Result, folder: Path) -> Path:
    """Write a result into a folder, in place of the one before."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{found.name}.json"
    path.write_text(json.dumps(asdict(found), ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path


def load(path: Path) -> Result:
    """Read a result.

    Raises:
        SystemExit: The file holds something else.
    """
    try:
        told = json.loads(path.read_text("utf-8"))
        rows = tuple(Row(**row) for row in told.pop("rows"))
        notes = tuple(map(str, told.pop("notes", ())))
        return Result(rows=rows, notes=notes, **told)
    except (KeyError, TypeError, ValueError) as error:
        raise SystemExit(f"{path} is no result of a trial ({error}): delete it.") from error
