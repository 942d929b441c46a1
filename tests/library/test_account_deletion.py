"""Closing an account: everything of its user's goes, nothing of anybody else's."""

from collections.abc import Callable
from typing import Any

import pytest
from library_fakes import FakeParts, FakeVoice
from rest_framework.test import APIClient

from kosorong.ports import Speech
from kosorong_library.accounts.models import Role, Token, User, UserSession
from kosorong_library.library.models import Book
from kosorong_library.listening.models import Position
from kosorong_library.studio.models import Export, Take

CLOSE = "/api/accounts/close/"
TEXT = "눈이 왔다. 바람도 불었다."


def test_nothing_stays_and_nothing_of_others_is_touched(
    api: APIClient,
    other: APIClient,
    owner: User,
    stranger: User,
    work: Callable[[], int],
    files: Callable[[], list[str]],
) -> None:
    theirs = other.post("/api/books/", {"title": "바당", "text": TEXT}).json()
    work()
    kept = files()
    mine = api.post("/api/books/", {"title": "겨울", "text": f"{TEXT} 새는 울지 않았다."}).json()
    work()
    path = f"/api/books/{mine['id']}"
    segment = api.get(f"{path}/segments/").json()["results"][0]["id"]
    place = {"segment": segment, "audio_ms": 0, "client_time": "2026-01-01T00:00:00Z"}
    api.put(f"{path}/position/", place)
    api.get(f"{path}/exports/vtt/?wait=0")
    work()
    api.post("/api/tokens/", {"name": "script"})
    assert set(files()) > set(kept)

    assert api.post(CLOSE, {"password": "pass-word-1"}).status_code == 204

    assert files() == kept
    assert User.objects.get() == stranger
    assert Book.objects.get().pk == theirs["id"]
    for model in (Token, Position, Export):
        assert not model.objects.exists()
    assert set(UserSession.objects.values_list("user", flat=True)) == {stranger.pk}
    assert Take.objects.count() == 2
    assert api.get("/api/accounts/me/").status_code == 401
    assert other.get(f"/api/books/{theirs['id']}/audio/").status_code == 200


@pytest.mark.parametrize("body", [{"password": "no"}, {}, {"password": 4711}, []])
def test_without_the_password_nothing_goes(
    api: APIClient, owner: User, book: dict[str, Any], body: dict[str, Any] | list[Any]
) -> None:
    answer = api.post(CLOSE, body)
    assert answer.status_code == 400
    assert set(answer.json()) == {"message", "extra"}
    assert Book.objects.count() == 1
    assert User.objects.get() == owner


def test_same_questions(ask_the_same: Callable[..., None]) -> None:
    ask_the_same(CLOSE, "post", ("get", "put", "delete"))


def test_the_last_admin_does_not_leave_the_library_alone(
    api: APIClient, owner: User, book: dict[str, Any]
) -> None:
    User.objects.update(role=Role.ADMIN)
    answer = api.post(CLOSE, {"password": "pass-word-1"})
    assert (answer.status_code, answer.json()["extra"]["reason"]) == (409, "last_admin")
    assert Book.objects.count() == 1


def test_a_worker_that_was_making_the_book_finishes_without_harm(
    api: APIClient,
    owner: User,
    book: dict[str, Any],
    parts: FakeParts,
    work: Callable[[], int],
    files: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    speak = FakeVoice.speak

    def leave(self: FakeVoice, text: str, **how: Any) -> Speech:
        api.post(CLOSE, {"password": "pass-word-1"})
        return speak(self, text, **how)

    monkeypatch.setattr(FakeVoice, "speak", leave)
    work()
    assert not User.objects.exists()
    assert not Book.objects.exists()
