"""…/position/."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.utils import timezone
from rest_framework.test import APIClient

from kosorong_library.listening.models import Position

EARLY, LATE = "2026-01-01T10:00:00Z", "2026-01-01T11:00:00Z"


@pytest.fixture
def place(
    api: APIClient, ready: dict[str, Any], segments: list[dict[str, Any]]
) -> Callable[..., HttpResponse]:
    def put(
        segment: int = 0, audio_ms: int = 100, client_time: Any = EARLY, **more: Any
    ) -> HttpResponse:
        body = {"segment": segments[segment]["id"], "audio_ms": audio_ms, **more}
        path = f"/api/books/{ready['id']}/position/"
        return api.put(path, {**body, "client_time": client_time})

    return put


def test_a_place_is_remembered_with_its_book(
    api: APIClient,
    ready: dict[str, Any],
    segments: list[dict[str, Any]],
    place: Callable[..., HttpResponse],
) -> None:
    assert place().status_code == 200
    shown = api.get(f"/api/books/{ready['id']}/").json()["position"]
    expected = {"segment": segments[0]["id"], "audio_ms": 100, "client_time": EARLY}
    assert shown == {**expected, "version": 1, "position": 0}
    assert api.get(f"/api/books/{ready['id']}/position/").json() == shown


def test_the_newer_place_wins_and_is_told(
    segments: list[dict[str, Any]], place: Callable[..., HttpResponse]
) -> None:
    place(1, 500, LATE)
    older = place(0, 100, EARLY)
    assert older.status_code == 409
    assert older.json()["extra"] == {
        "segment": segments[1]["id"],
        "audio_ms": 500,
        "client_time": LATE,
        "version": 1,
        "position": 1,
    }
    assert place(2, 0, LATE).status_code == 200


def test_a_place_that_the_device_did_not_know_is_not_overwritten_however_late_it_writes(
    place: Callable[..., HttpResponse],
) -> None:
    assert place(0, based_on=0, client_time=EARLY).json()["version"] == 1
    assert place(1, based_on=1, client_time=LATE).json()["version"] == 2
    left_open = place(0, based_on=1, client_time=timezone.now().isoformat())
    assert (left_open.status_code, left_open.json()["extra"]["version"]) == (409, 2)
    assert place(0, based_on=0).status_code == 409


def test_whoever_knows_the_place_writes_it_though_their_clock_is_behind(
    segments: list[dict[str, Any]], place: Callable[..., HttpResponse]
) -> None:
    place(1, based_on=0, client_time=LATE)
    told = place(0, based_on=1, client_time=EARLY)
    assert (told.status_code, told.json()["segment"]) == (200, segments[0]["id"])


def test_a_clock_that_runs_ahead_locks_nobody_out(place: Callable[..., HttpResponse]) -> None:
    assert place(client_time=(timezone.now() + timedelta(days=365)).isoformat()).status_code == 200
    assert place(client_time=timezone.now().isoformat()).status_code == 200


@pytest.mark.parametrize(
    "change",
    [{"audio_ms": -1}, {"audio_ms": "x"}, {"segment": 10**30}]
    + [{"client_time": bad} for bad in ("yesterday", "", None, 5)]
    + [{"based_on": bad} for bad in (-1, "x", 10**30)],
)
def test_a_bad_body_is_told(
    api: APIClient, ready: dict[str, Any], segments: list[dict[str, Any]], change: dict[str, Any]
) -> None:
    body = {"segment": segments[0]["id"], "audio_ms": 0, "client_time": EARLY, **change}
    answer = api.put(f"/api/books/{ready['id']}/position/", body)
    assert answer.status_code == 400, answer.content
    assert set(answer.json()) == {"message", "extra"}


def test_a_place_in_another_book_is_named_and_is_no_newer_one(
    api: APIClient, ready: dict[str, Any]
) -> None:
    body = {"segment": 99999, "audio_ms": 0, "client_time": EARLY}
    answer = api.put(f"/api/books/{ready['id']}/position/", body)
    assert (answer.status_code, answer.json()["extra"]) == (409, {"reason": "no_segment"})


def test_before_the_first_place_there_is_none(api: APIClient, book: dict[str, Any]) -> None:
    assert api.get(f"/api/books/{book['id']}/position/").status_code == 404


def test_same_questions(ready: dict[str, Any], ask_the_same: Callable[..., None]) -> None:
    path = f"/api/books/{ready['id']}/position/"
    body = {"segment": 1, "audio_ms": 0, "client_time": EARLY}
    ask_the_same(path, "put", ("post", "patch", "delete"), body, number=ready["id"])


def test_a_place_stored_while_the_servers_clock_ran_ahead_locks_nobody_out(
    place: Callable[..., HttpResponse], segments: list[dict[str, Any]]
) -> None:
    assert place(0).status_code == 200
    Position.objects.update(client_time=timezone.now() + timedelta(days=400))
    answer = place(1, 700, client_time=timezone.now().isoformat())
    assert answer.status_code == 200
    assert answer.json()["segment"] == segments[1]["id"]
