"""A library of 100,000 segments in 500 books: is every page of it still fast?"""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from chaos.results import Row

from load.found import Found
from load.service import ROOT, environment, filled, p95, running

_BAR_MS = 100.0
_TIMES = 40
_FEW_BOOKS, _FEW_SEGMENTS = 5, 800
"""Books that queries are counted in first; and segments of those beside the long one."""


@dataclass(frozen=True, slots=True)
class Size:
    """Of the library: books, segments in all, segments of the longest book."""

    books: int = 500
    segments: int = 100_000
    longest: int = 10_000


MILLION = Size(5_000, 1_000_000, 10_000)


def questions(longest: int) -> dict[str, str]:
    """Return what is asked, by what a reader does; the longest book is the first one."""
    middle, rare = max(1, longest // 200), quote("설문대할망 3번째")
    return {
        "list": "/api/books/",
        "list, 500 a page": "/api/books/?page_size=500",
        "list, last page": "/api/books/?page=last",
        "search, one syllable": f"/api/books/?search={quote('눈')}",
        "search, in most books": f"/api/books/?search={quote('할망')}",
        "search, two words": f"/api/books/?search={rare}",
        "search, nothing found": f"/api/books/?search={quote('없는말이다')}",
        "open the long book": "/api/books/1/",
        "its first segments": "/api/books/1/segments/?page_size=100",
        "its middle segments": f"/api/books/1/segments/?page={middle}&page_size=100",
        "500 of its segments": "/api/books/1/segments/?page_size=500",
        "search in it": f"/api/books/1/segments/?search={quote('할망')}",
        "a middle chapter": f"/api/books/1/segments/?chapter={longest // 500}",
        "its bookmarks": "/api/books/1/bookmarks/",
        "open a short book": "/api/books/2/",
    }


def run(folder: Path, size: Size | None = None) -> Found:
    """Fill a library in an empty folder and ask it over HTTP."""
    size = size or Size()
    asked = questions(size.longest)
    few, many = folder / "few", folder / "many"
    filled(few, _FEW_BOOKS, size.longest + _FEW_SEGMENTS, size.longest)
    filled(many, size.books, size.segments, size.longest)
    times = _times(many, asked)
    before, after = _queries(few, asked), _queries(many, asked)
    grown = [name for name in asked if after[name] > before[name]]
    slow = [name for name, one in times.items() if p95(one) > _BAR_MS]
    what = f"{size.segments:,} segments in {size.books} books"
    worst = max(times, key=lambda name: p95(times[name]))
    rows = [
        Row(
            f"{what}: list, search, open a book of {size.longest:,}",
            f"p95 ≤ {_BAR_MS:.0f} ms over HTTP",
            f"the slowest of {len(asked)} questions, “{worst}”: p95 {p95(times[worst]):.0f} ms",
            not slow,
        ),
        Row(
            f"{what}, and the long one in {_FEW_BOOKS}",
            "the number of queries does not grow with books",
            f"{len(asked) - len(grown)} of {len(asked)} questions want no more queries"
            f" ({min(after.values())} to {max(after.values())})",
            not grown,
        ),
    ]
    told = (
        f"{name}: median {sorted(one)[len(one) // 2]:.0f}, p95 {p95(one):.0f} ms,"
        f" {after[name]} queries"
        for name, one in times.items()
    )
    return Found(rows, [*told], {name: p95(one) for name, one in times.items()})


def _times(folder: Path, asked: dict[str, str]) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in asked}
    with running("api", folder) as service:
        connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
        for turn in range(_TIMES + 1):
            for name, path in asked.items():
                started = time.perf_counter()
                connection.request("GET", path)
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    raise SystemExit(f"{path} is answered with {answer.status}.")
                # The first turn opens what stays open.
                if turn:
                    times[name].append(1000 * (time.perf_counter() - started))
        connection.close()
    return times


def _queries(folder: Path, asked: dict[str, str]) -> dict[str, int]:
    words = [sys.executable, str(ROOT / "scripts" / "load" / "queries.py"), str(folder)]
    done = subprocess.run(
        [*words, *asked.values()], env=environment(), check=True, stdout=subprocess.PIPE
    )
    return dict(zip(asked, json.loads(done.stdout), strict=True))
