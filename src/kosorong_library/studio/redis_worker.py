"""Takes tasks from Redis through RQ, in this very process: a fork for each would cost memory."""

from __future__ import annotations

import threading
from types import FrameType
from typing import Any

import django_rq
from django.db import close_old_connections
from django_tasks_rq.backend import Job
from rq import SimpleWorker
from rq.timeouts import TimerDeathPenalty


class _Worker(SimpleWorker):
    """Runs one task after another."""

    # Signals belong to the main thread, and there are workers in others.
    death_penalty_class = TimerDeathPenalty
    stopped: threading.Event
    main: bool

    def execute_job(self, job: Any, queue: Any) -> None:
        """Run a task; connections that grew old or broke are not used for it."""
        close_old_connections()
        super().execute_job(job, queue)
        close_old_connections()

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """Stop after the task in hand."""
        self.stopped.set()
        super().request_stop(signum, frame)

    def _install_signal_handlers(self) -> None:
        if self.main:
            super()._install_signal_handlers()


def work(name: str, stopped: threading.Event, *, main: bool) -> None:
    """Work on a queue until told to stop or until Redis cannot be reached."""
    queue = django_rq.get_queue(name, job_class=Job)
    worker = _Worker(
        [queue], connection=queue.connection, job_class=Job, serializer=queue.serializer
    )
    worker.stopped, worker.main = stopped, main
    worker.work(logging_level="WARNING")
