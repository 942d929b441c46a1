"""…/timeline/, and segments from a position: what a page needs of a long book at first."""

from typing import Any

import pytest
from rest_framework.test import APIClient


def test_lengths_and_silences_are_those_of_the_chapters_sound(
    api: APIClient, ready: dict[str, Any], segments: list[dict[str, Any]]
) -> None:
    told = api.get(f"/api/books/{ready['id']}/timeline/").json()
    assert told["durations"] == [one["duration_ms"] for one in segments]
    assert len(told["pauses"]) == len(segments)
    for one, after, pause in zip(segments, segments[1:], told["pauses"], strict=False):
        if one["chapter"] == after["chapter"]:
            gap = after["begin_ms"] - one["begin_ms"] - one["duration_ms"]
            assert pause == pytest.approx(gap, abs=2)


def test_nothing_is_told_of_what_cannot_be_heard_yet(api: APIClient, book: dict[str, Any]) -> None:
    told = api.get(f"/api/books/{book['id']}/timeline/").json()
    assert told == {"durations": [], "pauses": []}


def test_the_timeline_of_a_book_of_somebody_else_is_not_there(
    other: APIClient, ready: dict[str, Any]
) -> None:
    assert other.get(f"/api/books/{ready['id']}/timeline/").status_code == 404


def test_segments_are_listed_from_a_position(
    api: APIClient, ready: dict[str, Any], segments: list[dict[str, Any]]
) -> None:
    path = f"/api/books/{ready['id']}/segments/"
    told = api.get(path, {"start": 1, "page_size": 2}).json()
    assert [one["position"] for one in told["results"]] == [1, 2][: len(segments) - 1]
    assert api.get(path, {"start": 10**6}).json()["results"] == []
    assert api.get(path, {"start": -1}).status_code == 400


def test_silences_of_a_few_segments_are_those_of_the_whole_without_reading_what_is_before(
    api: APIClient, ready: dict[str, Any], segments: list[dict[str, Any]]
) -> None:
    path = f"/api/books/{ready['id']}/segments/"
    pauses = api.get(f"/api/books/{ready['id']}/timeline/").json()["pauses"]
    told = api.get(path, {"start": 1, "brief": "1"}).json()["results"]
    assert [one["begin_ms"] for one in told] == [None] * (len(segments) - 1)
    assert [one["pause_ms"] for one in told] == [*pauses[1:-1], None]


def test_a_book_is_told_without_its_text_where_nobody_needs_it(
    api: APIClient, ready: dict[str, Any]
) -> None:
    path = f"/api/books/{ready['id']}/"
    whole, brief = api.get(path).json(), api.get(path, {"brief": "1"}).json()
    assert whole["content"]
    assert brief == {**whole, "content": ""}
    assert api.get(path, {"brief": "perhaps"}).status_code == 400
