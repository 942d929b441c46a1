"""Who may see what: other people's files, forged requests, sessions, guessing, secrets in logs."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from kosorong_library.accounts import services
from kosorong_library.accounts.models import User
from kosorong_library.studio.models import Export, Take

PASSWORD = "pass-word-1"  # noqa: S105


@pytest.fixture
def browser(owner: User) -> Client:
    """A browser that logged in through the door, with its checks of forged requests."""
    client = Client(enforce_csrf_checks=True)
    client.get("/api/accounts/me/")
    token = client.cookies["csrftoken"].value
    body = {"name": owner.username, "password": PASSWORD}
    answer = client.post(
        "/api/accounts/login/", body, "application/json", headers={"X-CSRFToken": token}
    )
    assert answer.status_code == 200, answer.content
    return client


def test_a_write_without_the_token_of_the_page_is_refused(browser: Client, owner: User) -> None:
    answer = browser.post("/api/books/", {"text": "눈이 왔다."}, "application/json")
    assert answer.status_code == 403
    assert not owner.books.exists()
    for path in ("logout/", "password/", "close/"):
        assert browser.post(f"/api/accounts/{path}", {}, "application/json").status_code == 403


def test_a_form_of_another_site_cannot_log_somebody_in(owner: User) -> None:
    client = Client(enforce_csrf_checks=True)
    body = {"name": owner.username, "password": PASSWORD}
    answer = client.post("/api/accounts/login/", body, "application/json")
    assert answer.status_code == 403


def test_a_session_begins_with_a_key_of_its_own(owner: User) -> None:
    client = Client()
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    body = {"name": owner.username, "password": PASSWORD}
    assert client.post("/api/accounts/login/", body, "application/json").status_code == 200
    assert client.cookies["sessionid"].value != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert thief.get("/api/accounts/me/").status_code == 401


def test_cookies_are_kept_from_scripts_and_other_sites(browser: Client) -> None:
    cookie = browser.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_session_that_ended_opens_nothing(browser: Client) -> None:
    key = browser.cookies["sessionid"].value
    token = browser.cookies["csrftoken"].value
    sent = {"content_type": "application/json", "headers": {"X-CSRFToken": token}}
    assert browser.post("/api/accounts/logout/", **sent).status_code == 204
    thief = Client()
    thief.cookies["sessionid"] = key
    assert thief.get("/api/accounts/me/").status_code == 401


def test_files_of_others_cannot_be_had_by_number_key_or_name(
    other: APIClient,
    nobody: APIClient,
    ready: dict[str, Any],
    segments: list[dict[str, Any]],
    work: Callable[[], int],
    api: APIClient,
) -> None:
    book = ready["id"]
    api.get(f"/api/books/{book}/exports/vtt/", {"wait": 0})
    work()
    take, export = Take.objects.first(), Export.objects.get()
    addresses = [
        segments[0]["audio"],
        f"/api/books/{book}/audio/",
        f"/api/books/{book}/chapters/0/audio/",
        f"/api/books/{book}/exports/vtt/",
        f"/api/books/{book}/events/",
        f"/files/{take.audio.name}",
        f"/media/{take.audio.name}",
        f"/{take.audio.name}",
        f"/{export.file.name}",
        f"/static/{take.audio.name}",
    ]
    for address in addresses:
        for client in (other, nobody):
            answer = client.get(address)
            assert answer.status_code in {401, 404}, address


def test_a_book_of_ones_own_opens_no_segment_of_another(
    api: APIClient, other: APIClient, ready: dict[str, Any], segments: list[dict[str, Any]]
) -> None:
    mine = other.post("/api/books/", {"text": "바람이 불었다."}).json()
    stolen = f"/api/books/{mine['id']}/segments/{segments[0]['id']}/"
    assert other.get(stolen).status_code == 404
    assert other.get(f"{stolen}audio/").status_code == 404
    assert other.patch(stolen, {"text": "훔친 글"}).status_code == 404
    place = {"segment": segments[0]["id"], "audio_ms": 0, "client_time": "2026-01-01T00:00:00Z"}
    assert other.put(f"/api/books/{mine['id']}/position/", place).status_code in {404, 409}


def test_an_unknown_name_and_a_wrong_password_look_the_same(nobody: APIClient, owner: User) -> None:
    answers = [
        nobody.post("/api/accounts/login/", {"name": name, "password": "wrong-password"})
        for name in (owner.username, "nobody-of-this-name")
    ]
    first, second = ((one.status_code, one.json()) for one in answers)
    assert first == second


def test_guessing_is_slowed_down_for_a_name_whoever_it_is(nobody: APIClient, owner: User) -> None:
    def statuses(name: str) -> list[int]:
        body = {"name": name, "password": "wrong-password"}
        return [nobody.post("/api/accounts/login/", body).status_code for _ in range(8)]

    assert statuses(owner.username)[-1] == 429
    assert statuses("nobody-of-this-name")[-1] == 429


def test_no_secret_reaches_the_log(
    nobody: APIClient, owner: User, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "a-very-secret-pass-word"  # noqa: S105
    token = services.make_token(owner, "program")
    with caplog.at_level(logging.DEBUG):
        nobody.post("/api/accounts/login/", {"name": owner.username, "password": secret})
        nobody.post("/api/accounts/register/", {"name": "new", "password": secret, "pin": secret})
        client = APIClient()
        client.get("/api/books/", {"search": secret}, headers={"Authorization": f"Bearer {token}"})
        client.get("/api/books/", headers={"Authorization": f"Bearer {token}x"})
        client.get("/api/nothing/", {"key": secret}, headers={"Authorization": f"Bearer {token}"})
    ours = "\n".join(
        record.getMessage() for record in caplog.records if not record.name.startswith("django.db")
    )
    assert token not in ours
    assert secret not in ours


@pytest.mark.parametrize("role", ["admin", "corrector"])
def test_nobody_makes_themselves_more_than_they_are(
    other: APIClient, stranger: User, role: str
) -> None:
    other.patch("/api/accounts/me/", {"role": role, "is_superuser": True, "mail": ""})
    other.patch(f"/api/accounts/users/{stranger.pk}/", {"role": role})
    before = stranger.role
    assert User.objects.get(pk=stranger.pk).role == before
    assert not User.objects.get(pk=stranger.pk).is_superuser
