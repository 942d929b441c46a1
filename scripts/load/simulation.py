"""Production in virtual time: workers, tickets, claims and what goes wrong, event by event.

It follows `kosorong_library.studio` (claims, tasks, reconciler) and takes its constants from
`pace`. A worker takes a ticket, claims a batch of the book that was served the longest ago, hands
the ticket on, makes the segments and writes each down under the condition that it still holds it.
Not followed: batches that two workers choose at the same moment, of which one gets the smaller
part; and time within a batch, whose segments are written down together.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush, heapreplace
from typing import Any, NamedTuple

from kosorong_library.studio import pace

_LEASE = pace.LEASE.total_seconds()
_NEVER = -1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What is simulated. Times are seconds.

    Attributes:
        books: Segments of each book that is there at the beginning.
        workers: Processes, each with inference of its own.
        work: Of a segment in worker and inference.
        shared: Of a segment on what all workers share: the database, or the one machine.
        claim: Of a claim on the same.
        handing: From taking a ticket to handing it on, beside the claim.
        poll: Until an idle worker looks at the queue again; 0 where the queue wakes it.
        servers: How many requests the shared part serves at a time.
        death: Of a worker, on average; 0 for never.
        restart: Until a dead worker is there again.
        lost: Share of deaths that take the machine along: its claims run out by the lease.
        stall: Share of batches in the middle of which a worker stands still.
        stalled: How long it does.
        failing: Share of tries of a segment that go wrong and may go right.
        outages: From and until when the queue is away; what it held is lost.
        pages: Segments of a short book that arrives now and then.
        every: Between two of them, on average; 0 for none.
        seed: Of all that is left to chance.
    """

    books: tuple[int, ...]
    workers: int
    work: float
    shared: float = 0.0
    claim: float = 0.0
    handing: float = 0.0
    poll: float = 0.0
    servers: int = 1
    death: float = 0.0
    restart: float = 10.0
    lost: float = 0.1
    stall: float = 0.0
    stalled: float = 2 * _LEASE
    failing: float = 0.0
    outages: tuple[tuple[float, float], ...] = ()
    pages: int = 10
    every: float = 0.0
    seed: int = 6


@dataclass(slots=True)
class Outcome:
    """What came of it. Times are seconds.

    Attributes:
        makespan: Until the last segment was written down.
        segments: Written down.
        twice: Written down more than once.
        refused: Made, and not written down because somebody else held them by then.
        deaths: Of workers.
        busy: Of all workers, spent on segments that were written down.
        shared: Of the shared part.
        heard: How long each short book waited for its first segment.
        finished: And for its last.
    """

    makespan: float = 0.0
    segments: int = 0
    twice: int = 0
    refused: int = 0
    deaths: int = 0
    busy: float = 0.0
    shared: float = 0.0
    heard: list[float] = field(default_factory=list)
    finished: list[float] = field(default_factory=list)


class _Book:
    __slots__ = ("arrived", "done", "free", "fresh", "made", "page", "served", "waits")

    def __init__(self, size: int, arrived: float, page: bool) -> None:
        self.fresh, self.free = 0, list[int]()
        self.made = bytearray(size)
        self.done, self.arrived, self.page = 0, arrived, page
        self.served, self.waits = _NEVER, False

    def claimable(self) -> bool:
        return self.fresh < len(self.made) or bool(self.free)

    def take(self, most: int) -> list[int]:
        taken: list[int] = []
        while len(taken) < most and self.claimable():
            if self.free:
                taken.append(heappop(self.free))
            else:
                taken.append(self.fresh)
                self.fresh += 1
        return taken


class _Batch(NamedTuple):
    number: int
    book: int
    places: list[int]
    worker: int
    started: float


class Simulation:
    """One run of a plan.

    >>> outcome = Simulation(Plan((100,), workers=2, work=1.0)).run()
    >>> outcome.segments, outcome.twice, round(outcome.makespan)
    (100, 0, 51)
    """

    def __init__(self, plan: Plan) -> None:
        self.plan, self.outcome = plan, Outcome()
        self._chance = random.Random(plan.seed)  # noqa: S311  # no secret
        self._now, self._count = 0.0, 0
        self._events: list[tuple[float, int, str, Any]] = []
        self._books: list[_Book] = []
        self._order: list[tuple[float, int]] = []
        self._holder: dict[tuple[int, int], int] = {}
        self._attempts: dict[tuple[int, int], int] = {}
        self._idle: list[int] = []
        self._tickets, self._queue_is_up = 0, True
        self._servers = [0.0] * plan.servers
        self._left = sum(plan.books)

    def run(self) -> Outcome:
        """Return what comes of it when every segment is written down."""
        for size in self.plan.books:
            self._arrive(size, page=False)
        for worker in range(self.plan.workers):
            # Each began to look at a moment of its own.
            self._at(self._chance.random() * self.plan.poll, "idle", worker)
        for start, end in self.plan.outages:
            self._at(start, "down", None)
            self._at(end, "up", None)
        if self.plan.every:
            self._at(self._chance.expovariate(1 / self.plan.every), "page", None)
        self._at(pace.LOOK_SECONDS, "look", None)
        while self._left:
            self._now, _, kind, what = heappop(self._events)
            getattr(self, f"_on_{kind}")(what)
        return self.outcome

    def _at(self, when: float, kind: str, what: Any) -> None:
        self._count += 1
        heappush(self._events, (when, self._count, kind, what))

    # Books

    def _arrive(self, size: int, page: bool) -> None:
        self._books.append(_Book(size, self._now, page))
        self._offer(len(self._books) - 1)
        self._ticket()

    def _offer(self, number: int) -> None:
        book = self._books[number]
        if not book.waits and book.claimable():
            book.waits = True
            heappush(self._order, (book.served, number))

    def _on_page(self, what: None) -> None:
        self._left += self.plan.pages
        self._arrive(self.plan.pages, page=True)
        self._at(self._now + self._chance.expovariate(1 / self.plan.every), "page", None)
        # The last books are novels: short ones end with them.
        if self._left < 4 * self.plan.pages * len(self.plan.books):
            self._events = [event for event in self._events if event[2] != "page"]
            heapify(self._events)

    # Tickets

    def _ticket(self) -> None:
        if self._queue_is_up and self._tickets < pace.MOST_TICKETS:
            self._tickets += 1
            self._wake()

    def _wake(self) -> None:
        while self._tickets and self._idle and self._queue_is_up:
            self._tickets -= 1
            self._claim(heappop(self._idle))

    def _on_down(self, what: None) -> None:
        self._queue_is_up, self._tickets = False, 0

    def _on_up(self, what: None) -> None:
        self._queue_is_up = True

    def _on_look(self, what: None) -> None:
        if not self._tickets and self._order:
            self._ticket()
        self._at(self._now + pace.LOOK_SECONDS, "look", None)

    # Workers

    def _on_idle(self, worker: int) -> None:
        if not self.plan.poll:
            heappush(self._idle, worker)
            self._wake()
        elif self._tickets:
            self._tickets -= 1
            self._claim(worker)
        else:
            self._at(self._now + self.plan.poll, "idle", worker)

    def _claim(self, worker: int) -> None:
        if not self._order:
            # The ticket ends here, as that of a task that finds nothing does.
            self._at(self._now + self.plan.poll, "idle", worker)
            return
        _, number = heappop(self._order)
        book = self._books[number]
        book.served, book.waits = self._now, False
        places = book.take(pace.BATCH if book.done else pace.FIRST_BATCH)
        self._offer(number)
        self._count += 1
        batch = _Batch(self._count, number, places, worker, self._now)
        for place in places:
            self._holder[number, place] = batch.number
        begun = self._serve(self.plan.claim) + self.plan.handing
        self._at(begun, "handed", None)
        self._work(batch, begun)

    def _on_handed(self, what: None) -> None:
        if self._order:
            self._ticket()

    def _serve(self, seconds: float) -> float:
        """Return when the shared part has done what is asked of it now."""
        if not seconds:
            return self._now
        end = max(self._now, self._servers[0]) + seconds
        heapreplace(self._servers, end)
        self.outcome.shared += seconds
        return end

    def _work(self, batch: _Batch, begun: float) -> None:
        plan, long = self.plan, len(batch.places) * self.plan.work
        if plan.death and self._chance.random() < -math.expm1(-long / plan.death):
            self._at(begun + self._chance.random() * long, "death", (batch, begun))
        elif plan.stall and self._chance.random() < plan.stall:
            # It stood still before anything was written down; its claim runs out meanwhile.
            self._at(begun + _LEASE, "lapse", batch)
            self._at(begun + plan.stalled + long, "worked", batch)
        else:
            self._at(begun + long, "worked", batch)

    def _on_worked(self, batch: _Batch) -> None:
        end = self._serve(len(batch.places) * self.plan.shared)
        self._at(end, "written", (batch, batch.places))
        self._at(end, "idle", batch.worker)

    def _on_death(self, what: tuple[_Batch, float]) -> None:
        batch, begun = what
        made = int((self._now - begun) / self.plan.work)
        self._on_written((batch, batch.places[:made]))
        self.outcome.deaths += 1
        self._at(self._now + self.plan.restart, "idle", batch.worker)
        gone = self._chance.random() < self.plan.lost
        held = begun + made * self.plan.work
        self._at(held + _LEASE if gone else self._now + self.plan.restart, "lapse", batch)

    def _on_lapse(self, batch: _Batch) -> None:
        """Make free what a batch still holds."""
        for place in batch.places:
            if self._holder.get((batch.book, place)) == batch.number:
                self._free((batch.book, place))

    def _free(self, key: tuple[int, int]) -> None:
        self._holder.pop(key, None)
        heappush(self._books[key[0]].free, key[1])
        self._offer(key[0])

    def _on_again(self, key: tuple[int, int]) -> None:
        self._free(key)

    # Writing down

    def _on_written(self, what: tuple[_Batch, list[int]]) -> None:
        batch, places = what
        failing = self.plan.failing
        for place in places:
            key = (batch.book, place)
            if self._holder.get(key) != batch.number:
                self.outcome.refused += 1
            elif failing and self._chance.random() < failing:
                self._put_off(key)
            else:
                del self._holder[key]
                self._commit(self._books[batch.book], place)

    def _put_off(self, key: tuple[int, int]) -> None:
        del self._holder[key]
        attempts = self._attempts[key] = self._attempts.get(key, 0) + 1
        self._at(self._now + pace.wait_after(attempts).total_seconds(), "again", key)

    def _commit(self, book: _Book, place: int) -> None:
        self.outcome.twice += bool(book.made[place])
        book.made[place] = 1
        book.done += 1
        self._left -= 1
        self.outcome.segments += 1
        self.outcome.busy += self.plan.work
        self.outcome.makespan = self._now
        if book.page and book.done == 1:
            self.outcome.heard.append(self._now - book.arrived)
        if book.page and book.done == len(book.made):
            self.outcome.finished.append(self._now - book.arrived)
