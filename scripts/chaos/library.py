"""The library's processes, kept up as an operator's machine would, and a client that goes on."""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from load.service import ROOT

from local_servers import clean_environment, free_port

KOSORONG = (sys.executable, "-W", "ignore", "-m", "kosorong")
PARTS = ("inference", "api", "worker")
# As deploy/systemd/kosorong.service has it.
_RESTART_SECONDS = 2.0


class Crew:
    """Processes that are started again when they die, unless they are meant to be down.

    Args:
        commands: By name; started in this order.
        environment: Of all of them.
        log: Where their lines go.
    """

    def __init__(
        self, commands: Mapping[str, Sequence[str]], environment: Mapping[str, str], log: Path
    ) -> None:
        self.environment, self.log = dict(environment), log
        self.deaths: list[str] = []
        self._commands = dict(commands)
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._down: set[str] = set()
        self._lock, self._stopped = threading.Lock(), threading.Event()

    @contextmanager
    def running(self) -> Iterator[Crew]:
        """Run them until the block ends."""
        for name in self._commands:
            self._start(name)
        keeper = threading.Thread(target=self._keep, daemon=True)
        keeper.start()
        try:
            yield self
        finally:
            self._stopped.set()
            keeper.join()
            self._end()

    def process(self, name: str) -> int:
        """Return the number of a process."""
        return self._running[name].pid

    @contextmanager
    def without(self, name: str) -> Iterator[None]:
        """Kill a process, and keep it down until the block ends."""
        with self._lock:
            self._down.add(name)
            self._running[name].kill()
            self._running[name].wait()
        try:
            yield
        finally:
            with self._lock:
                self._down.discard(name)
                self._start(name)

    def _start(self, name: str) -> None:
        with self.log.open("ab") as lines:
            self._running[name] = subprocess.Popen(
                self._commands[name],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=lines,
                stderr=lines,
                start_new_session=True,
            )

    def _keep(self) -> None:
        again: dict[str, float] = {}
        while not self._stopped.wait(0.1):
            with self._lock:
                for name in self._commands.keys() - self._down:
                    if self._running[name].poll() is None:
                        continue
                    if name not in again:
                        self.deaths.append(name)
                        again[name] = time.monotonic() + _RESTART_SECONDS
                    elif time.monotonic() >= again[name]:
                        del again[name]
                        self._start(name)

    def _end(self) -> None:
        for one in reversed(self._running.values()):
            one.terminate()
        for one in self._running.values():
            try:
                one.wait(15)
            except subprocess.TimeoutExpired:
                one.kill()
                one.wait()


def children(process: int) -> dict[str, int]:
    """Return the parts that a running `kosorong serve` has now, by name."""
    try:
        told = Path(f"/proc/{process}/task/{process}/children").read_text()
    except OSError:
        return {}
    return {name: int(pid) for pid in told.split() for name in PARTS if name in _words(pid)}


def _words(process: str) -> list[str]:
    try:
        return Path(f"/proc/{process}/cmdline").read_text().split("\0")
    except OSError:
        return []


def kill(process: int) -> bool:
    """Kill a process as the kernel would; say whether it was there."""
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


_HEADERS = {"Content-Type": "application/json", "Host": "localhost"}


class Client:
    """Asks the API as a program would that wants its answer: again, until there is one.

    Args:
        port: Of the API on loopback.
        host: Its address there.
    """

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self._port, self._host = port, host

    def once(self, path: str, data: object = None, seconds: float = 60) -> tuple[int, bytes]:
        """Ask on a connection of its own; return status and answer.

        Raises:
            OSError: Nobody answers, or not to the end.
        """
        # Whoever asks sits at the machine, whichever of its addresses they ask at.
        connection = http.client.HTTPConnection(
            self._host, self._port, timeout=seconds, source_address=("127.0.0.1", 0)
        )
        body = None if data is None else json.dumps(data)
        try:
            connection.request("GET" if data is None else "POST", path, body, _HEADERS)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except http.client.HTTPException as error:
            raise ConnectionError(str(error)) from error
        finally:
            connection.close()

    def told(self, path: str, seconds: float = 120) -> Any:
        """Return what the API says, as soon as it says something."""
        end = time.monotonic() + seconds
        while True:
            try:
                status, answer = self.once(path)
                if status == 200:
                    return json.loads(answer)
            except OSError:
                status = 0
            if time.monotonic() > end:
                raise SystemExit(f"{path} is not answered for {seconds:.0f} s (last {status}).")
            time.sleep(0.1)

    def post(self, title: str, text: str) -> int:
        """Create a book and return its number, once, however often it takes to ask."""
        while True:
            try:
                status, answer = self.once("/api/books/", {"title": title, "text": text})
                if status == 201:
                    return int(json.loads(answer)["id"])
            except OSError:
                time.sleep(0.1)
            # The answer may have been lost, and the book there.
            for book in self.told("/api/books/?page_size=500")["results"]:
                if book["title"] == title:
                    return int(book["id"])

    def books(self) -> list[Any]:
        """Return all books."""
        return list(self.told("/api/books/?page_size=500")["results"])


def wait_for(what: Callable[[], object], seconds: float, why: str) -> None:
    """Wait until something is so.

    Raises:
        SystemExit: It never came to be.
    """
    end = time.monotonic() + seconds
    while True:
        try:
            if what():
                return
        except OSError:
            pass
        if time.monotonic() > end:
            raise SystemExit(f"{why}: not within {seconds:.0f} s.")
        time.sleep(0.1)


def settings_of(folder: Path, **settings: str) -> dict[str, str]:
    """Return the environment of a library in a folder: quiet, small, with nothing of ours."""
    temporary = folder / "tmp"
    temporary.mkdir(exist_ok=True)
    known = {
        "KOSORONG_DATA": str(folder / "data"),
        "KOSORONG_STARTER": "0",
        "KOSORONG_LOG_FORMAT": "json",
        "KOSORONG_INFERENCE_PORT": str(free_port()),
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONWARNINGS": "ignore",
        "OMP_NUM_THREADS": "1",
        "TMPDIR": str(temporary),
    }
    return clean_environment(**{**known, **settings})


_SENTENCE = re.compile(r"(?<=[.?!])\s+")


def story(chance: random.Random, book: int, segments: int) -> str:
    """Return a text of some length, no sentence of which stands anywhere else."""
    lines = (ROOT / "examples" / "seolmundae-halmang.txt").read_text(encoding="utf-8").splitlines()
    whole = [one for line in lines for one in _SENTENCE.split(line) if len(one) > 15]
    chosen = (chance.choice(whole).strip('"') for _ in range(segments))
    return "\n\n".join(f"{book * 1000 + n}, {text}" for n, text in enumerate(chosen))
