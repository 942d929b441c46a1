"""Translated files that wait for whoever sent them, for some minutes, under keys by chance."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

MOST_FILES = 64
"""Each is at most as long as a text of one request; the oldest makes room."""
KEPT_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file.

    Attributes:
        name: What it is called where it is saved.
        content: Its bytes.
        until: When it goes, on the clock of its keeper.
    """

    name: str
    content: bytes
    until: float


class KeptFiles:
    """Files in memory; may be used from several threads.

    Args:
        clock: Seconds that only grow.

    >>> files = KeptFiles()
    >>> files.get(files.keep("a.txt", b"...")).name
    'a.txt'
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._files: dict[str, KeptFile] = {}

    def keep(self, name: str, content: bytes) -> str:
        """Keep a file; return the key that gives it back."""
        key = secrets.token_urlsafe(24)
        with self._lock:
            self._forget_old()
            while len(self._files) >= MOST_FILES:
                del self._files[next(iter(self._files))]
            self._files[key] = KeptFile(name, content, self._clock() + KEPT_SECONDS)
        return key

    def get(self, key: str) -> KeptFile | None:
        """Return a file, None where there is none any more."""
        with self._lock:
            self._forget_old()
            return self._files.get(key)

    def _forget_old(self) -> None:
        now = self._clock()
        self._files = {key: file for key, file in self._files.items() if file.until > now}
