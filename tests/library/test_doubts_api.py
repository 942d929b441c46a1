"""…/segments/ by what a correction of their doubted words would mend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from library_fakes import FakeParts, FakeTranslator
from rest_framework.test import APIClient

from kosorong.ports import Doubt, Translation
from kosorong_library.library.models import Book, DoubtedWord, Visibility

DOUBTED = {"눈이": "눈", "바람도": "바람"}


@pytest.fixture(autouse=True)
def doubting(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = FakeTranslator._one

    def one(self: FakeTranslator, text: str, target: str) -> Translation:
        doubts = tuple(
            Doubt(n, DOUBTED[word], "stands")
            for n, word in enumerate(text.split())
            if word in DOUBTED
        )
        return replace(plain(self, text, target), doubts=doubts)

    monkeypatch.setattr(FakeTranslator, "_one", one)


def listed(api: APIClient, book: Mapping[str, Any], more: str = "") -> list[dict[str, Any]]:
    answer = api.get(f"/api/books/{book['id']}/segments/?ordering=mends{more}")
    assert answer.status_code == 200
    return list(answer.json()["results"])


def make(api: APIClient, work: Callable[[], int], text: str) -> dict[str, Any]:
    book: dict[str, Any] = api.post("/api/books/", {"title": "다른 책", "text": text}).json()
    work()
    return book


def test_a_segment_names_its_doubted_words_with_reasons(
    api: APIClient, ready: dict[str, Any], segments: list[dict[str, Any]]
) -> None:
    assert segments[0]["doubts"] == [[0, "눈", "stands"]]
    path = f"/api/books/{ready['id']}/segments/{segments[0]['id']}/"
    assert api.get(path).json()["doubts"] == [[0, "눈", "stands"]]


def test_what_would_mend_most_of_the_library_comes_first(
    api: APIClient, work: Callable[[], int]
) -> None:
    book = make(api, work, "눈이 왔다. 바람도 불었다. 비가 왔다.")
    assert [(one["beside"], one["mends"]) for one in listed(api, book)] == [
        ("눈이 왔다.", 1),
        ("바람도 불었다.", 1),
    ]
    make(api, work, "바람도 잤다. 바람도 세다.")
    assert [(one["beside"], one["mends"]) for one in listed(api, book)] == [
        ("바람도 불었다.", 3),
        ("눈이 왔다.", 1),
    ]
    assert [one["beside"] for one in listed(api, book, "&page_size=1&page=2")] == ["눈이 왔다."]
    assert [one["beside"] for one in listed(api, book, "&search=눈이")] == ["눈이 왔다."]


def test_what_others_keep_to_themselves_is_not_counted(
    api: APIClient, work: Callable[[], int], other: APIClient
) -> None:
    book = make(api, work, "눈이 왔다. 바람도 불었다.")
    theirs = make(other, work, "바람도 잤다. 바람도 세다.")
    assert [one["mends"] for one in listed(api, book)] == [1, 1]
    Book.objects.filter(pk=theirs["id"]).update(visibility=Visibility.PUBLIC)
    assert [one["mends"] for one in listed(api, book)] == [3, 1]


def test_a_sentence_that_a_person_wrote_is_doubted_no_more(
    api: APIClient, ready: dict[str, Any], segments: list[dict[str, Any]], parts: FakeParts
) -> None:
    before = DoubtedWord.objects.count()
    path = f"/api/books/{ready['id']}/segments/{segments[0]['id']}/"
    assert api.patch(path, {"text": "눈이 왓저."}).json()["doubts"] == []
    assert DoubtedWord.objects.count() == before - 1
    api.post(f"{path}undo/")
    assert DoubtedWord.objects.count() == before


def test_an_order_that_there_is_not_is_refused(api: APIClient, ready: dict[str, Any]) -> None:
    answer = api.get(f"/api/books/{ready['id']}/segments/?ordering=votes")
    assert answer.status_code == 400
