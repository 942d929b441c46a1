"""Who waits for whom while books are made: people take turns, and workers wait for nobody."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from library_fakes import FakeParts
from rest_framework.test import APIClient

from kosorong.ports import Speech
from kosorong_library.library.models import Book, Segment, State
from kosorong_library.studio import claims, pace, tasks

STORY = " ".join(f"{n}째 날에 눈이 왔다." for n in range(21))
_CONTROL = ("SAVEPOINT", "RELEASE SAVEPOINT", "BEGIN", "COMMIT")


# Of the queue itself: a look for a ticket, taking it, and the word that it is used up.
_OF_A_TICKET = 3


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a batch be made as fast as on a machine with nothing else to do."""
    monkeypatch.setattr(pace, "WRITE_SECONDS", 600.0)
    monkeypatch.setattr(pace, "WISH_SECONDS", 600.0)


def new(api: APIClient, title: str, text: str = STORY) -> int:
    return int(api.post("/api/books/", {"title": title, "text": text}).json()["id"])


def statements(seen: CaptureQueriesContext) -> list[str]:
    """Return what was asked, without the marks that transactions begin and end with."""
    texts = (query["sql"].replace("`", '"') for query in seen.captured_queries)
    return [text for text in texts if not text.startswith(_CONTROL)]


def test_a_segment_costs_at_most_five_statements_from_ticket_to_sound(
    api: APIClient, parts: FakeParts, quick: None
) -> None:
    new(api, "하나")
    tasks.produce_batch.call()
    with CaptureQueriesContext(connection) as seen:
        for _ in range(5):
            assert tasks.produce_batch.call() == 4
    count = len(statements(seen)) + 5 * _OF_A_TICKET
    assert count / 20 <= 5, "\n".join(one[:200] for one in statements(seen))


def test_a_batch_is_written_down_in_one_transaction(
    api: APIClient, parts: FakeParts, quick: None
) -> None:
    new(api, "하나")
    tasks.produce_batch.call()
    with CaptureQueriesContext(connection) as seen:
        assert tasks.produce_batch.call() == 4
    updates = [one for one in statements(seen) if one.startswith('UPDATE "library_segment"')]
    inserts = [one for one in statements(seen) if 'INTO "studio_take"' in one]
    # One claims the batch, one writes it down.
    assert (len(updates), len(inserts)) == (2, 1)


def test_workers_of_a_book_write_no_row_that_all_of_them_need(
    api: APIClient, parts: FakeParts
) -> None:
    new(api, "하나")
    tasks.produce_batch.call()
    with CaptureQueriesContext(connection) as seen:
        for _ in range(3):
            tasks.produce_batch.call()
    assert [one for one in statements(seen) if one.startswith('UPDATE "library_book"')] == []


def test_people_take_turns_and_then_their_books(
    api: APIClient, other: APIClient, parts: FakeParts
) -> None:
    many = {new(api, f"{n}번째 책") for n in range(5)}
    served = []
    for number in range(8):
        if number == 2:
            one = new(other, "한 권")
        claim = claims.claim()
        assert claim is not None
        served.append(claim.book.pk)
        Segment.objects.filter(claimed_by=claim.name).update(state=State.DONE, claimed_by="")
    assert served[2::2] == [one] * 3
    assert set(served) - {one} == many


@pytest.mark.parametrize("days", [-400, 400])
def test_a_claim_lasts_by_the_clock_of_the_database(
    api: APIClient, parts: FakeParts, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    new(api, "하나", "눈이 왔다.")
    really = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: really() + timedelta(days=days))
    assert claims.claim() is not None
    monkeypatch.setattr(timezone, "now", really)
    until = Segment.objects.get().claimed_until
    assert until is not None
    assert timedelta(0) < until - really() < timedelta(seconds=100)
    assert claims.claim() is None


def test_the_revision_of_a_book_goes_up_with_all_that_changes_its_sound(
    api: APIClient, parts: FakeParts, work: Callable[[], int]
) -> None:
    number = new(api, "하나", "눈이 왔다. 비가 왔다. 바람이 불었다.")
    path, seen = f"/api/books/{number}/", []

    def look(*_: Any) -> None:
        seen.append(api.get(path).json()["revision"])

    look()
    look(tasks.produce_batch.call())
    look(tasks.produce_batch.call())
    segment = Segment.objects.order_by("position")[1]
    look(api.patch(f"{path}segments/{segment.pk}/", {"text": "비 왓저."}))
    look(work())
    look(api.post(f"{path}segments/{segment.pk}/undo/"))
    look(api.post("/api/terms/", {"korean": "바람", "jeju": "ᄇᆞ름"}))
    look(api.put("/api/terms/", {"korean": "바람", "jeju": "ᄇᆞ름"}))
    look(work())
    assert seen == sorted(seen)
    assert seen[:6] == sorted(set(seen[:6]))
    assert Book.objects.get().revision < seen[-1]


def test_a_slow_batch_is_heard_before_it_is_whole(
    api: APIClient, parts: FakeParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    new(api, "하나")
    tasks.produce_batch.call()
    monkeypatch.setattr(pace, "WRITE_SECONDS", 0.0)
    speak, done = parts.voice.speak, []

    def spoken(*args: Any, **choices: Any) -> Speech:
        done.append(Segment.objects.filter(state=State.DONE).count())
        return speak(*args, **choices)

    monkeypatch.setattr(parts.voice, "speak", spoken)
    assert tasks.produce_batch.call() == 4
    # One is spoken while the one before it is packed.
    assert done == [1, 1, 2, 3]
