"""/api/pronunciations/: how words are said in all books of a user."""

from collections.abc import Callable
from typing import Any

import pytest
from library_fakes import FakeParts
from library_people import client_of, make
from rest_framework.test import APIClient

PATH = "/api/pronunciations/"
WORD = {"term": "ᄒᆞ바람", "spoken": "ᄇᆞ름"}


def test_a_word_is_said_otherwise_and_written_as_before(
    api: APIClient,
    ready: dict[str, Any],
    segments: list[dict[str, Any]],
    work: Callable[[], int],
    parts: FakeParts,
) -> None:
    before = [one["audio"] for one in segments]
    parts.voice.read.clear()
    row = api.post(PATH, WORD)
    assert (row.status_code, row.json()["spoken"]) == (201, "ᄇᆞ름")
    assert work() == 1
    assert parts.voice.read == ["ᄇᆞ름도 ᄒᆞ불었다."]
    after = api.get(f"/api/books/{ready['id']}/segments/").json()["results"]
    assert after[1]["text"] == "ᄒᆞ바람도 ᄒᆞ불었다."
    assert [new["audio"] != old for new, old in zip(after, before, strict=True)] == [
        False,
        True,
        False,
        False,
    ]


def test_what_would_change_is_shown_first(
    api: APIClient, ready: dict[str, Any], work: Callable[[], int]
) -> None:
    shown = api.post(f"{PATH}preview/", WORD).json()
    assert shown["count"] == 1
    assert shown["results"][0]["after"] == "ᄇᆞ름도 ᄒᆞ불었다."
    assert work() == 0
    assert api.get(PATH).json()["count"] == 0


def test_a_new_book_is_said_so_from_the_start(
    api: APIClient, work: Callable[[], int], parts: FakeParts
) -> None:
    api.post(PATH, WORD)
    api.post("/api/books/", {"text": "바람이 분다."})
    work()
    assert parts.voice.read == ["ᄇᆞ름이 ᄒᆞ분다."]


def test_removing_one_says_the_word_as_written(
    api: APIClient, ready: dict[str, Any], work: Callable[[], int], parts: FakeParts
) -> None:
    number = api.post(PATH, WORD).json()["id"]
    work()
    assert api.delete(f"{PATH}{number}/").status_code == 204
    assert work() == 1
    assert parts.voice.read[-1] == "ᄒᆞ바람도 ᄒᆞ불었다."


def test_what_somebody_wrote_for_one_sentence_comes_first(
    api: APIClient,
    ready: dict[str, Any],
    segments: list[dict[str, Any]],
    work: Callable[[], int],
    parts: FakeParts,
) -> None:
    api.patch(f"/api/books/{ready['id']}/segments/{segments[1]['id']}/", {"spoken": "바람 불언"})
    work()
    api.post(PATH, WORD)
    assert work() == 0
    assert parts.voice.read[-1] == "바람 불언"


def test_the_same_term_again_replaces_the_first(api: APIClient, ready: dict[str, Any]) -> None:
    api.post(PATH, WORD)
    api.post(PATH, {**WORD, "spoken": "바람"})
    assert [row["spoken"] for row in api.get(PATH).json()["results"]] == ["바람"]


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
    "change",
    [{"term": ""}, {"spoken": " "}, {"term": 1}, {"spoken": "\x03"}, {"term": "가" * 101}],
)
@pytest.mark.parametrize("path", [PATH, f"{PATH}preview/"])
def test_a_bad_word_is_told(api: APIClient, path: str, change: dict[str, Any]) -> None:
    answer = api.post(path, {**WORD, **change})
    assert answer.status_code == 400, answer.content
    assert set(answer.json()) == {"message", "extra"}


@pytest.mark.parametrize("path", [PATH, f"{PATH}preview/"])
def test_a_word_that_is_said_as_it_is_written_is_told(api: APIClient, path: str) -> None:
    answer = api.post(path, {**WORD, "spoken": WORD["term"]})
    assert (answer.status_code, answer.json()["extra"]["reason"]) == (409, "same_word")


def test_same_questions(api: APIClient, ask_the_same: Callable[..., None]) -> None:
    ask_the_same(PATH, "get", ("put", "patch", "delete"))
    ask_the_same(f"{PATH}preview/", "post", ("get", "put", "delete"), WORD)
    assert api.delete(f"{PATH}999999/").status_code == 404
    assert api.get(f"{PATH}1/").status_code == 405
