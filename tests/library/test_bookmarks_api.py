"""…/bookmarks/ and /api/settings/."""

from collections.abc import Callable
from typing import Any

import pytest
from library_people import client_of, make
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from kosorong_library.library.models import Book
from kosorong_library.listening import services


@pytest.fixture
def path(ready: dict[str, Any]) -> str:
    return f"/api/books/{ready['id']}/bookmarks/"


def test_marked_sentences_come_in_reading_order(
    api: APIClient, path: str, segments: list[dict[str, Any]]
) -> None:
    for which in (2, 0):
        body = {"segment": segments[which]["id"], "note": f"{which} <b>"}
        assert api.post(path, body).status_code == 201
    rows = api.get(path).json()["results"]
    assert [(row["position"], row["note"]) for row in rows] == [(0, "0 <b>"), (2, "2 <b>")]
    assert api.delete(f"{path}{rows[0]['id']}/").status_code == 204
    assert api.get(path).json()["count"] == 1


def test_a_sentence_is_marked_once_and_its_note_renewed(
    api: APIClient, path: str, segments: list[dict[str, Any]]
) -> None:
    body = {"segment": segments[0]["id"]}
    api.post(path, body)
    again = api.post(path, {**body, "note": "여기"})
    assert (again.status_code, again.json()["note"]) == (200, "여기")
    assert api.get(path).json()["count"] == 1


def test_bookmarks_are_ones_own(
    api: APIClient, path: str, ready: dict[str, Any], segments: list[dict[str, Any]]
) -> None:
    Book.objects.filter(pk=ready["id"]).update(visibility="public", licence="CC0 1.0")
    listener = client_of(make("listener", "listener"))
    number = api.post(path, {"segment": segments[0]["id"]}).json()["id"]
    assert listener.get(path).json()["count"] == 0
    assert listener.post(path, {"segment": segments[0]["id"]}).status_code == 201
    assert listener.delete(f"{path}{number}/").status_code == 404


def test_only_so_many_fit(
    api: APIClient, path: str, segments: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST_BOOKMARKS", 1)
    api.post(path, {"segment": segments[0]["id"]})
    assert api.post(path, {"segment": segments[0]["id"]}).status_code == 200
    assert api.post(path, {"segment": segments[1]["id"]}).status_code == 409


def test_a_segment_of_another_book_is_named(
    api: APIClient, path: str, segments: list[dict[str, Any]]
) -> None:
    answer = api.post(path, {"segment": 99999})
    assert (answer.status_code, answer.json()["extra"]["reason"]) == (409, "no_segment")


@pytest.mark.parametrize("change", [{"segment": "x"}, {"segment": None}, {"note": 1}])
def test_a_bad_bookmark_is_told(
    api: APIClient, path: str, segments: list[dict[str, Any]], change: dict[str, Any]
) -> None:
    answer = api.post(path, {"segment": segments[0]["id"], **change})
    assert answer.status_code == 400, answer.content
    assert set(answer.json()) == {"message", "extra"}
    assert api.post(path, {"segment": segments[0]["id"], "note": "가" * 501}).status_code == 400


def test_the_number_of_queries_does_not_grow(
    api: APIClient,
    path: str,
    segments: list[dict[str, Any]],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for one in segments:
        api.post(path, {"segment": one["id"]})
    with django_assert_max_num_queries(5):
        assert api.get(path).json()["count"] == 4


def test_same_questions(
    ready: dict[str, Any],
    path: str,
    segments: list[dict[str, Any]],
    ask_the_same: Callable[..., None],
) -> None:
    body = {"segment": segments[0]["id"]}
    ask_the_same(path, "get", ("put", "patch", "delete"), number=ready["id"])
    ask_the_same(path, "post", (), body, number=ready["id"])
    ask_the_same(f"{path}1/", "delete", ("get", "post", "put"), number=ready["id"])


def test_settings_follow_their_user(api: APIClient, other: APIClient) -> None:
    assert api.get("/api/settings/").json() == {}
    assert api.patch("/api/settings/", {"speed": 1.25, "korean": False}).status_code == 200
    api.patch("/api/settings/", {"size": 3, "theme": "dark"})
    kept = {"speed": 1.25, "korean": False, "size": 3, "theme": "dark"}
    assert api.get("/api/settings/").json() == kept
    assert other.get("/api/settings/").json() == {}


def test_new_books_are_spelled_as_their_maker_likes(api: APIClient, other: APIClient) -> None:
    story = {"title": "겨울", "text": "눈이 왔다."}
    assert api.post("/api/books/", story).json()["spelling"] == "araea"
    assert api.patch("/api/settings/", {"spelling": "modern"}).status_code == 200
    assert api.post("/api/books/", story).json()["spelling"] == "modern"
    assert api.post("/api/books/", {**story, "spelling": "araea"}).json()["spelling"] == "araea"
    assert other.post("/api/books/", story).json()["spelling"] == "araea"


@pytest.mark.parametrize(
    "body",
    [
        {"speed": 9},
        {"speed": "x"},
        {"size": -1},
        {"tongue": "fr"},
        {"theme": 1},
        {"spelling": "old"},
        [],
    ],
)
def test_bad_settings_are_told(api: APIClient, body: dict[str, Any] | list[Any]) -> None:
    answer = api.patch("/api/settings/", body)
    assert answer.status_code == 400, answer.content
    assert api.get("/api/settings/").json() == {}


def test_same_questions_of_settings(ask_the_same: Callable[..., None]) -> None:
    ask_the_same("/api/settings/", "get", ("post", "put", "delete"))
    ask_the_same("/api/settings/", "patch", (), {"size": 1})


def test_a_mark_says_its_sentence_in_both_languages(
    api: APIClient, path: str, segments: list[dict[str, Any]]
) -> None:
    told = api.post(path, {"segment": segments[1]["id"]}).json()
    assert (told["text"], told["beside"]) == (segments[1]["text"], segments[1]["beside"])
    (row,) = api.get(path).json()["results"]
    assert row["text"] == segments[1]["text"]
