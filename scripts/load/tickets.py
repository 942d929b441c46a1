"""What it would cost to give RQ a job for every batch instead of a ticket: memory, time, turns.

    python scripts/load/tickets.py [JOBS]

Jobs wait in a Redis of their own and are worked off in this process; what they do is nothing.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests")]

from redis import Redis  # noqa: E402
from rq import Queue, SimpleWorker  # noqa: E402

from local_servers import free_port, redis  # noqa: E402

_JOBS = 5_000
_NOVELS, _BATCHES = 1_000, 2_500
"""Of ten thousand segments each, in batches of four, as in the simulation."""


def nothing(book: int, first: int) -> None:
    """Stand for a batch of a book that begins at a segment."""


def main() -> int:
    """Measure, and print what comes of it."""
    count = int(sys.argv[1]) if sys.argv[1:] else _JOBS
    with tempfile.TemporaryDirectory() as folder, redis(Path(folder), port := free_port()):
        connection = Redis(port=port)
        queue = Queue("batches", connection=connection)
        before = connection.info("memory")["used_memory"]
        started = time.process_time()
        for number in range(count):
            queue.enqueue("load.tickets.nothing", number % _NOVELS, 4 * number)
        given = time.process_time() - started
        size = (connection.info("memory")["used_memory"] - before) / count
        sys.path.insert(0, str(ROOT / "scripts"))
        worker, started = SimpleWorker([queue], connection=connection), time.process_time()
        worker.work(burst=True, logging_level="ERROR", max_jobs=min(count, 500))
        taken = (time.process_time() - started) / min(count, 500)
        connection.close()
    waiting = _NOVELS * _BATCHES
    print(f"a job that waits: {size:.0f} bytes of Redis, {1000 * given / count:.2f} ms to give")
    print(f"a job that does nothing: {1000 * taken:.2f} ms of a worker's processor")
    print(f"{waiting:,} batches at once: {size * waiting / 1e9:.1f} GB of Redis")
    return 0


if __name__ == "__main__":
    sys.exit(main())
