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

from kosorong_library.studio import claims, pace, queue

logger = logging.getLogger(__name__)

_PAUSE_SECONDS = 2.0


def keep_working(name: str, stopped: threading.Event, *, main: bool) -> None:
    """Work on a queue until stopped; a task in hand is finished.

    Args:
        name: Of the queue.
        stopped: Set by the first signal.
        main: Whether this is the main thread, which hears signals.
    """
    broken = False
    while not stopped.is_set():
        try:
            if broken and main:
                # The batch that was in hand is ours, and nobody else's to wait for.
                claims.free_the_dead()
            if settings.QUEUE_URL:
                from kosorong_library.studio.redis_worker import work
            else:
                work = _work_on_table
            work(name, stopped, main=main)
        except (Error, *queue.outages()) as error:
            logger.warning("database or queue cannot be used now (%s)", error)
        broken = True
        # Every connection of this thread may be a broken one.
        connections.close_all()
        stopped.wait(_PAUSE_SECONDS)


class _TableWorker(Worker):
    """Takes tasks from the database's table."""

    def __init__(self, name: str, stopped: threading.Event) -> None:
        super().__init__(
            queue_names=[name],
            interval=pace.POLL_SECONDS,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=secrets.token_hex(8),
            excluded_queue_names=[],
        )
        self._stopped = stopped

    def shutdown(self, signum: int, frame: FrameType | None) -> Any:
        """Stop after the task in hand."""
        self._stopped.set()
        return super().shutdown(signum, frame)


def _work_on_table(name: str, stopped: threading.Event, *, main: bool) -> None:
    worker = _TableWorker(name, stopped)
    if main:
        worker.configure_signals()
    worker.run()
