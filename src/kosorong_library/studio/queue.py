"""What the queue holds; the only module that knows which backend of django-tasks is in use."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

_KEPT = timedelta(days=1)


def waiting(path: str) -> int:
    """Return how many tasks of one kind wait for a worker.

    Args:
        path: The task's `module_path`.
    """
    return int(DBTaskResult.objects.ready().filter(task_path=path).count())


def prune() -> None:
    """Forget tasks that ended more than a day ago."""
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - _KEPT).delete()
