"""Finds what was left behind: claims of dead workers, work without a ticket, exports unmade."""

from __future__ import annotations

import logging
import threading
import time
from datetime import timedelta

from django.db import Error, close_old_connections, connection
from django.utils import timezone

from kosorong_library.accounts import limits
from kosorong_library.accounts.sessions import SessionStore
from kosorong_library.config import queue, scratch
from kosorong_library.library import search
from kosorong_library.studio import claims, pace, tasks
from kosorong_library.studio.models import Export, Narration
from kosorong_library.studio.pruning import keep_to_quota, sweep

logger = logging.getLogger(__name__)

TIDY_EVERY = 3600.0
"""Seconds between two rounds for what killed processes left."""
_EXPORT_LOST = timedelta(minutes=30)


def begin() -> None:
    """Put things right when a worker starts: nothing waits for a lease to run out."""
    freed = claims.free_the_dead()
    if freed:
        logger.info("%d segments of a worker that is gone are made again", freed)
    queue.forget_the_dead()
    tidy()
    look()
    ask_again()


def tidy() -> None:
    """Remove what nothing needs any more: files of work that was broken off, old tasks."""
    removed = sweep() + scratch.clear()
    if removed:
        logger.info("%d files of work that was broken off were removed", removed)
    search.tighten()
    claims.find_forgotten()
    queue.prune()
    limits.prune()
    SessionStore.clear_expired()


def ask_again() -> None:
    """Put a ticket into the queue for every file that somebody waits for.

    One too many does no harm: what was built is not built again.
    """
    for export in Export.objects.exclude(asked_at=None):
        queue.give(tasks.build_export, export.pk)
    for narration in Narration.objects.exclude(asked_at=None):
        queue.give(tasks.align_narration, narration.pk)


def look() -> None:
    """Start what stands still: work that can be claimed, and no ticket for it."""
    now = timezone.now()
    if not tasks.tickets() and claims.is_work_waiting():
        tasks.start()
    lost = Export.objects.filter(asked_at__lt=now - _EXPORT_LOST)
    for export in lost:
        Export.objects.filter(pk=export.pk).update(asked_at=now)
        queue.give(tasks.build_export, export.pk)
    pruned = keep_to_quota()
    if pruned:
        logger.warning("over the quota: %d files of whole books are gone", pruned.exports)


class Reconciler(threading.Thread):
    """Looks every two seconds, beside the worker's own thread, and tidies every hour."""

    def __init__(self) -> None:
        super().__init__(name="reconciler", daemon=True)
        self._stopped = threading.Event()
        self._tidy_at = time.monotonic() + TIDY_EVERY

    def run(self) -> None:
        """Look until stopped; a database that is away for a moment is waited for."""
        while not self._stopped.wait(pace.LOOK_SECONDS):
            try:
                close_old_connections()
                self.go_round(time.monotonic())
            except (Error, *queue.outages()) as error:
                logger.warning("database or queue cannot be used now (%s)", error)
                connection.close()
        connection.close()

    def go_round(self, now: float) -> None:
        """Look once, and tidy where it is time for it.

        Args:
            now: Of the clock that never goes back, seconds.
        """
        look()
        if now >= self._tidy_at:
            self._tidy_at = now + TIDY_EVERY
            tidy()

    def stop(self) -> None:
        """Stop before the next look."""
        self._stopped.set()
