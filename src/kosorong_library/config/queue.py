"""What the queue holds; with `studio.workers` all that knows which queue is in use.

The queue is a table of the library's database, or, grown, Redis (`KOSORONG_QUEUE_URL`). In either
case it holds tickets only: what is lost with it is found again in the rows.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kosorong_library.config import processes

logger = logging.getLogger(__name__)

_KEPT = timedelta(days=1)
# Tickets are few (`studio.tasks`); more than these are not counted one by one.
_MOST = 100


def give(task: Any, *arguments: Any) -> bool:
    """Put a task into the queue.

    Args:
        task: Of django-tasks.
        *arguments: What JSON can hold.

    Returns:
        Whether it is there: a queue that cannot be reached is no reason to refuse what was asked
        for, since the reconciler finds in the rows what has no ticket.
    """
    try:
        task.enqueue(*arguments)
    except outages() as error:
        logger.warning("the queue cannot be reached (%s)", error)
        return False
    return True


def waiting(path: str) -> int:
    """Return how many tasks of one kind wait for a worker.

    Args:
        path: The task's `module_path`.
    """
    if settings.QUEUE_URL:
        return _waiting_in_redis(path)
    return int(DBTaskResult.objects.ready().filter(task_path=path).count())


def _waiting_in_redis(path: str) -> int:
    import django_rq

    jobs = (job for name in settings.QUEUES for job in django_rq.get_queue(name).get_jobs(0, _MOST))
    return sum(_path_of(job) == path for job in jobs)


def _path_of(job: Any) -> str:
    from rq.exceptions import DeserializationError

    try:
        return str(job.func_name)
    except DeserializationError:
        # Somebody else's, in a form that we do not read.
        return ""


def length() -> int:
    """Return how many tasks of any kind wait for a worker."""
    if settings.QUEUE_URL:
        import django_rq

        return sum(len(django_rq.get_queue(name)) for name in settings.QUEUES)
    return int(DBTaskResult.objects.ready().count())


def prune() -> None:
    """Forget tasks that ended, or began, more than a day ago; Redis does so by itself."""
    if not settings.QUEUE_URL:
        old = timezone.now() - _KEPT
        DBTaskResult.objects.finished().filter(finished_at__lt=old).delete()
        DBTaskResult.objects.running().filter(started_at__lt=old).delete()


def forget_the_dead() -> None:
    """Forget tasks that workers of this machine had in hand when they died."""
    _forget(processes.is_dead)


def forget(worker: str) -> None:
    """Forget tasks that a worker of this process had in hand when its database broke away."""
    _forget(worker.__eq__)


def _forget(wanted: Callable[[str], bool]) -> None:
    if settings.QUEUE_URL:
        return
    running = DBTaskResult.objects.running().values_list("pk", "worker_ids")
    numbers = [number for number, names in running if names and wanted(names[-1])]
    DBTaskResult.objects.filter(pk__in=numbers).delete()


def outages() -> tuple[type[Exception], ...]:
    """Return the errors of a queue that cannot be reached; that of the database has its own."""
    if not settings.QUEUE_URL:
        return ()
    from redis.exceptions import RedisError

    return (RedisError,)
