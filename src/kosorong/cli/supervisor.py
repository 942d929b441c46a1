"""Keeps a few processes running together: restarts one that dies, stops all at once."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import IO

from kosorong.errors import ServiceError

# A process that lives this long is well again, and its next death counts as the first, seconds.
_WELL = 30.0
_LONGEST_PAUSE = 30.0
# Deaths in a row after which a process is given up, and everything stops with its message.
_MOST_DEATHS = 6
_GRACE = 10.0
_PARENT = "KOSORONG_SUPERVISOR"
_LOOK_SECONDS = 0.5


def leave_with_supervisor() -> None:
    """Let this process end, as by SIGTERM, once the supervisor that started it is gone.

    A supervisor that was killed stops nobody; processes that outlived it would hold their ports
    against its successor. Without a supervisor nothing happens.
    """
    supervisor = os.environ.get(_PARENT, "")
    if supervisor.isdecimal():
        threading.Thread(target=_leave_after, args=(int(supervisor),), daemon=True).start()


def _leave_after(supervisor: int) -> None:
    while os.getppid() == supervisor:
        time.sleep(_LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)


@dataclass(frozen=True, slots=True)
class ServiceProcess:
    """One process of the service.

    Attributes:
        name: As the log shows it.
        command: What is started.
        environment: Added to this process's own.
        nice: How far it stands back for the others where all want the processor, 0 to 19.
        vital: Whether everything ends where it cannot be kept alive; else it is tried for ever,
            and the others go on meanwhile.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    nice: int = 0
    vital: bool = True


@dataclass(slots=True)
class _Running:
    service: ServiceProcess
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    again_at: float = 0.0


class Supervisor:
    """Starts processes, passes their output on line by line, restarts them, stops them.

    Args:
        services: In the order they are started; they are stopped in the opposite order.
        log: Where their lines go, each behind the process's name.
        pause: Seconds before the first restart; doubled with every death in a row.
    """

    def __init__(
        self, services: Sequence[ServiceProcess], *, log: IO[str] | None = None, pause: float = 0.5
    ) -> None:
        self._running = [_Running(service) for service in services]
        self._log = log or sys.stderr
        self._lock = threading.Lock()
        self._pause = pause
        self._stopping = False

    def run(self, ready: Callable[[], None] | None = None) -> None:
        """Run until a signal (SIGINT, SIGTERM) or until a process cannot be kept alive.

        Args:
            ready: Called once after all were started.

        Raises:
            ServiceError: One died too often in a row.
        """
        with self._signals():
            try:
                for running in self._running:
                    self._start(running)
                if ready is not None:
                    ready()
                while not self._stopping:
                    for running in self._running:
                        self._watch(running)
                    time.sleep(0.1)
            finally:
                self._stop()

    def stop(self) -> None:
        """Ask `run` to stop everything and return."""
        self._stopping = True

    def _start(self, running: _Running) -> None:
        running.started = time.monotonic()
        running.process = subprocess.Popen(
            running.service.command,
            env={**os.environ, **running.service.environment, _PARENT: str(os.getpid())},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            # Ctrl-C goes to the whole group of a terminal; only this process is to get it.
            start_new_session=True,
        )
        if running.service.nice:
            # It has no threads yet: those that it starts will inherit this.
            with contextlib.suppress(OSError):
                os.setpriority(
                    os.PRIO_PROCESS, running.process.pid, os.nice(0) + running.service.nice
                )
        threading.Thread(
            target=self._pass_on, args=(running.service.name, running.process), daemon=True
        ).start()

    def _pass_on(self, name: str, process: subprocess.Popen[bytes]) -> None:
        if process.stdout is None:
            return
        with process.stdout:
            for line in process.stdout:
                self._say(name, line.decode("utf-8", "replace").rstrip())

    def _say(self, name: str, text: str) -> None:
        with self._lock:
            print(f"{time.strftime('%H:%M:%S')} {name:9} {text}", file=self._log, flush=True)

    def _watch(self, running: _Running) -> None:
        now = time.monotonic()
        if running.process is None:
            if now >= running.again_at:
                self._start(running)
            return
        code = running.process.poll()
        if code is None:
            return
        running.deaths = 1 if now - running.started > _WELL else running.deaths + 1
        if running.deaths >= _MOST_DEATHS and running.service.vital:
            raise ServiceError(
                f"{running.service.name} stopped {running.deaths} times in a row"
                f" (last exit code {code}).",
                cure="The lines above say why.",
            )
        wait = min(_LONGEST_PAUSE, self._pause * 2 ** (running.deaths - 1))
        self._say(
            running.service.name, f"stopped with exit code {code}; starting again in {wait:.1f} s"
        )
        running.process, running.again_at = None, now + wait

    def _stop(self) -> None:
        alive = [running for running in reversed(self._running) if running.process is not None]
        for running in alive:
            if running.process is not None and running.process.poll() is None:
                running.process.terminate()
        deadline = time.monotonic() + _GRACE
        for running in alive:
            if running.process is None:
                continue
            try:
                running.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                self._say(running.service.name, "did not stop in time and was killed")
                running.process.kill()
                running.process.wait()

    @contextlib.contextmanager
    def _signals(self) -> Iterator[None]:
        def stop(number: int, frame: FrameType | None) -> None:
            self._stopping = True

        if threading.current_thread() is not threading.main_thread():
            yield  # signals belong to the main thread; whoever runs us there calls stop()
            return
        previous = {s: signal.signal(s, stop) for s in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in previous.items():
                signal.signal(number, handler)
