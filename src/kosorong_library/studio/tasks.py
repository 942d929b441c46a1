"""Tasks: small, idempotent, without arguments that could grow old; the rows know what is to do.

A task of production is a ticket for one batch of whatever book is next. It hands the ticket on
before it begins: a worker killed in its batch leaves the queue alive, and any number of workers
find work. What a lost ticket leaves behind, `kosorong_library.studio.reconciler` finds.
"""

from __future__ import annotations

import logging

from django_tasks import task

from kosorong.errors import KosorongError, ServiceError
from kosorong.logs import following, id_of
from kosorong_library.config import queue
from kosorong_library.config.databases import no_room
from kosorong_library.studio import claims, inference, pace
from kosorong_library.studio.production import Production, put_off

logger = logging.getLogger(__name__)
work_log = logging.getLogger("kosorong.work")


@task()
def produce_batch() -> int:
    """Make the next batch; return how many segments were made."""
    claim = claims.claim()
    if claim is None:
        return 0
    if claim.more:
        start()
    with following(id_of(None)):
        return _produce(claim)


def _produce(claim: claims.Claim) -> int:
    try:
        count = Production(claim, inference.open_models(claim.book.voice)).run()
        facts = {"book": claim.book.pk, "made": count, "batch": claim.name}
        work_log.info("book %(book)s: %(made)s segments made", facts, extra={"facts": facts})
        return count
    except KosorongError as error:
        put_off(claim, claim.segments, error)
    except Exception as error:
        # A fault of ours: tried again with growing waits, and seen in the book meanwhile.
        logger.exception("book %s: a batch was broken off", claim.book.pk)
        fault = ServiceError("the worker met a fault of its own; its log says which.")
        put_off(claim, claim.segments, no_room(error) or fault)
    return 0


@task(queue_name="exports")
def build_export(export: int) -> bool:
    """Make the file of an export; return whether it is there."""
    from kosorong_library.studio.exports import build

    return build(export)


@task(queue_name="exports")
def align_narration(narration: int) -> bool:
    """Cut and align a recording of a chapter; return whether its segments have takes."""
    from kosorong_library.studio.narration import align

    return align(narration)


def start() -> None:
    """Put a ticket for one batch into the queue, unless enough of them wait there."""
    try:
        enough = tickets() >= pace.MOST_TICKETS
    except queue.outages():
        # The reconciler finds the work when the queue is back.
        return
    if not enough:
        queue.give(produce_batch)


def tickets() -> int:
    """Return how many tickets wait for a worker."""
    return queue.waiting(produce_batch.module_path)
