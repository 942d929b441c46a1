"""How many answers are worked out at the same time.

Threads take turns with one interpreter, and each row of SQLite hands the turn on: eight that read
at once get through less than two do, and the slowest answers come half as late again
(`scripts/load/run.py load`). So reads go two at a time, and the others stand in line for a moment.
Nobody waits longer than that: whatever takes its time is overtaken, and what sleeps until
something happens makes room first.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from rest_framework.permissions import SAFE_METHODS

_PLACES = threading.BoundedSemaphore(2)
# Longer than a turn, shorter than anybody would notice, seconds.
_PATIENCE = 0.1
_mine = threading.local()


def limit_reads(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Let two reads through at once; what writes goes its own way, it may take long."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return get_response(request)
        _mine.place = _PLACES.acquire(timeout=_PATIENCE)
        try:
            return get_response(request)
        finally:
            make_room()

    return handle


def make_room() -> None:
    """Give this thread's place to the next, as one that is going to sleep should."""
    if getattr(_mine, "place", False):
        _mine.place = False
        _PLACES.release()
