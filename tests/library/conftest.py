"""A library with three standing people: its owner, a stranger to the book, and nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from library_answers import see_described
from library_fakes import FakeParts, FakeTranslator, FakeVoice
from library_people import client_of
from pytest_django import Settings
from rest_framework.test import APIClient

import toy_serving
from kosorong_library.accounts.models import User
from kosorong_library.api import bodies
from kosorong_library.config import storages
from kosorong_library.studio import inference, tasks
from kosorong_library.studio.models import Export

toy_bundles_folder = toy_serving.toy_bundles_folder
server_address = toy_serving.server_address

STORY = "눈이 왔다. 바람도 불었다.\n\n돌담 위에 새가 앉았다. 새는 울지 않았다."


@pytest.fixture(autouse=True)
def _storage(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """Keep files in a folder of the test's own; people have to log in.

    A test is one transaction that is undone, in which nothing is ever committed: what waits for
    that is done at once.
    """
    monkeypatch.setattr(transaction, "on_commit", lambda act: act())
    settings.SINGLE_USER = False
    # A page that was built here is none of the tests' business.
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    settings.PAGE = tmp_path / "page"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "default": storages.storage("", tmp_path),
    }


@pytest.fixture(autouse=True)
def _described(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse an answer that has other names than the description of the API says."""
    show = bodies.shown

    def shown(kind: bodies.Kind, content: object) -> Any:
        if not isinstance(content, list):
            see_described(kind(), content)
        return show(kind, content)

    monkeypatch.setattr(bodies, "shown", shown)


@pytest.fixture
def files(tmp_path: Path) -> Callable[[], list[str]]:
    """Return what lies in the storage."""

    def found() -> list[str]:
        root = tmp_path / "files"
        paths = (path for path in root.rglob("*") if path.is_file())
        return sorted(str(path.relative_to(root)) for path in paths)

    return found


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> FakeParts:
    """Stand in for the inference server."""
    made = FakeParts(FakeTranslator(), FakeVoice())
    monkeypatch.setattr(inference, "open_models", lambda voice: made)
    return made


@pytest.fixture
def owner() -> User:
    return User.objects.create_user("owner", password="pass-word-1")


@pytest.fixture
def stranger() -> User:
    return User.objects.create_user("stranger", password="pass-word-2")


@pytest.fixture
def api(owner: User) -> APIClient:
    """The owner's client."""
    return client_of(owner)


@pytest.fixture
def other(stranger: User) -> APIClient:
    """Somebody else's client."""
    return client_of(stranger)


@pytest.fixture
def nobody() -> APIClient:
    """A client that did not log in."""
    return client_of(None)


@pytest.fixture
def work(parts: FakeParts) -> Callable[[], int]:
    """Do what a worker would: every batch, then every export that was asked for."""

    def run() -> int:
        made = 0
        while count := tasks.produce_batch.call():
            made += count
        for export in Export.objects.exclude(asked_at=None):
            tasks.build_export.call(export.pk)
        return made

    return run


@pytest.fixture
def book(api: APIClient) -> dict[str, Any]:
    """Return a new book, as its owner sees it."""
    return api.post("/api/books/", {"title": "겨울", "text": STORY}).json()


@pytest.fixture
def ready(api: APIClient, book: dict[str, Any], work: Callable[[], int]) -> dict[str, Any]:
    """Return a finished book."""
    work()
    return api.get(f"/api/books/{book['id']}/").json()


@pytest.fixture
def segments(api: APIClient, ready: dict[str, Any]) -> list[dict[str, Any]]:
    return api.get(f"/api/books/{ready['id']}/segments/").json()["results"]


@pytest.fixture
def ask_the_same(api: APIClient, other: APIClient, nobody: APIClient) -> Callable[..., None]:
    """Ask every address the same questions: stranger, nobody, bad number, wrong method."""

    def ask(
        path: str, method: str, wrong: Iterable[str], body: Any = None, number: int | None = None
    ) -> None:
        for client, status in ((other, 404), (nobody, 401)):
            if number is None and client is other:
                continue
            answer = getattr(client, method)(path, body)
            assert answer.status_code == status, answer.content
            assert set(answer.json()) == {"message", "extra"}
        if number is not None:
            for bad in (999_999, "x", "9" * 30):
                answer = getattr(api, method)(path.replace(f"/{number}/", f"/{bad}/", 1), body)
                assert answer.status_code == 404, answer.content
                assert set(answer.json()) == {"message", "extra"}
        for one in wrong:
            answer = getattr(api, one)(path)
            assert answer.status_code == 405
            assert set(answer.json()) == {"message", "extra"}

    return ask
