"""…/korean/: sentences for whoever listens in two languages."""

from collections.abc import Callable
from typing import Any

import pytest
from library_fakes import FakeParts
from rest_framework.test import APIClient

from kosorong_library.library.models import Book


@pytest.fixture
def path(ready: dict[str, Any], segments: list[dict[str, Any]]) -> str:
    return f"/api/books/{ready['id']}/segments/{segments[0]['id']}/korean/"


def sound(client: APIClient, path: str) -> bytes:
    answer = client.get(path)
    assert answer.status_code == 200, answer
    assert answer["Content-Type"] == "audio/flac"
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_sentence_is_spoken_in_korean_once(
    api: APIClient, path: str, segments: list[dict[str, Any]], parts: FakeParts
) -> None:
    before = len(parts.voice.read)
    heard = sound(api, path)
    assert heard.startswith(b"fLaC")
    assert parts.voice.read[before:] == [segments[0]["beside"]]
    assert sound(api, path) == heard
    assert len(parts.voice.read) == before + 1


def test_it_is_spoken_anew_where_it_says_something_else(
    api: APIClient, path: str, parts: FakeParts, files: Callable[[], list[str]]
) -> None:
    sound(api, path)
    api.patch(path.replace("korean/", ""), {"beside": "비가 왔다."})
    sound(api, path)
    assert parts.voice.read[-1] == "비가 왔다."
    assert len([name for name in files() if "/korean-" in name]) == 1


def test_guests_hear_what_is_there_and_make_nothing(
    api: APIClient, nobody: APIClient, path: str
) -> None:
    Book.objects.update(visibility="public", licence="CC0 1.0")
    assert nobody.get(path).status_code == 404
    made = sound(api, path)
    assert sound(nobody, path) == made


def test_it_goes_with_its_book(
    api: APIClient, path: str, ready: dict[str, Any], files: Callable[[], list[str]]
) -> None:
    sound(api, path)
    api.delete(f"/api/books/{ready['id']}/")
    assert files() == []


def test_where_the_voice_is_away_the_answer_says_so(
    api: APIClient, path: str, parts: FakeParts
) -> None:
    parts.voice.broken = "away"
    answer = api.get(path)
    assert answer.status_code == 503
    assert set(answer.json()) == {"message", "extra"}
