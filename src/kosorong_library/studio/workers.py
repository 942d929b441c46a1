"""Work on a queue until told to stop; what is away for a moment is waited for."""

from __future__ import annotations

import logging
import secrets
import threading
from types import FrameType
from typing import Any

from django.conf import settings
from django.db import Error, connections
from django_tasks_db.management.commands.db_worker import Worker

from kosorong_library.config import processes, queue
from kosorong_library.studio import claims, pace, reconciler

logger = logging.getLogger(__name__)

_PAUSE_SECONDS = 2.0


def keep_working(name: str, stopped: threading.Event, *, main: bool) -> None:
    """Work on a queue until stopped; a task in hand is finished.

    Args:
        name: Of the queue.
        stopped: Set by the first signal.
        main: Whether this is the main thread, which hears signals.
    """
    broken, worker = False, f"{processes.worker_name()}:{secrets.token_hex(4)}"
    while not stopped.is_set():
        try:
            if broken:
                _take_up(worker, main=main)
            if settings.QUEUE_URL:
                from kosorong_library.studio.redis_worker import work

                work(name, stopped, main=main)
            else:
                _work_on_table(name, worker, stopped, main=main)
        except (Error, *queue.outages()) as error:
            logger.warning("database or queue cannot be used now (%s)", error)
        broken = True
        # Every connection of this thread may be a broken one.
        connections.close_all()
        stopped.wait(_PAUSE_SECONDS)


def _take_up(worker: str, *, main: bool) -> None:
    """Give back what was in hand when something broke: nobody else knows that it is free."""
    queue.forget(worker)
    if main:
        claims.free_the_dead()
    else:
        reconciler.ask_again()


class _TableWorker(Worker):
    """Takes tasks from the database's table."""

    def __init__(self, name: str, worker: str, stopped: threading.Event) -> None:
        super().__init__(
            queue_names=[name],
            interval=pace.POLL_SECONDS,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker,
            excluded_queue_names=[],
        )
        self._stopped = stopped

    def shutdown(self, signum: int, frame: FrameType | None) -> Any:
        """Stop after the task in hand."""
        self._stopped.set()
        return super().shutdown(signum, frame)


def _work_on_table(name: str, worker: str, stopped: threading.Event, *, main: bool) -> None:
    taker = _TableWorker(name, worker, stopped)
    if main:
        taker.configure_signals()
    taker.run()
