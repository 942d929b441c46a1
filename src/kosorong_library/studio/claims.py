"""Which segments are made next, and by whom: claims on rows, so that nothing is made twice.

A claim is a conditional update that carries a time at which it is taken for dead; whatever a
killed worker held can be claimed again then, or at once when a worker starts on the same machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.crypto import get_random_string

from kosorong_library.config.deadlocks import retried
from kosorong_library.config.processes import is_dead, worker_name
from kosorong_library.library.models import Book, Segment, State, Wish
from kosorong_library.studio import pace


@dataclass(frozen=True, slots=True)
class Claim:
    """A batch of one book's segments.

    Attributes:
        book: The book.
        segments: In order.
        name: What the rows are marked with.
    """

    book: Book
    segments: tuple[Segment, ...]
    name: str


def settled(state: str) -> dict[str, Any]:
    """Return the columns of a segment in a new state: nobody holds it, nothing went wrong yet."""
    return {
        "state": state,
        "problem": "",
        "attempts": 0,
        "not_before": None,
        "claimed_by": "",
        "claimed_until": None,
    }


def claimable(now: datetime) -> QuerySet[Segment]:
    """Return the segments that may be worked on."""
    return _free(now).filter(book__wish=Wish.RUN)


def _free(now: datetime) -> QuerySet[Segment]:
    """Return the segments that nobody holds, by their own columns alone.

    An update with this condition is one statement on every database; one that asks another table
    too might first look and then write.
    """
    return Segment.objects.filter(
        Q(claimed_until=None) | Q(claimed_until__lt=now),
        Q(not_before=None) | Q(not_before__lte=now),
        state=State.WAITING,
    )


def is_work_waiting() -> bool:
    """Say whether anything can be claimed now."""
    return claimable(timezone.now()).exists()


@retried
def claim() -> Claim | None:
    """Claim the next batch: of the book that was served the longest ago, its first segments.

    A book of which nothing is made yet gets a batch of one, so that its first sentence is heard
    soon.
    """
    with transaction.atomic():
        now = timezone.now()
        mine = claimable(now).filter(book=OuterRef("pk"))
        books = Book.objects.filter(Exists(mine), wish=Wish.RUN)
        book = books.order_by(F("served_at").asc(nulls_first=True), "id").first()
        if book is None:
            return None
        Book.objects.filter(pk=book.pk).update(served_at=now)
        begun = book.segments.filter(state=State.DONE).exists()
        size = pace.BATCH if begun else pace.FIRST_BATCH
        rows = claimable(now).filter(book=book).order_by("position")
        chosen = list(rows.values_list("pk", flat=True)[:size])
        name = f"{worker_name()}:{get_random_string(8)}"
        # The condition is repeated: elsewhere than on SQLite another worker may have been faster.
        _free(now).filter(pk__in=chosen).update(claimed_by=name, claimed_until=now + pace.LEASE)
        segments = Segment.objects.filter(claimed_by=name).select_related("chapter", "take")
        return Claim(book, tuple(segments.order_by("position")), name)


def is_wanted(claim: Claim) -> bool:
    """Return whether a claim's book is to be made; its maker may have paused or deleted it."""
    return Book.objects.filter(pk=claim.book.pk, wish=Wish.RUN).exists()


@retried
def hold(claim: Claim) -> None:
    """Lengthen a claim."""
    _held(claim).update(claimed_until=timezone.now() + pace.LEASE)


@retried
def release(claim: Claim) -> None:
    """Give back what was not made."""
    _held(claim).update(claimed_by="", claimed_until=None)


def _held(claim: Claim) -> QuerySet[Segment]:
    return Segment.objects.filter(claimed_by=claim.name, state=State.WAITING)


@retried
def free_the_dead() -> int:
    """Free what processes of this machine held that are gone; return how many segments."""
    host = worker_name().rpartition(":")[0]
    held = Segment.objects.filter(claimed_by__startswith=f"{host}:", state=State.WAITING)
    names = set(held.values_list("claimed_by", flat=True).distinct())
    dead = [name for name in names if is_dead(name)]
    return held.filter(claimed_by__in=dead).update(claimed_by="", claimed_until=None)
