"""What the studio does about what is told below it, and in it; `studio.apps` loads it."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.dispatch import receiver

from kosorong_library.config import queue
from kosorong_library.library.signals import takes_left, work_wanted
from kosorong_library.storage.files import forget
from kosorong_library.studio import tasks
from kosorong_library.studio.signals import export_wanted, narration_wanted
from kosorong_library.studio.takes import unused_takes


@receiver(work_wanted)
def begin(**_: object) -> None:
    """See that a ticket for the work is in the queue."""
    tasks.start()


@receiver(takes_left)
def delete_takes(takes: set[int], **_: object) -> None:
    """Delete those takes that no other segment needs, and their files when that is sure."""
    transaction.on_commit(partial(forget, unused_takes(takes)))


@receiver(export_wanted)
def build(export: int, **_: object) -> None:
    """Give an export to a worker."""
    queue.give(tasks.build_export, export)


@receiver(narration_wanted)
def align(narration: int, **_: object) -> None:
    """Give the recording of a chapter to a worker."""
    queue.give(tasks.align_narration, narration)
