"""…/events/."""

import json
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponseBase
from library_fakes import FakeParts
from rest_framework.test import APIClient

from kosorong_library.api import events
from kosorong_library.studio import tasks


def heard(answer: HttpResponseBase) -> list[dict[str, Any]]:
    text = b"".join(answer.streaming_content).decode()
    blocks = [dict(line.split(": ", 1) for line in b.splitlines()) for b in text.split("\n\n") if b]
    return [{**block, "data": json.loads(block.get("data", "{}"))} for block in blocks]


def sleep(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Let something happen whenever a stream sleeps."""
    clock = SimpleNamespace(sleep=lambda seconds: act(), monotonic=time.monotonic)
    monkeypatch.setattr(events, "time", clock)


def test_events_tell_what_is_done_until_nothing_more_happens(
    api: APIClient, book: dict[str, Any], parts: FakeParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    sleep(monkeypatch, tasks.produce_batch.call)
    answer = api.get(f"/api/books/{book['id']}/events/", HTTP_ACCEPT="text/event-stream")
    assert answer["Content-Type"] == "text/event-stream"
    first, *rest = heard(answer)
    assert first["retry"]
    assert [one["data"]["done"] for one in rest] == [0, 1, 4]
    assert [one["data"]["status"] for one in rest] == ["queued", "producing", "done"]
    assert rest[0]["data"]["seconds_left"] is None
    assert {one["event"] for one in rest} == {"progress"}
    last = rest[-1]["id"]
    again = api.get(f"/api/books/{book['id']}/events/", HTTP_LAST_EVENT_ID=last)
    assert again.status_code == 204


def test_a_book_deleted_meanwhile_ends_the_stream(
    api: APIClient, book: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/api/books/{book['id']}/"
    sleep(monkeypatch, lambda: api.delete(path))
    assert heard(api.get(f"{path}events/"))[-1]["event"] == "deleted"


def test_without_a_free_thread_a_stream_says_where_it_is_and_ends(
    api: APIClient, book: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from contextlib import nullcontext

    monkeypatch.setattr(events, "slot", lambda: nullcontext(False))
    first, *rest = heard(api.get(f"/api/books/{book['id']}/events/"))
    assert (int(first["retry"]), len(rest)) == (3000, 1)


def test_same_questions(book: dict[str, Any], ask_the_same: Callable[..., None]) -> None:
    path = f"/api/books/{book['id']}/events/"
    ask_the_same(path, "get", ("post", "put", "patch", "delete"), number=book["id"])
