"""Few at work, some waiting in order, nobody beyond that.

A request is admitted once and takes a turn for each piece of its work, so that a long stream of
segments lets a short request through after the segment at hand.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from kosorong.errors import ServiceError


class BusyError(ServiceError):
    """More requests than may wait."""


class Slot:
    """A request's place among those at work and waiting; left once, by whoever comes first."""

    def __init__(self, admission: Admission) -> None:
        self._admission: Admission | None = admission
        self._lock = threading.Lock()

    def leave(self) -> None:
        """Give the slot back; a second time does nothing."""
        with self._lock:
            admission, self._admission = self._admission, None
        if admission is not None:
            admission.release()


class Admission:
    """Lets requests in and gives them turns in order.

    Args:
        jobs: Turns at the same time.
        slots: Requests admitted at the same time.

    >>> admission = Admission(jobs=1, slots=1)
    >>> slot = admission.admit()
    >>> with admission.turn():
    ...     admission.admitted
    1
    >>> slot.leave()
    >>> admission.admitted
    0
    """

    def __init__(self, jobs: int, slots: int) -> None:
        self._free, self._slots = jobs, slots
        self._admitted = 0
        self._waiting: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    @property
    def admitted(self) -> int:
        """Requests at work or waiting."""
        return self._admitted

    def admit(self) -> Slot:
        """Take a slot.

        Raises:
            BusyError: All slots are taken.
        """
        with self._lock:
            if self._admitted >= self._slots:
                raise BusyError(
                    f"{self._admitted} requests are at work or waiting already.",
                    cure="Send it again in a few seconds.",
                )
            self._admitted += 1
        return Slot(self)

    def release(self) -> None:
        """Give one slot back."""
        with self._lock:
            self._admitted -= 1

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn, first come, first served, and keep it for the block."""
        mine: threading.Event | None = None
        with self._lock:
            if self._free:
                self._free -= 1
            else:
                mine = threading.Event()
                self._waiting.append(mine)
        if mine is not None:
            mine.wait()
        try:
            yield
        finally:
            with self._lock:
                # The turn goes straight to the next in line, so that nobody slips in between.
                if self._waiting:
                    self._waiting.popleft().set()
                else:
                    self._free += 1
