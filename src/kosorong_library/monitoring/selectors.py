"""How the service is: queue, failures, disk, memory, and whether it can work."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Q

from kosorong.errors import KosorongError
from kosorong_library.config import queue
from kosorong_library.config.clock import now
from kosorong_library.library.models import Segment, State, Wish
from kosorong_library.library.selectors import workers_at_work
from kosorong_library.storage.files import used_bytes
from kosorong_library.studio import inference
from kosorong_library.studio.claims import claimable
from kosorong_library.studio.models import Export

logger = logging.getLogger(__name__)

_KEPT_SECONDS = 5
_MOST_FAILURES = 20


@dataclass(frozen=True, slots=True)
class Work:
    """What there is to make.

    Attributes:
        waiting: Segments that are still to come, of books that are wanted.
        ready: Those of them that a worker may take now.
        held: Those that a worker has in hand.
        failed: Segments that need somebody.
        exports: Files of whole books that are waited for.
        tasks: Tickets in the queue; -1 where the queue cannot be reached.
        workers: Processes that hold something.
        books: Books that are being made.
    """

    waiting: int
    ready: int
    held: int
    failed: int
    exports: int
    tasks: int
    workers: int
    books: int


@dataclass(frozen=True, slots=True)
class Room:
    """Disk and memory, bytes.

    Attributes:
        disk_total: Of the disk with the data folder.
        disk_free: What is left of it.
        stored: Of all files in the storage.
        quota: What may be stored; 0 for no limit.
        process: Resident memory of this process.
        memory_total: Of the machine.
        memory_free: What programs can still have.
    """

    disk_total: int
    disk_free: int
    stored: int
    quota: int
    process: int
    memory_total: int
    memory_free: int


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that needs somebody.

    Attributes:
        book: Number of the book.
        what: Which segment, or which file.
        problem: What went wrong, and the cure.
    """

    book: int
    what: str
    problem: str


def work() -> Work:
    """Return what there is to make, as counted within the last seconds."""
    return Work(**cache.get_or_set("watch-work", lambda: asdict(_work()), _KEPT_SECONDS))


def _work() -> Work:
    held = Q(claimed_until__gte=now())
    wanted = Segment.objects.filter(state=State.WAITING, book__wish=Wish.RUN)
    counts = wanted.aggregate(
        waiting=Count("pk"), held=Count("pk", filter=held), books=Count("book", distinct=True)
    )
    return Work(
        ready=claimable().count(),
        failed=Segment.objects.filter(state=State.FAILED).count(),
        exports=Export.objects.exclude(asked_at=None).count(),
        tasks=_tasks(),
        workers=workers_at_work(),
        **counts,
    )


def _tasks() -> int:
    try:
        return queue.length()
    except queue.outages():
        return -1


def failures() -> list[Failure]:
    """Return what failed last, the newest first."""
    segments = Segment.objects.filter(state=State.FAILED).order_by("-pk")
    failed = [
        Failure(book, str(position + 1), problem)
        for book, position, problem in segments.values_list("book", "position", "problem")[
            :_MOST_FAILURES
        ]
    ]
    exports = Export.objects.exclude(problem="").order_by("-pk")
    rows = exports.values_list("book", "format", "problem")[:_MOST_FAILURES]
    return [*(Failure(*row) for row in rows), *failed][:_MOST_FAILURES]


def waited_for() -> list[str]:
    """Return what books that are being made wait for, such as a server that is away."""
    rows = Segment.objects.filter(state=State.WAITING).exclude(problem="")
    return list(rows.values_list("problem", flat=True).distinct().order_by()[:5])


def room() -> Room:
    """Return disk and memory."""
    disk = shutil.disk_usage(settings.DATA)
    memory = _kib(Path("/proc/meminfo"))
    return Room(
        disk_total=disk.total,
        disk_free=disk.free,
        stored=used_bytes(),
        quota=settings.QUOTA_BYTES,
        process=_kib(Path("/proc/self/status")).get("VmRSS", 0),
        memory_total=memory.get("MemTotal", 0),
        memory_free=memory.get("MemAvailable", 0),
    )


def _kib(path: Path) -> dict[str, int]:
    """Return the sizes in a file of /proc, bytes; none on systems without it."""
    if not path.exists():
        return {}
    sizes = {}
    for line in path.read_text(encoding="ascii", errors="replace").splitlines():
        name, _, value = line.partition(":")
        number, _, unit = value.strip().partition(" ")
        if unit == "kB":
            sizes[name] = int(number) * 1024
    return sizes


def checks() -> dict[str, str]:
    """Return what keeps this process from working, by part; "" where nothing does.

    Translator and voice are none of them: a library without them can still be read and heard.
    """
    tried: dict[str, Callable[[], str]] = {
        "database": _database,
        "storage": _storage,
        "queue": _queue,
    }
    return {name: _tried(check) for name, check in tried.items()}


def _tried(check: Callable[[], str]) -> str:
    try:
        return check()
    except (Error, OSError, KosorongError, *queue.outages()) as error:
        # Of a database's error the first words alone: it may repeat names and addresses.
        return type(error).__name__ if isinstance(error, Error) else str(error)


def _database() -> str:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(missing)} migrations are to be applied: kosorong admin migrate" if missing else ""


def _storage() -> str:
    default_storage.exists("takes")
    return ""


def _queue() -> str:
    queue.length()
    return ""


def is_inference_there() -> bool:
    """Say whether translator and voice answer."""
    return inference.is_there()


def tell(problems: dict[str, str]) -> None:
    """Write into the log what is wrong."""
    for name, problem in problems.items():
        logger.warning("not ready: %s: %s", name, problem)
