"""…/share/, /api/shared/, and what others may do with a book of somebody else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from library_people import client_of, make
from pytest_django import Settings
from rest_framework.test import APIClient

from kosorong_library.accounts.models import User
from kosorong_library.library.models import Book, Segment

CREDIT = {"licence": "CC BY 4.0", "attribution": "할망 지음"}


@pytest.fixture
def path(ready: dict[str, Any]) -> str:
    return f"/api/books/{ready['id']}/"


@pytest.fixture
def share(api: APIClient, path: str) -> Callable[..., HttpResponse]:
    def put(visibility: Any, **more: Any) -> HttpResponse:
        return api.put(f"{path}share/", {"visibility": visibility, **more})

    return put


@pytest.fixture
def everybody(other: APIClient, nobody: APIClient) -> dict[str, APIClient]:
    """Return clients of everybody who is not the owner, by role."""
    return {
        "nobody": nobody,
        "stranger": other,
        "listener": client_of(make("listener", "listener")),
        "corrector": client_of(make("corrector", "corrector")),
        "admin": client_of(make("admin", "admin")),
    }


def test_a_guest_is_told_what_is_not_read(
    path: str, share: Callable[..., HttpResponse], nobody: APIClient, ready: dict[str, Any]
) -> None:
    left = [["글.txt:3", "- 7 -", "page number"]]
    Book.objects.filter(pk=ready["id"]).update(skipped=left, warnings=["Read as CP949."])
    share("public", **CREDIT)
    seen = nobody.get(path).json()
    assert (seen["skipped"], seen["warnings"]) == (left, ["Read as CP949."])


READS = ("", "segments/", "audio/", "events/", "chapters/0/audio/", "exports/vtt/?wait=0")
WRITES = (
    ("delete", ""),
    ("post", "produce/"),
    ("post", "pause/"),
    ("post", "cancel/"),
    ("get", "share/"),
    ("put", "share/"),
    ("post", "share/"),
    ("delete", "share/"),
)


def test_a_book_is_private_at_first(
    api: APIClient, path: str, everybody: dict[str, APIClient]
) -> None:
    assert api.get(path).json()["visibility"] == "private"
    for name, client in everybody.items():
        for read in READS:
            assert client.get(path + read).status_code == (401 if name == "nobody" else 404)


def test_a_public_book_is_read_by_everybody_and_changed_by_nobody(
    share: Callable[..., HttpResponse],
    path: str,
    everybody: dict[str, APIClient],
    segments: list[dict[str, Any]],
) -> None:
    assert share("public", **CREDIT).status_code == 200
    one = segments[0]["id"]
    for name, client in everybody.items():
        for read in (*READS, f"segments/{one}/", f"segments/{one}/audio/"):
            assert client.get(path + read).status_code in {200, 202, 204}, (name, read)
        shown = client.get(path).json()
        assert (shown["mine"], shown["position"], shown["licence"]) == (False, None, "CC BY 4.0")
        for verb, write in (
            *WRITES,
            ("patch", f"segments/{one}/"),
            ("post", f"segments/{one}/undo/"),
        ):
            answer = getattr(client, verb)(path + write, {"text": "가"})
            assert answer.status_code == (401 if name == "nobody" else 403), (name, verb, write)
            assert set(answer.json()) == {"message", "extra"}


def test_public_books_stand_on_a_shelf_for_all(
    api: APIClient, share: Callable[..., HttpResponse], nobody: APIClient, other: APIClient
) -> None:
    assert nobody.get("/api/books/?shelf=public").json()["count"] == 0
    share("public", **CREDIT)
    for client in (nobody, other, api):
        assert client.get("/api/books/?shelf=public").json()["results"][0]["title"] == "겨울"
    assert other.get("/api/books/").json()["count"] == 0
    assert nobody.get("/api/books/").status_code == 401


def test_an_unlisted_book_is_opened_by_its_link_alone(
    share: Callable[..., HttpResponse], path: str, other: APIClient, nobody: APIClient
) -> None:
    link = share("unlisted").json()["link"]
    key = link.partition("#")[2]
    assert link.endswith(f"/shared#{key}")
    assert len(key) == 22
    for client in (other, nobody):
        assert client.get(path).status_code in {401, 404}
        assert client.post("/api/shared/", {"key": key}).json() == {"book": int(path.split("/")[3])}
        assert client.get(path).status_code == 200
        assert client.get("/api/books/?shelf=public").json()["count"] == 0


def test_what_was_opened_by_a_link_stands_on_a_shelf_for_guests_and_users(
    api: APIClient,
    share: Callable[..., HttpResponse],
    path: str,
    other: APIClient,
    nobody: APIClient,
) -> None:
    key = share("unlisted").json()["link"].partition("#")[2]
    shelf = "/api/books/?shelf=shared"
    for client in (other, nobody):
        assert client.get(shelf).json()["count"] == 0
        client.post("/api/shared/", {"key": key})
        assert [one["title"] for one in client.get(shelf).json()["results"]] == ["겨울"]
    api.post("/api/shared/", {"key": key})
    assert api.get(shelf).json()["count"] == 0, "one's own book is on one's own shelf"
    api.delete(f"{path}share/")
    assert other.get(shelf).json()["count"] == nobody.get(shelf).json()["count"] == 0


def test_whoever_only_has_a_link_is_forgotten_with_the_browsers_session(
    share: Callable[..., HttpResponse], path: str, nobody: APIClient, owner: User
) -> None:
    key = share("unlisted").json()["link"].partition("#")[2]
    nobody.post("/api/shared/", {"key": key})
    assert nobody.cookies["sessionid"]["max-age"] == ""
    assert nobody.cookies["sessionid"]["expires"] == ""
    nobody.post("/api/accounts/login/", {"name": "owner", "password": "pass-word-1"})
    assert nobody.cookies["sessionid"]["max-age"] == 14 * 24 * 3600
    # Who is logged in already stays so.
    nobody.post("/api/shared/", {"key": key})
    assert nobody.cookies["sessionid"]["max-age"] == 14 * 24 * 3600


def test_a_link_is_revoked_by_another_one_and_by_taking_the_book_back(
    api: APIClient, share: Callable[..., HttpResponse], path: str, nobody: APIClient
) -> None:
    first = share("unlisted").json()["link"].partition("#")[2]
    nobody.post("/api/shared/", {"key": first})
    second = api.post(f"{path}share/").json()["link"].partition("#")[2]
    assert second != first
    assert nobody.get(path).status_code == 401
    assert nobody.post("/api/shared/", {"key": first}).status_code == 404
    nobody.post("/api/shared/", {"key": second})
    assert nobody.get(path).status_code == 200
    assert api.delete(f"{path}share/").status_code == 204
    assert nobody.get(path).status_code == 401
    assert nobody.post("/api/shared/", {"key": second}).status_code == 404
    assert api.post(f"{path}share/").status_code == 409


@pytest.mark.parametrize("key", ["", "x", "\x00", "0" * 22, "가"])
def test_a_key_that_opens_nothing(
    share: Callable[..., HttpResponse], nobody: APIClient, ready: dict[str, Any], key: str
) -> None:
    share("private")
    assert nobody.post("/api/shared/", {"key": key}).status_code == 404


def test_a_key_has_the_letters_it_has(
    share: Callable[..., HttpResponse], nobody: APIClient
) -> None:
    key = share("unlisted").json()["link"].partition("#")[2]
    assert nobody.post("/api/shared/", {"key": key.swapcase()}).status_code == 404


def test_licence_and_credit_stand_in_exports(
    api: APIClient, share: Callable[..., HttpResponse], path: str, work: Callable[[], int]
) -> None:
    before = api.get(path).json()["revision"]
    share("public", **CREDIT)
    assert api.get(path).json()["revision"] == before + 1
    api.get(f"{path}exports/vtt/?wait=0")
    work()
    text = b"".join(api.get(f"{path}exports/vtt/").streaming_content).decode()
    assert "CC BY 4.0. 할망 지음" in text


def test_a_public_book_has_a_licence(share: Callable[..., HttpResponse]) -> None:
    refused = share("public")
    assert (refused.status_code, refused.json()["extra"]["reason"]) == (409, "licence_missing")


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"visibility": "x"},
        {"visibility": 1},
        {"visibility": "private", "licence": "mine"},
        {"visibility": "private", "attribution": "가" * 501},
    ],
)
def test_a_bad_body_is_told(api: APIClient, path: str, body: dict[str, Any] | list[Any]) -> None:
    answer = api.put(f"{path}share/", body)
    assert answer.status_code == 400, answer.content
    assert set(answer.json()) == {"message", "extra"}


@pytest.mark.parametrize("body", [{}, [], {"key": 1}, {"key": "x" * 101}])
def test_a_bad_key_is_told(nobody: APIClient, body: dict[str, Any] | list[Any]) -> None:
    assert nobody.post("/api/shared/", body).status_code == 400


def test_same_questions(
    ready: dict[str, Any], path: str, ask_the_same: Callable[..., None]
) -> None:
    number = ready["id"]
    ask_the_same(f"{path}share/", "get", ("patch",), number=number)
    ask_the_same(f"{path}share/", "put", (), {"visibility": "public"}, number=number)
    ask_the_same(f"{path}share/", "delete", (), number=number)


def test_a_listener_who_owns_a_book_does_not_publish_it(
    api: APIClient, owner: User, path: str
) -> None:
    owner.role = "listener"
    owner.save()
    assert api.put(f"{path}share/", {"visibility": "unlisted"}).status_code == 403
    assert api.delete(f"{path}share/").status_code == 204


def test_only_so_many_books_fit(api: APIClient, ready: dict[str, Any], settings: Settings) -> None:
    settings.BOOKS_PER_USER = 1
    refused = api.post("/api/books/", {"text": "하나 더."})
    assert (refused.status_code, refused.json()["extra"]["reason"]) == (409, "too_many_books")
    settings.BOOKS_PER_USER = 0
    assert api.post("/api/books/", {"text": "하나 더."}).status_code == 201
    assert Book.objects.count() == 2


def test_only_so_much_text_fits_and_what_did_not_leaves_nothing(
    api: APIClient,
    ready: dict[str, Any],
    settings: Settings,
    files: Callable[[], list[str]],
) -> None:
    have = Segment.objects.count()
    settings.SEGMENTS_PER_USER, before = have + 1, files()
    refused = api.post("/api/books/", {"text": "하나 더. 둘 더."})
    assert (refused.status_code, refused.json()["extra"]) == (
        409,
        {"reason": "too_much_text", "limit": have + 1, "have": have, "more": 2},
    )
    assert (Book.objects.count(), files()) == (1, before)
    assert api.post("/api/books/", {"text": "하나 더."}).status_code == 201
    settings.SEGMENTS_PER_USER = 0
    assert api.post("/api/books/", {"text": "하나 더. 둘 더."}).status_code == 201
