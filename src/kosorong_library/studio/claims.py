"""Which segments are made next, and by whom: claims on rows, so that nothing is made twice.

A claim carries a time, by the database's clock, at which it is taken for dead; whatever a killed
worker held can be claimed again then, or at once when a worker starts on the same machine. Who
claims passes over rows that others are claiming, where the database can; elsewhere one writes at
a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.crypto import get_random_string

from kosorong_library.config.clock import now
from kosorong_library.config.deadlocks import retried
from kosorong_library.config.processes import is_dead, worker_name
from kosorong_library.library.models import Book, Segment, State, Wish
from kosorong_library.studio import pace
from kosorong_library.studio.models import Take

_LOOKED_AT = 16
"""People, and books of each, that a claim looks at; those that it finds nothing in go behind."""

# Columns that may be megabytes.
_UNSEEN = ("source", "skipped", "warnings")


@dataclass(frozen=True, slots=True)
class Claim:
    """A batch of one book's segments.

    Attributes:
        book: The book.
        segments: In order.
        name: What the rows are marked with.
        more: Whether there may be more to claim.
    """

    book: Book
    segments: tuple[Segment, ...]
    name: str
    more: bool = True


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


def claimable() -> QuerySet[Segment]:
    """Return the segments that may be worked on."""
    return _free().filter(book__wish=Wish.RUN, book__unfinished=True)


def _free() -> QuerySet[Segment]:
    """Return the segments that nobody holds, by their own columns alone.

    An update with this condition is one statement on every database; one that asks another table
    too might first look and then write.
    """
    return Segment.objects.filter(
        Q(claimed_until=None) | Q(claimed_until__lt=now()),
        Q(not_before=None) | Q(not_before__lte=now()),
        state=State.WAITING,
    )


def is_work_waiting() -> bool:
    """Say whether anything can be claimed now."""
    return claimable().exists()


@retried
def claim() -> Claim | None:
    """Claim the next batch: the first segments of the book whose turn it is.

    A book of which nothing is made yet gets a batch of one, so that its first sentence is heard
    soon.
    """
    name = f"{worker_name()}:{get_random_string(8)}"
    with transaction.atomic():
        people = _people()
        for person in people:
            books = _books_of(person)
            for book in books:
                size = pace.BATCH if book.begun else pace.FIRST_BATCH
                rows = _mark(book, size, name)
                others = len(people) > 1 or len(books) > 1
                # Of a book alone nobody asks whose turn it is: its row is left to its makers.
                if others or book.served_at is None:
                    _served(book)
                if rows:
                    return Claim(book, rows, name, more=others or len(rows) == size)
                _look_finished(book)
    return None


def _people() -> list[int]:
    """Return whose books wait, who was served the longest ago first.

    People take turns, and the books of each of them: whoever brings a hundred waits for nobody
    longer, and nobody for them.
    """
    of_person = Book.objects.filter(owner=OuterRef("owner")).exclude(served_at=None)
    last = of_person.order_by("-served_at").values("served_at")[:1]
    people = _unfinished().values("owner").distinct().annotate(last=Subquery(last))
    turns = people.order_by(F("last").asc(nulls_first=True), "owner")
    return list(turns.values_list("owner", flat=True)[:_LOOKED_AT])


def _books_of(person: int) -> list[Book]:
    """Return the first of a person's books that wait, served the longest ago first."""
    done = Segment.objects.filter(book=OuterRef("pk"), state=State.DONE)
    books = _unfinished().filter(owner=person).annotate(begun=Exists(done)).defer(*_UNSEEN)
    return list(books.order_by(F("served_at").asc(nulls_first=True), "id")[:_LOOKED_AT])


def _unfinished() -> QuerySet[Book]:
    return Book.objects.filter(wish=Wish.RUN, unfinished=True)


def _look_finished(book: Book) -> None:
    """Let a book wait no more of which nothing is left to make.

    What is still waiting is held by others, or put off: its turn is over for now.
    """
    waiting = Segment.objects.filter(book=OuterRef("pk"), state=State.WAITING)
    Book.objects.filter(~Exists(waiting), pk=book.pk).update(unfinished=False)


def find_forgotten() -> int:
    """Let books wait again that are taken for finished and are not; return how many there were."""
    waiting = Segment.objects.filter(book=OuterRef("pk"), state=State.WAITING)
    return Book.objects.filter(Exists(waiting), unfinished=False).update(unfinished=True)


def _mark(book: Book, size: int, name: str) -> tuple[Segment, ...]:
    """Mark the first free segments of a book; nobody waits for those that others are marking."""
    chosen = _free().filter(book=book).order_by("position")
    if connection.features.has_select_for_update_skip_locked:
        chosen = chosen.select_for_update(skip_locked=True)
    rows = list(chosen[:size])
    # The condition is repeated: where rows cannot be passed over another may have been faster.
    held = _free().filter(pk__in=[row.pk for row in rows])
    if held.update(claimed_by=name, claimed_until=now(pace.LEASE)) < len(rows):
        rows = list(Segment.objects.filter(claimed_by=name).order_by("position"))
    takes = Take.objects.in_bulk({row.take_id for row in rows if row.take_id})
    for row in rows:
        row.book, row.claimed_by = book, name
        if row.take_id:
            row.take = takes.get(row.take_id)
    return tuple(rows)


def _served(book: Book) -> None:
    """Write down that it was a book's turn, unless somebody else is doing so at this moment."""
    rows = Book.objects.filter(pk=book.pk)
    if connection.features.has_select_for_update_skip_locked and not list(
        rows.select_for_update(skip_locked=True).values_list("pk", flat=True)
    ):
        return
    rows.update(served_at=now())


def is_wanted(claim: Claim) -> bool:
    """Return whether a claim's book is to be made; its maker may have paused or deleted it."""
    return Book.objects.filter(pk=claim.book.pk, wish=Wish.RUN).exists()


@retried
def hold(claim: Claim) -> None:
    """Lengthen a claim."""
    _held(claim).update(claimed_until=now(pace.LEASE))


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
