"""Answers that are made while they are sent, without a thread that waits for whoever reads them.

The server's own thread sends what is ready and comes again when more is: it takes a `Flow` for a
file (`wsgi.file_wrapper`). What comes next is worked out by two threads for all answers together,
one piece ahead of each reader. A reader who stops holds that piece and a socket, nothing else.
"""

from __future__ import annotations

import logging
import os
import queue
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

from django.db import close_old_connections
from django.http import StreamingHttpResponse

logger = logging.getLogger(__name__)

_AHEAD = 1 << 16
"""Bytes left of the last piece at which the next is asked for."""
_MOST = 1 << 18
"""Most bytes of one `read`: what a connection does not take of them is read again."""
# As many as reads go abreast: more of them would only take turns with one interpreter.
_THREADS = 2
# Whoever waits for a page goes before those who have a piece of sound to hear already.
_STANDS_BACK = 5
_asked: queue.SimpleQueue[Flow] = queue.SimpleQueue()
_begin = threading.Lock()
_working: list[threading.Thread] = []


class Flow:
    """Bytes that are made while they are read, as a file that can be read once from its start.

    Args:
        pieces: The bytes in order.
        length: Of all of them.

    Attributes:
        broken: Less came than was promised: the connection has to end.
    """

    def __init__(self, pieces: Iterator[bytes], length: int) -> None:
        self.broken = False
        self._pieces, self._length = pieces, length
        self._ready: deque[bytes] = deque()
        # Of the first piece that is ready, and of who reads.
        self._start = self._at = 0
        self._lock = threading.Lock()
        self._is_asked = self._is_closed = False
        self._wake: Callable[[], None] | None = None

    def sent_by(self, wake: Callable[[], None]) -> None:
        """Let `read` return nothing where nothing is ready; `wake` is called as soon as it is."""
        self._wake = wake

    @property
    def held(self) -> int:
        """Bytes that are ready."""
        with self._lock:
            return sum(map(len, self._ready))

    @property
    def ready(self) -> bool:
        """Whether there is something to send, or nothing more to wait for."""
        with self._lock:
            return self.broken or self._left() > 0

    def seekable(self) -> bool:
        """Say yes: the server asks where it is, and goes on from there."""
        return True

    def tell(self) -> int:
        """Return the position."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move; bytes before the position of a `read` cannot be read again."""
        self._at = offset + (0, self._at, self._length)[whence]
        return self._at

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes, fewer where no more of them are ready."""
        with self._lock:
            while self._ready and self._start + len(self._ready[0]) <= self._at:
                self._start += len(self._ready.popleft())
            data = b""
            if self._ready:
                first = self._at - self._start
                data = self._ready[0][first : first + min(size, _MOST)]
            self._at += len(data)
            asks = self._left() < _AHEAD and not (self._is_asked or self.broken)
            asks = asks and self._start + sum(map(len, self._ready)) < self._length
            self._is_asked = self._is_asked or asks
        if asks and self._wake is None:
            self.work()
            return data or self.read(size)
        if asks:
            _ask(self)
        return data

    def work(self) -> None:
        """Make the next piece."""
        piece = b""
        try:
            while not piece and not self._is_closed:
                piece = next(self._pieces)
        except StopIteration:
            pass
        except Exception:
            logger.exception("an answer ends in the middle")
        with self._lock:
            self.broken = self._is_closed or not piece
            if not self.broken:
                self._ready.append(piece)
            self._is_asked = False
        if self._wake is not None:
            self._wake()

    def close(self) -> None:
        """Let go of what is ready; no more is made."""
        with self._lock:
            self._is_closed = self.broken = True
            self._ready.clear()

    def _left(self) -> int:
        return self._start + sum(map(len, self._ready)) - self._at


class FlowingResponse(StreamingHttpResponse):
    """An answer that leaves without the thread that made it.

    Args:
        pieces: Its bytes in order.
        length: Of all of them.
        more: Of Django's answer.
    """

    block_size = _AHEAD

    def __init__(self, pieces: Iterator[bytes], length: int, **more: Any) -> None:
        super().__init__(pieces, **more)
        # Django hands this to the server's `wsgi.file_wrapper`, and lets it close the answer.
        self.file_to_stream = Flow(pieces, length)
        self._resource_closers.append(self.file_to_stream.close)


def _ask(flow: Flow) -> None:
    _asked.put(flow)
    with _begin:
        if not _working:
            for number in range(_THREADS):
                name = f"flow-{number}"
                _working.append(threading.Thread(target=_work, name=name, daemon=True))
                _working[-1].start()


def _work() -> None:
    # Linux knows priorities of threads; elsewhere there are none below those of processes.
    if sys.platform == "linux":
        own = threading.get_native_id()
        least = os.getpriority(os.PRIO_PROCESS, own) + _STANDS_BACK
        os.setpriority(os.PRIO_PROCESS, own, min(19, least))
    while True:
        flow = _asked.get()
        close_old_connections()
        flow.work()
        # An answer that is over goes now, not when the next is asked for.
        del flow
