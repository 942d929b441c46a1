"""/api/terms/: how words and names are translated in all books of a user."""

from collections.abc import Callable
from typing import Any

import pytest
from library_fakes import FakeParts
from library_people import client_of, make
from rest_framework.test import APIClient

PATH = "/api/terms/"
WORD = {"korean": "바람도", "jeju": "ᄇᆞᄅᆞᆷ도"}


def _texts(api: APIClient, ready: dict[str, Any]) -> list[str]:
    rows = api.get(f"/api/books/{ready['id']}/segments/").json()["results"]
    return [row["text"] for row in rows]


def test_a_word_is_translated_as_fixed_and_nothing_else_again(
    api: APIClient, ready: dict[str, Any], work: Callable[[], int], parts: FakeParts
) -> None:
    before = _texts(api, ready)
    parts.translator.calls.clear()
    row = api.post(PATH, WORD)
    assert (row.status_code, row.json()["jeju"]) == (201, "ᄇᆞᄅᆞᆷ도")
    assert work() == 1
    assert parts.translator.calls == [["바람도 불었다."]]
    assert _texts(api, ready) == [before[0], "ᄇᆞᄅᆞᆷ도 ᄒᆞ불었다.", *before[2:]]


def test_what_would_change_is_shown_first(
    api: APIClient, ready: dict[str, Any], work: Callable[[], int]
) -> None:
    shown = api.post(f"{PATH}preview/", WORD).json()
    assert shown["count"] == 1
    assert shown["results"][0]["text"] == "바람도 불었다."
    assert shown["results"][0]["language"] == "ko"
    assert shown["results"][0]["before"] == "ᄒᆞ바람도 ᄒᆞ불었다."
    assert work() == 0
    assert api.get(PATH).json()["count"] == 0


def test_a_word_inside_of_another_is_no_term(api: APIClient, ready: dict[str, Any]) -> None:
    inside = {"korean": "람", "jeju": "ᄅᆞᆷ"}
    assert api.post(f"{PATH}preview/", inside).json()["count"] == 0


def test_a_new_book_is_translated_so_from_the_start(
    api: APIClient, work: Callable[[], int], parts: FakeParts
) -> None:
    api.post(PATH, {"korean": "한라산"})
    book = api.post("/api/books/", {"text": "한라산 보인다."}).json()
    work()
    assert _texts(api, book) == ["한라산 ᄒᆞ보인다."]


def test_removing_one_leaves_the_word_to_the_translator(
    api: APIClient, ready: dict[str, Any], work: Callable[[], int]
) -> None:
    before = _texts(api, ready)
    number = api.post(PATH, WORD).json()["id"]
    work()
    assert api.delete(f"{PATH}{number}/").status_code == 204
    assert work() == 1
    assert _texts(api, ready) == before


def test_what_somebody_wrote_is_never_translated_again(
    api: APIClient, ready: dict[str, Any], segments: list[dict[str, Any]], work: Callable[[], int]
) -> None:
    api.patch(f"/api/books/{ready['id']}/segments/{segments[1]['id']}/", {"text": "ᄇᆞᄅᆞᆷ 불엇저."})
    work()
    assert api.post(PATH, WORD).status_code == 201
    assert work() == 0


def test_the_same_term_again_replaces_the_first(
    api: APIClient, ready: dict[str, Any], work: Callable[[], int]
) -> None:
    api.post(PATH, WORD)
    api.post(PATH, {**WORD, "jeju": "ᄇᆞ름도"})
    assert [row["jeju"] for row in api.get(PATH).json()["results"]] == ["ᄇᆞ름도"]
    work()
    assert _texts(api, ready)[1] == "ᄇᆞ름도 ᄒᆞ불었다."


def test_they_are_ones_own(
    api: APIClient,
    other: APIClient,
    nobody: APIClient,
    ready: dict[str, Any],
    work: Callable[[], int],
) -> None:
    number = api.post(PATH, WORD).json()["id"]
    work()
    assert other.get(PATH).json()["count"] == 0
    assert other.delete(f"{PATH}{number}/").status_code == 404
    assert other.post(PATH, WORD).status_code == 201
    assert work() == 0
    assert nobody.get(PATH).status_code == nobody.post(PATH, WORD).status_code == 401
    assert nobody.delete(f"{PATH}{number}/").status_code == 401
    assert client_of(make("ear", "listener")).post(PATH, WORD).status_code == 403


@pytest.mark.parametrize(
    "change", [{"korean": ""}, {"korean": "…"}, {"korean": 1}, {"jeju": "!"}, {"jeju": "가" * 61}]
)
@pytest.mark.parametrize("path", [PATH, f"{PATH}preview/"])
def test_a_bad_term_is_told(api: APIClient, path: str, change: dict[str, Any]) -> None:
    answer = api.post(path, {**WORD, **change})
    assert answer.status_code == 400, answer.content
    assert set(answer.json()) == {"message", "extra"}


def test_as_many_as_one_may_have(api: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kosorong_library.studio.terms.MOST", 1)
    api.post(PATH, WORD)
    answer = api.post(PATH, {"korean": "바다"})
    assert (answer.status_code, answer.json()["extra"]["reason"]) == (409, "too_many_terms")
    assert api.post(PATH, {**WORD, "jeju": "바람도"}).status_code == 201


def test_same_questions(api: APIClient, ask_the_same: Callable[..., None]) -> None:
    ask_the_same(PATH, "get", ("put", "patch", "delete"))
    ask_the_same(f"{PATH}preview/", "post", ("get", "put", "delete"), WORD)
    assert api.delete(f"{PATH}999999/").status_code == 404
    assert api.get(f"{PATH}1/").status_code == 405
