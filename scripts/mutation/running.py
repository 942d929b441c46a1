"""Sessions of pytest, each in a process of its own, that run chosen tests on changed code.

A mutant meets a process that no test and no other mutant has touched. Most are made in a fork of
one that has collected every test and made the database, and has run no test: there the code of the
changed function is put into the function objects, so that every name that was imported sees it.
That is sound where none of the changed lines ran while that process warmed up. All others (a table,
a pattern, a default, what an import calls) are imported anew: a process that knows nothing of the
packages yet compiles the changed tree in the place of the file. Programs that a test starts know
nothing of the change: they read the files, and no file is written.
"""

from __future__ import annotations

import contextlib
import gc
import importlib.machinery
import mmap
import multiprocessing
import os
import resource
import signal
import struct
import sys
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from types import CodeType, FunctionType

import hypothesis
import pytest

from mutation.operators import Mutant, mutated

WARM = "scripts/mutation/warm.py"
# Without --assert=plain pytest itself loads the files that are named to it, past the changed tree.
_OPTIONS = (
    "--capture=no", "--tb=no", "-W", "ignore::pytest.PytestAssertRewriteWarning",
    "--assert=plain", "-p", "no:cacheprovider", "-o", "tmp_path_retention_policy=none",
)  # fmt: skip
_PASSED, _FAILED, _UNFIT = 0, 1, 77
_AT_LEAST, _TIMES, _BY_THE_CLOCK = 5.0, 10.0, 40.0
"""A test may take five seconds or ten times what it took, and forty times that by the clock."""
_MEMORY = 8 << 30
"""Bytes that a mutant may ask for: some ask without end."""


@dataclass(frozen=True, slots=True)
class Suite:
    """Which tests are run, and what is changed.

    Attributes:
        root: The repository.
        tests: Paths and options for pytest.
        sources: The files, below the root.
        log: What pytest printed.
    """

    root: Path
    tests: tuple[str, ...]
    sources: tuple[str, ...]
    log: Path

    def arguments_of(self, files: Sequence[str] = ()) -> list[str]:
        """Return arguments for pytest, for these files or all."""
        options = [one for one in self.tests if one.startswith("-")]
        paths = files or [one for one in self.tests if not one.startswith("-")]
        base = f"--basetemp={self.log.parent / f'tests-{os.getpid()}'}"
        return [*_OPTIONS, base, *options, WARM, *paths]


@dataclass(frozen=True, slots=True)
class Task:
    """What a process is asked: to run tests, in this order, up to the first that fails.

    Attributes:
        tests: Names, and what each took of the processor in seconds.
        mutant: What is changed; None for the code as it is.
    """

    tests: dict[str, float]
    mutant: Mutant | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it.

    Attributes:
        outcome: `passed`, `failed`, `timed out`, or `unfit` where it has to be imported anew.
        test: The test that failed; empty where the import did.
    """

    outcome: str
    test: str = ""


class Plugin:
    """A session that does what its `run` says instead of running everything."""

    def __init__(self) -> None:
        self.warm: pytest.Item | None = None
        self.failures = 0

    def run(self, session: pytest.Session) -> None:
        """Do it; `session.items` are all tests."""
        raise NotImplementedError

    def pytest_sessionstart(self) -> None:
        """Have hypothesis report an example as found: nobody reads the smallest."""
        settings = hypothesis.settings
        phases = [one for one in hypothesis.Phase if one.name in ("explicit", "generate")]
        settings.register_profile("mutation", settings(), phases=phases)
        settings.load_profile("mutation")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Stand in for pytest's own loop."""
        if session.testsfailed:
            self.failures += session.testsfailed
            return True
        self.warm = next(one for one in session.items if one.nodeid.startswith(WARM))
        self.run(session)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count what fails, in setup and teardown too."""
        self.failures += report.failed

    def warm_up(self, session: pytest.Session) -> None:
        """Do what every test that asks for the database would do first."""
        if self.warm is None or not self.passes(self.warm, session.items[-1]):
            raise RuntimeError("The database of the tests cannot be made.")

    def passes(self, item: pytest.Item, following: pytest.Item | None = None) -> bool:
        """Run a test; what lasts for the whole session stays for the one that follows."""
        before, following = self.failures, following or self.warm
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        return self.failures == before


class _Running(Plugin):
    """Runs the tests of a task and says which it is at."""

    def __init__(self, task: Task, at: mmap.mmap) -> None:
        super().__init__()
        self.task = task
        self.at = at

    def run(self, session: pytest.Session) -> None:
        items = {item.nodeid: item for item in session.items}
        names = list(self.task.tests)
        order = [n for n in names if n in items]
        # What commits for good empties the tables behind itself: it comes last.
        for name in sorted(order, key=lambda one: commits(items[one])):
            _note(self.at, names.index(name))
            _limit(self.task.tests[name])
            if not self.passes(items[name]):
                return


class _Serving(_Running):
    """Waits, warm, and answers each task from a fork of itself."""

    def __init__(self, suite: Suite, channel: Connection) -> None:
        super().__init__(Task({}), mmap.mmap(-1, 4))
        self.suite = suite
        self.channel = channel

    def run(self, session: pytest.Session) -> None:
        self.warm_up(session)
        functions = _functions(str(self.suite.root / one) for one in self.suite.sources)
        self.channel.send("warm")
        while (task := self.channel.recv()) is not None:
            run = partial(self._run, task, session, functions)
            self.channel.send(_forked(task, run, self.at))

    def _run(self, task: Task, session: pytest.Session, functions: Functions) -> int:
        self.task = task
        if task.mutant is not None and not _swap(self.suite.root, task.mutant, functions):
            return _UNFIT
        super().run(session)
        return _FAILED if self.failures else _PASSED


Functions = dict[tuple[str, str, int], list[FunctionType]]


class Warm:
    """A process that has imported everything and run nothing."""

    def __init__(self, suite: Suite) -> None:
        self.channel, theirs = multiprocessing.Pipe()
        self.process = multiprocessing.get_context("fork").Process(
            target=self._serve, args=(suite, theirs)
        )
        self.process.start()
        theirs.close()
        self.channel.recv()

    def ask(self, task: Task) -> Answer:
        """Run a task in a fork of it."""
        self.channel.send(task)
        answer: Answer = self.channel.recv()
        return answer

    def close(self) -> None:
        """End it."""
        self.channel.send(None)
        self.process.join()

    def _serve(self, suite: Suite, theirs: Connection) -> None:
        self.channel.close()
        hush(suite.log)
        pytest.main(suite.arguments_of(), plugins=[_Serving(suite, theirs)])


def ask_cold(suite: Suite, task: Task) -> Answer:
    """Run a task in a process that imports everything anew, the changed file as it is changed."""
    at = mmap.mmap(-1, 4)
    return _forked(task, lambda: _run_cold(suite, task, at), at)


def _run_cold(suite: Suite, task: Task, at: mmap.mmap) -> int:
    hush(suite.log)
    if task.mutant is not None:
        _replace(suite.root, task.mutant)
    running = _Running(task, at)
    _note(at, -1)
    _limit(60)
    files = list(dict.fromkeys(name.partition("::")[0] for name in task.tests))
    code = pytest.main(suite.arguments_of(files), plugins=[running])
    return _FAILED if running.failures or code else _PASSED


def commits(item: pytest.Item) -> bool:
    """Say whether a test writes to the database for good."""
    marker = item.get_closest_marker("django_db")
    fixtures = getattr(item, "fixturenames", ())
    return bool(
        (marker is not None and marker.kwargs.get("transaction"))
        or {"transactional_db", "live_server"} & set(fixtures)
    )


def hush(log: Path) -> None:
    """Let what a process prints go to a file."""
    with log.open("ab") as file:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
            os.dup2(file.fileno(), stream.fileno())


def _forked(task: Task, run: Callable[[], int], at: mmap.mmap) -> Answer:
    process = os.fork()
    if process == 0:
        code = _FAILED
        try:
            os.setpgid(0, 0)
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.RLIM_INFINITY))
            code = run()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    _, status = os.waitpid(process, 0)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process, signal.SIGKILL)  # what a test left behind
    index = struct.unpack("i", at[:])[0]
    test = list(task.tests)[index] if index >= 0 else ""
    if os.WIFSIGNALED(status):
        timers = (signal.SIGPROF, signal.SIGALRM)
        return Answer("timed out" if os.WTERMSIG(status) in timers else "failed", test)
    outcome = {_PASSED: "passed", _UNFIT: "unfit"}.get(os.WEXITSTATUS(status), "failed")
    return Answer(outcome, test if outcome == "failed" else "")


def _note(at: mmap.mmap, index: int) -> None:
    at[:] = struct.pack("i", index)


def _limit(seconds: float) -> None:
    """End this process where it takes far longer than a test took on the code as it is."""
    most = max(_AT_LEAST, _TIMES * seconds)
    signal.setitimer(signal.ITIMER_PROF, most)
    signal.setitimer(signal.ITIMER_REAL, _BY_THE_CLOCK * most)


def _functions(paths: Iterable[str]) -> Functions:
    """Return the live functions of files by file, dotted name and line."""
    wanted, found = set(paths), defaultdict(list)
    for one in gc.get_objects():
        if type(one) is FunctionType and one.__code__.co_filename in wanted:
            found[_key(one.__code__)].append(one)
    return found


def _key(code: CodeType) -> tuple[str, str, int]:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _swap(root: Path, mutant: Mutant, functions: Functions) -> bool:
    """Put the changed code into the functions that run it; say whether that can be done."""
    path = str(root / mutant.path)
    text = Path(path).read_text(encoding="utf-8")
    before = list(_codes(compile(text, path, "exec", dont_inherit=True)))
    after = list(_codes(compile(mutated(root, mutant), path, "exec", dont_inherit=True)))
    keys = [_key(code) for code in before]
    if keys != [_key(code) for code in after]:
        return False
    for old, new in zip(before, after, strict=True):
        for function in functions.get(_key(old), ()) if old != new else ():
            if function.__code__.co_freevars != new.co_freevars or keys.count(_key(old)) > 1:
                return False
            function.__code__ = new
    return True


def _codes(code: CodeType) -> Iterator[CodeType]:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one
            yield from _codes(one)


def _replace(root: Path, mutant: Mutant) -> None:
    """Let the next import of a file compile its changed tree."""
    loader, path = importlib.machinery.SourceFileLoader, str(root / mutant.path)
    get_code = loader.get_code

    def changed(self: importlib.machinery.SourceFileLoader, name: str) -> CodeType | None:
        if self.path == path:
            return compile(mutated(root, mutant), path, "exec", dont_inherit=True)
        return get_code(self, name)

    loader.get_code = changed  # type: ignore[method-assign, assignment]
