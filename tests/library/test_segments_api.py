"""…/segments/, …/segments/SEG/ and their sound."""

from collections.abc import Callable
from typing import Any

import pytest
from library_fakes import FakeParts
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from kosorong.audio.wav import decode_audio


def test_segments_carry_both_texts_their_words_and_times(
    ready: dict[str, Any], segments: list[dict[str, Any]]
) -> None:
    first = segments[0]
    assert first["beside"] == "눈이 왔다."
    assert first["text"] == "ᄒᆞ눈이 ᄒᆞ왔다."
    assert first["links"] == [[0, 0, 1.0], [1, 1, 1.0]]
    assert first["words"] == [
        {"text": "ᄒᆞ눈이", "start_ms": 0, "end_ms": 100},
        {"text": "ᄒᆞ왔다.", "start_ms": 100, "end_ms": 200},
    ]
    assert [one["begin_ms"] for one in segments[:3]] == [0, 604, 1486]  # whole frames of AAC
    assert [one["position"] for one in segments] == [0, 1, 2, 3]


def test_segments_are_there_before_they_are_made(api: APIClient, book: dict[str, Any]) -> None:
    lines = api.get(f"/api/books/{book['id']}/segments/?chapter=0&page_size=2").json()
    assert (lines["count"], len(lines["results"])) == (4, 2)
    first = lines["results"][0]
    assert (first["text"], first["audio"], first["begin_ms"]) == ("", None, None)
    assert api.get(f"/api/books/{book['id']}/segments/?chapter=x").status_code == 400
    assert api.get(f"/api/books/{book['id']}/segments/?chapter=9").json()["count"] == 0


def test_the_number_of_queries_does_not_grow(
    api: APIClient, ready: dict[str, Any], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(9):
        api.get(f"/api/books/{ready['id']}/segments/")
    with django_assert_max_num_queries(14):
        api.get(f"/api/books/{ready['id']}/")


def test_a_changed_translation_is_spoken_again_and_nothing_else(
    api: APIClient,
    ready: dict[str, Any],
    segments: list[dict[str, Any]],
    work: Callable[[], int],
    parts: FakeParts,
) -> None:
    one = segments[1]
    path = f"/api/books/{ready['id']}/segments/{one['id']}/"
    parts.voice.read.clear()
    answer = api.patch(path, {"text": "ᄇᆞ름도 불엇저."})
    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["audio"]) == ("waiting", None)
    assert api.get(f"/api/books/{ready['id']}/").json()["status"] == "producing"
    assert work() == 1
    assert parts.voice.read == ["ᄇᆞ름도 불엇저."]
    assert len(parts.translator.calls) == 2
    after = api.get(path).json()
    assert (after["text"], after["provenance"]) == ("ᄇᆞ름도 불엇저.", "person")
    assert "ᄇᆞ름도 불엇저." in api.get(f"/api/books/{ready['id']}/").json()["content"]


def test_a_changed_original_is_translated_again(
    api: APIClient,
    ready: dict[str, Any],
    segments: list[dict[str, Any]],
    work: Callable[[], int],
    parts: FakeParts,
) -> None:
    path = f"/api/books/{ready['id']}/segments/{segments[1]['id']}/"
    api.patch(path, {"beside": "비가 왔다."})
    assert work() == 1
    assert parts.translator.calls[-1] == ["비가 왔다."]
    assert api.get(path).json()["text"] == "ᄒᆞ비가 ᄒᆞ왔다."


def test_what_is_said_may_differ_from_what_is_written(
    api: APIClient,
    ready: dict[str, Any],
    segments: list[dict[str, Any]],
    work: Callable[[], int],
    parts: FakeParts,
) -> None:
    path = f"/api/books/{ready['id']}/segments/{segments[0]['id']}/"
    api.patch(path, {"spoken": "눈 와수다"})
    work()
    after = api.get(path).json()
    assert parts.voice.read[-1] == "눈 와수다"
    assert (after["text"], after["spoken"]) == ("ᄒᆞ눈이 ᄒᆞ왔다.", "눈 와수다")
    assert [word["text"] for word in after["words"]] == ["ᄒᆞ눈이", "ᄒᆞ왔다."]


def test_the_same_text_again_changes_nothing(
    api: APIClient, ready: dict[str, Any], segments: list[dict[str, Any]], work: Callable[[], int]
) -> None:
    path = f"/api/books/{ready['id']}/segments/{segments[0]['id']}/"
    assert api.patch(path, {"text": segments[0]["text"]}).json()["state"] == "done"
    assert work() == 0


def test_an_old_take_that_nothing_needs_is_deleted(
    api: APIClient,
    ready: dict[str, Any],
    segments: list[dict[str, Any]],
    work: Callable[[], int],
    files: Callable[[], list[str]],
) -> None:
    path = f"/api/books/{ready['id']}/segments/{segments[0]['id']}/"
    before = set(files())
    api.patch(path, {"text": "다르다."})
    work()
    assert len(files()) == len(before)
    assert set(files()) != before


@pytest.mark.parametrize(
    "body", [{}, [], {"text": ""}, {"text": " "}, {"text": 1}, {"text": "가" * 2001}, {"x": "y"}]
)
def test_a_bad_change_is_told(
    api: APIClient,
    ready: dict[str, Any],
    segments: list[dict[str, Any]],
    body: dict[str, Any] | list[Any],
) -> None:
    answer = api.patch(f"/api/books/{ready['id']}/segments/{segments[0]['id']}/", body)
    assert answer.status_code == 400, answer.content
    assert set(answer.json()) == {"message", "extra"}


def test_same_questions(
    ready: dict[str, Any], segments: list[dict[str, Any]], ask_the_same: Callable[..., None]
) -> None:
    base, number = f"/api/books/{ready['id']}/segments/", ready["id"]
    one = f"{base}{segments[0]['id']}/"
    ask_the_same(base, "get", ("post", "put", "patch", "delete"), number=number)
    ask_the_same(one, "get", ("post", "put", "delete"), number=number)
    ask_the_same(one, "patch", (), {"text": "가"}, number=number)
    ask_the_same(f"{one}audio/", "get", ("post", "delete"), number=number)


def test_a_segment_of_another_book_is_not_found(
    api: APIClient, ready: dict[str, Any], segments: list[dict[str, Any]]
) -> None:
    twin = api.post("/api/books/", {"text": "다른 책이다."}).json()
    assert api.get(f"/api/books/{twin['id']}/segments/{segments[0]['id']}/").status_code == 404


def test_the_sound_of_a_segment_takes_ranges(
    api: APIClient, segments: list[dict[str, Any]]
) -> None:
    whole = api.get(segments[0]["audio"])
    data = b"".join(whole.streaming_content)
    assert (whole.status_code, whole["Content-Type"]) == (200, "audio/flac")
    assert whole["Accept-Ranges"] == "bytes"
    assert len(data) == int(whole["Content-Length"])
    samples, rate = decode_audio(data)
    assert len(samples) == 2 * rate // 10
    part = api.get(segments[0]["audio"], HTTP_RANGE="bytes=10-19")
    assert (part.status_code, b"".join(part.streaming_content)) == (206, data[10:20])
    assert part["Content-Range"] == f"bytes 10-19/{len(data)}"
    beyond = api.get(segments[0]["audio"], HTTP_RANGE=f"bytes={len(data)}-")
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(data)}")
    assert set(beyond.json()) == {"message", "extra"}
    same = api.get(segments[0]["audio"], HTTP_IF_NONE_MATCH=whole["ETag"])
    assert same.status_code == 304
    stale = api.get(segments[0]["audio"], HTTP_RANGE="bytes=0-1", HTTP_IF_RANGE='"old"')
    assert stale.status_code == 200
    head = api.head(segments[0]["audio"])
    assert (head["Content-Length"], b"".join(head.streaming_content)) == (str(len(data)), b"")
