"""Which lines each test runs, and what of the packages runs before any test does."""

from __future__ import annotations

import multiprocessing
import sys
import time
from dataclasses import dataclass, field
from functools import _lru_cache_wrapper
from pathlib import Path

import coverage
import pytest

from mutation import running

PACKAGES = ("kosorong", "kosorong_library")


@dataclass(slots=True)
class Seen:
    """What the tests did on the code as it is.

    Attributes:
        lines: By file and line, the tests that ran it.
        warm: By file, the lines that ran before any test did.
        seconds: Processor time of each test.
        failed: Tests that fail on the code as it is: nobody asks them.
    """

    lines: dict[str, dict[int, set[str]]] = field(default_factory=dict)
    warm: dict[str, set[int]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)


def watch(suite: running.Suite) -> Seen:
    """Run every test once, in a process of its own.

    Args:
        suite: The tests, and the files to watch.
    """
    ours, theirs = multiprocessing.Pipe()
    target = lambda: theirs.send(_watched(suite))  # noqa: E731
    process = multiprocessing.get_context("fork").Process(target=target)
    process.start()
    theirs.close()
    try:
        seen: Seen = ours.recv()
    except EOFError:
        printed = suite.log.read_text(encoding="utf-8", errors="replace")
        raise SystemExit(f"The tests cannot be collected:\n{printed[-4000:]}") from None
    process.join()
    return seen


def _watched(suite: running.Suite) -> Seen:
    running.hush(suite.log)
    cover = coverage.Coverage(
        data_file=None, config_file=False, include=[str(suite.root / one) for one in suite.sources]
    )
    watching = _Watching(cover, Seen())
    cover.start()
    pytest.main(suite.arguments_of(), plugins=[watching])
    cover.stop()
    if not watching.seen.seconds:
        raise SystemExit(1)
    _read(cover.get_data(), suite.root, watching.seen)
    return watching.seen


def _read(data: coverage.CoverageData, root: Path, seen: Seen) -> None:
    for name in data.measured_files():
        path = str(Path(name).relative_to(root))
        lines = data.contexts_by_lineno(name)
        seen.warm[path] = {line for line, tests in lines.items() if "" in tests}
        seen.lines[path] = {line: set(tests) - {""} for line, tests in lines.items()}


class _Watching(running.Plugin):
    """Runs each test under its own name."""

    def __init__(self, cover: coverage.Coverage, seen: Seen) -> None:
        super().__init__()
        self.cover = cover
        self.seen = seen

    def run(self, session: pytest.Session) -> None:
        self.warm_up(session)
        for item in session.items:
            if item is self.warm:
                continue
            _forget()
            self.cover.switch_context(item.nodeid)
            start = time.process_time()
            if not self.passes(item):
                self.seen.failed.add(item.nodeid)
            self.seen.seconds[item.nodeid] = time.process_time() - start


def _forget() -> None:
    """Empty the packages' caches: what a test finds in one it would not run."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in PACKAGES:
            for value in list(vars(module).values()):
                if isinstance(value, _lru_cache_wrapper):
                    value.cache_clear()
