"""One correction offered for all books of whoever asks, with what it would change."""

from collections.abc import Callable
from typing import Any

import pytest
from library_people import client_of, make
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from kosorong_library.library.models import Book
from kosorong_library.studio.bulk_correction import Swap


@pytest.fixture
def shelf(api: APIClient, work: Callable[[], int]) -> list[dict[str, Any]]:
    """Return two books in which the same word is corrected once."""
    texts = ("바람 분다. 눈도 온다.", "바람 분다. 오늘도 바람 분다. 바람이 분다.")
    books = [api.post("/api/books/", {"title": text[:2], "text": text}).json() for text in texts]
    work()
    return [book["id"] for book in books]


@pytest.fixture
def path(api: APIClient, shelf: list[dict[str, Any]]) -> str:
    line = api.get(f"/api/books/{shelf[0]}/segments/").json()["results"][0]
    body = {"segment": line["id"], "text": "ᄇᆞ름 ᄒᆞ분다."}
    row = api.post(f"/api/books/{shelf[0]}/corrections/", body).json()
    return f"/api/books/{shelf[0]}/corrections/{row['id']}/everywhere/"


@pytest.mark.parametrize(
    ("was", "text", "before", "after"),
    [
        ("가 나 다", "가 라 다", "나", "라"),
        ("가 나 다", "가 다", "나", ""),
        ("가 다", "가 나 다", "", "나"),
        ("가", "나 다", "가", "나 다"),
        ("가 가", "가", "가", ""),
    ],
)
def test_a_swap_is_what_two_sentences_do_not_share(
    was: str, text: str, before: str, after: str
) -> None:
    assert Swap.between(was, text) == Swap(before, after)


def test_what_would_change_is_shown_first_and_nothing_is_changed(
    api: APIClient, shelf: list[dict[str, Any]], path: str
) -> None:
    rows = api.get(path).json()
    assert [(row["book"], row["before"], row["after"]) for row in rows] == [
        (shelf[1], "ᄒᆞ바람 ᄒᆞ분다.", "ᄇᆞ름 ᄒᆞ분다."),
        (shelf[1], "ᄒᆞ오늘도 ᄒᆞ바람 ᄒᆞ분다.", "ᄒᆞ오늘도 ᄇᆞ름 ᄒᆞ분다."),
    ]
    assert "ᄇᆞ름" not in api.get(f"/api/books/{shelf[1]}/").json()["content"]


def test_only_what_was_chosen_is_changed_and_can_be_undone(
    api: APIClient, shelf: list[dict[str, Any]], path: str, work: Callable[[], int]
) -> None:
    rows = api.get(path).json()
    chosen = rows[1]["segment"]
    assert api.post(path, {"segments": [chosen, 99999]}).json() == {"changed": 1}
    assert work() == 2  # and the corrected sentence itself
    content = api.get(f"/api/books/{shelf[1]}/").json()["content"]
    assert content.count("ᄇᆞ름") == 1
    assert len(api.get(path).json()) == 1
    back = api.post(f"/api/books/{shelf[1]}/segments/{chosen}/undo/").json()
    assert back["text"] == "ᄒᆞ오늘도 ᄒᆞ바람 ᄒᆞ분다."
    own = path.removesuffix("everywhere/")
    assert api.get(own).json()["state"] == "accepted"


def test_everybody_changes_their_own_books_only(
    api: APIClient, shelf: list[dict[str, Any]], path: str, work: Callable[[], int]
) -> None:
    Book.objects.filter(pk=shelf[0]).update(visibility="public")
    maker = client_of(make("maker", "maker"))
    maker.post("/api/books/", {"text": "바람 분다."})
    work()
    theirs = maker.get(path).json()
    assert [row["after"] for row in theirs] == ["ᄇᆞ름 ᄒᆞ분다."]
    mine = api.get(path).json()[0]["segment"]
    assert maker.post(path, {"segments": [mine]}).json() == {"changed": 0}
    listener = client_of(make("listener", "listener"))
    assert listener.post(path, {"segments": [mine]}).status_code == 403


@pytest.mark.parametrize("body", [{}, {"segments": []}, {"segments": ["x"]}, {"segments": 3}, []])
def test_a_bad_choice_is_told(api: APIClient, path: str, body: dict[str, Any] | list[Any]) -> None:
    answer = api.post(path, body)
    assert answer.status_code == 400, answer.content
    assert set(answer.json()) == {"message", "extra"}


def test_the_number_of_queries_does_not_grow(
    api: APIClient,
    path: str,
    work: Callable[[], int],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(4):
        api.post("/api/books/", {"text": "바람 분다. 바람 분다."})
    work()
    with django_assert_max_num_queries(6):
        assert len(api.get(path).json()) == 10
