"""A long text is a book before it is cut, and nobody waits while it is."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from library_fakes import FakeParts
from pytest_django import Settings
from rest_framework.test import APIClient

from kosorong.book.manuscript import Chapter, Manuscript, Paragraph, segments
from kosorong_library.library import arrival, services
from kosorong_library.library.models import Book, Segment, Uncut
from kosorong_library.storage import files as storage
from kosorong_library.studio import tasks

DAYS = "\n\n".join(f"{n}째 날에 눈이 왔다. 바람은 {n}번 불었다. 아이가 웃었다." for n in range(40))
LINE = "가나다 " * 300
SPEECH = "그는 말했다. " * 100 + "끝"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Call a text long that others would call short."""
    monkeypatch.setattr(arrival, "AT_ONCE", 300)
    monkeypatch.setattr(arrival, "PIECE", 200)


def new(api: APIClient, text: str, title: str = "긴 글") -> Any:
    answer = api.post("/api/books/", {"title": title, "text": text, "language": "ko"})
    assert answer.status_code == 201, answer.content
    return answer.json()


def manuscript(*texts: str) -> Manuscript:
    paragraphs = tuple(Paragraph(text) for text in texts)
    return Manuscript("", "", "ko", (Chapter("", 1, paragraphs), Chapter("", 1, paragraphs[:1])))


@pytest.mark.parametrize("texts", [DAYS.split("\n\n"), [LINE], [SPEECH], [SPEECH, LINE, "끝"]])
def test_pieces_are_cut_into_what_the_whole_is_cut_into(small: None, texts: list[str]) -> None:
    whole = manuscript(*texts)
    pieces = arrival.pieces_of(whole)
    assert len(pieces) > 1
    assert [
        (one.chapter, one.paragraph, one.text, one.ends)
        for piece in pieces
        for one in arrival.cut(piece)
    ] == [(one.chapter, one.paragraph, one.text, one.ends_paragraph) for one in segments(whole)]


@pytest.mark.parametrize("text", [DAYS, LINE, SPEECH, "ㅋㅋ그래ㅋㅋ아니", "가" * 1000, "끝"])
def test_the_most_segments_of_a_text_are_not_exceeded(text: str) -> None:
    whole = manuscript(*text.split("\n\n"))
    assert arrival.most_segments(arrival.pieces_of(whole)) >= len(list(segments(whole)))


def test_a_long_text_is_heard_before_it_is_cut_and_done_when_all_of_it_is(
    api: APIClient, parts: FakeParts, work: Callable[[], int], small: None
) -> None:
    book = new(api, DAYS)
    first = Segment.objects.count()
    assert 0 < first < 20
    assert tasks.produce_batch.call() == 1
    work()
    path = f"/api/books/{book['id']}/"
    assert api.get(path).json()["status"] == "producing"
    assert api.get(f"{path}exports/vtt/").status_code == 409
    while arrival.cut_next():
        assert Segment.objects.count() > first
    work()
    assert api.get(path).json()["status"] == "done"
    texts = list(Segment.objects.order_by("position").values_list("source_text", flat=True))
    assert " ".join(texts) == " ".join(DAYS.split())
    assert list(Segment.objects.values_list("position", flat=True)) == [*range(len(texts))]
    assert Book.objects.get().uncut == Uncut.objects.count() == 0


def test_nothing_is_written_while_a_text_is_read_cut_or_kept_on_the_disk(
    api: APIClient, small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside, really, depths = len(connection.savepoint_ids), arrival.cut, []

    def cut(piece: Any) -> list[arrival.Cut]:
        depths.append(len(connection.savepoint_ids))
        return really(piece)

    monkeypatch.setattr(arrival, "cut", cut)

    def keep(name: str, file: Any) -> str:
        depths.append(len(connection.savepoint_ids))
        return storage.keep(name, file)

    monkeypatch.setattr(services, "keep", keep)
    new(api, DAYS)
    while arrival.cut_next():
        pass
    assert len(depths) > 5
    assert set(depths) == {outside}


def test_a_piece_of_somebody_who_died_is_cut_by_another_and_no_book_by_two(
    api: APIClient, small: None
) -> None:
    new(api, DAYS)
    dead = arrival.take_up()
    assert dead is not None
    assert arrival.take_up() is None
    Uncut.objects.filter(pk=dead.pk).update(claimed_until=timezone.now() - timedelta(seconds=1))
    again = arrival.take_up()
    assert again is not None
    assert again.pk == dead.pk
    # Who was taken for dead writes nothing when they come to themselves.
    count = Segment.objects.count()
    arrival._exchange(dead, arrival.cut([(0, 0, "body", "눈이 왔다.", True)]))
    assert Segment.objects.count() == count


def test_the_pieces_of_books_take_turns(api: APIClient, small: None) -> None:
    new(api, DAYS, "하나")
    new(api, DAYS, "둘")
    left = []
    for _ in range(4):
        assert arrival.cut_next()
        left.append([book.uncut for book in Book.objects.order_by("pk")])
    assert all(abs(one - two) <= 1 for one, two in left)


def test_text_that_is_not_cut_yet_counts_and_a_book_too_long_is_never_begun(
    api: APIClient, small: None, settings: Settings
) -> None:
    settings.SEGMENTS_PER_USER = 125
    assert api.post("/api/books/", {"text": f"{DAYS}\n\n{DAYS}"}).status_code == 409
    assert not Book.objects.exists()
    new(api, DAYS)
    assert Segment.objects.count() < 20
    assert api.post("/api/books/", {"text": DAYS}).status_code == 409


@pytest.fixture
def _counted_anew() -> Iterator[None]:
    storage.count_again()
    yield
    storage.count_again()


@pytest.mark.usefixtures("_counted_anew")
def test_a_text_counts_against_the_room_of_the_library(
    api: APIClient, settings: Settings, files: Callable[[], list[str]]
) -> None:
    settings.QUOTA_BYTES = 3_000
    assert api.post("/api/books/", {"text": DAYS}).status_code == 507
    assert files() == []
    assert api.post("/api/books/", {"text": DAYS[:300]}).status_code == 201
