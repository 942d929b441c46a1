"""A backup made while a book is being made and read, put back and compared."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from chaos.results import Row

from load.found import Found
from load.readers import paths_of, reading
from load.service import ROOT, Service, environment, running, story, until

_TAKES, _TAKE_KIB = 1024, 256
_CLIENTS = 8
_BAR_SECONDS = 600.0
_BAR_BYTES = 10e9
_SAMPLE = 200


def run(folder: Path) -> Found:
    """Fill a library with sound, back it up under load, put it back, and compare what is served."""
    one, two, archive = folder / "one", folder / "two", folder / "library.tar"
    _python("make_takes.py", str(one), str(_TAKES), str(_TAKE_KIB << 10))
    with running("serve", one) as service:
        book = service.told("/api/books/", {"title": "긴 책", "text": story(100)})["id"]
        until(lambda: service.told(f"/api/books/{book}/")["segments"]["done"] > 4)
        floor = _content(service, book)
        paths = paths_of(service, 1, book)
        with reading(service, paths, _CLIENTS, 0.1) as answers:
            backup = _kosorong("backup", archive, one)
        service.ask(f"/api/books/{book}/cancel/", {})
        before = _content(service, 1)
    restore = _kosorong("restore", archive, two)
    with running("api", two) as service:
        after, made = _content(service, 1), _content(service, book)
        finished = service.told(f"/api/books/{book}/")["segments"]["done"]
    size = archive.stat().st_size
    worst = max(backup, restore) * _BAR_BYTES / size
    lost = _lost(before, after) + _lost(floor, made)
    row = Row(
        "restore from a backup made under load",
        "complete, ≤ 10 min for 10 GB extrapolated from what was measured",
        f"{len(before) + len(floor)} segments compared, {lost} differ; backup {backup:.1f} s,"
        f" restore {restore:.1f} s for {size / 1e6:.0f} MB: {worst / 60:.1f} min for 10 GB",
        not lost and worst <= _BAR_SECONDS and not answers.wrong,
    )
    notes = [
        (
            f"{_CLIENTS} clients read all the while ({answers.rate:.0f} requests/s, p95"
            f" {answers.p95:.0f} ms, {len(answers.wrong)} errors); {finished} segments of the book"
            f" that was being made came back, {len(floor)} were done when the backup began."
        ),
    ]
    figures = {"backup_seconds": backup, "restore_seconds": restore, "bytes": size}
    return Found([row], notes, figures)


def _content(service: Service, book: int) -> dict[str, str]:
    """Return a hash of each segment that is done: its texts, and the bytes of its sound."""
    path = f"/api/books/{book}/segments/?page_size={_SAMPLE}"
    rows: list[dict[str, Any]] = service.told(path)["results"]
    return {
        str(row["id"]): _hash(row["text"], row["beside"], service.ask(row["audio"])[1])
        for row in rows
        if row["audio"]
    }


def _hash(*parts: str | bytes) -> str:
    found = hashlib.sha256()
    for part in parts:
        found.update(part.encode() if isinstance(part, str) else part)
    return found.hexdigest()


def _lost(before: dict[str, str], after: dict[str, str]) -> int:
    return sum(after.get(number) != told for number, told in before.items())


def _kosorong(command: str, archive: Path, data: Path) -> float:
    return _timed("-m", "kosorong", command, str(archive), "--data", str(data))


def _python(script: str, *words: str) -> float:
    return _timed(str(ROOT / "scripts" / "load" / script), *words)


def _timed(*words: str) -> float:
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, *words], env=environment(), check=True, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - started
