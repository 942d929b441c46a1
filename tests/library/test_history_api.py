"""…/segments/SEG/history/ and undo/: what was changed, and taking it back."""

from collections.abc import Callable
from typing import Any

import pytest
from library_fakes import FakeParts
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient


@pytest.fixture
def path(ready: dict[str, Any], segments: list[dict[str, Any]]) -> str:
    return f"/api/books/{ready['id']}/segments/{segments[1]['id']}/"


def test_every_change_is_told_newest_first(api: APIClient, path: str) -> None:
    api.patch(path, {"text": "하나."})
    api.patch(path, {"spoken": "둘", "text": "둘."})
    newest, first = api.get(f"{path}history/").json()
    assert first["changes"] == [{"field": "text", "before": "ᄒᆞ바람도 ᄒᆞ불었다.", "after": "하나."}]
    assert {one["field"] for one in newest["changes"]} == {"text", "spoken"}
    assert (newest["by"], newest["undone_at"], newest["correction"]) == ("owner", None, None)


def test_changes_are_taken_back_one_by_one_to_the_machines_word(
    api: APIClient, path: str, work: Callable[[], int], parts: FakeParts
) -> None:
    api.patch(path, {"text": "하나."})
    api.patch(path, {"text": "둘."})
    assert api.post(f"{path}undo/").json()["text"] == "하나."
    back = api.post(f"{path}undo/").json()
    assert (back["text"], back["provenance"]) == ("ᄒᆞ바람도 ᄒᆞ불었다.", "fake")
    assert back["links"] == [[0, 0, 1.0], [1, 1, 1.0]]
    refused = api.post(f"{path}undo/")
    assert (refused.status_code, refused.json()["extra"]["reason"]) == (409, "nothing_to_undo")
    calls = len(parts.translator.calls)
    assert work() == 1
    assert len(parts.translator.calls) == calls
    assert all(one["undone_at"] for one in api.get(f"{path}history/").json())


def test_a_changed_original_is_taken_back_with_its_translation(
    api: APIClient, path: str, work: Callable[[], int], parts: FakeParts
) -> None:
    api.patch(path, {"beside": "비가 왔다."})
    work()
    assert api.post(f"{path}undo/").json()["text"] == "ᄒᆞ바람도 ᄒᆞ불었다."
    work()
    assert parts.translator.calls[-1] == ["비가 왔다."]


def test_an_undo_makes_exports_stale(
    api: APIClient, ready: dict[str, Any], path: str, work: Callable[[], int]
) -> None:
    api.patch(path, {"text": "하나."})
    work()
    before = api.get(f"/api/books/{ready['id']}/").json()["revision"]
    api.post(f"{path}undo/")
    work()
    assert api.get(f"/api/books/{ready['id']}/").json()["revision"] > before
    export = f"/api/books/{ready['id']}/exports/vtt/?wait=0"
    assert api.get(export).status_code == 202
    work()
    assert "하나." not in b"".join(api.get(export).streaming_content).decode()


def test_the_number_of_queries_does_not_grow(
    api: APIClient, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(6):
        api.patch(path, {"text": f"{n}번째."})
    with django_assert_max_num_queries(5):
        assert len(api.get(f"{path}history/").json()) == 6


def test_same_questions(
    ready: dict[str, Any], path: str, ask_the_same: Callable[..., None]
) -> None:
    ask_the_same(f"{path}history/", "get", ("post", "put", "delete"), number=ready["id"])
    ask_the_same(f"{path}undo/", "post", ("get", "put", "delete"), number=ready["id"])
