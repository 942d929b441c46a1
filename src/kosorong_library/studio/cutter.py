"""Cuts the texts of long books, beside the worker's own thread, which speaks meanwhile."""

from __future__ import annotations

import logging
import threading

from django.db import Error, close_old_connections, connection

from kosorong_library.config import queue
from kosorong_library.library import arrival
from kosorong_library.studio import pace

logger = logging.getLogger(__name__)


class Cutter(threading.Thread):
    """Cuts piece after piece; looks for new ones twice a second."""

    def __init__(self) -> None:
        super().__init__(name="cutter", daemon=True)
        self._stopped = threading.Event()

    def run(self) -> None:
        """Cut until stopped; a database that is away for a moment is waited for."""
        while not self._stopped.wait(pace.CUT_SECONDS):
            try:
                close_old_connections()
                while not self._stopped.is_set() and arrival.cut_next():
                    pass
            except (Error, *queue.outages()) as error:
                logger.warning("database or queue cannot be used now (%s)", error)
                connection.close()
        connection.close()

    def stop(self) -> None:
        """Stop before the next piece."""
        self._stopped.set()
