"""Who is asking: nobody, the machine's owner, a session, a token."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings
from rest_framework.test import APIClient

from kosorong_library.accounts import services
from kosorong_library.accounts.models import Role, Token, User, UserSession


def test_log_in_and_out(nobody: APIClient, owner: User) -> None:
    answer = nobody.post("/api/accounts/login/", {"name": "owner", "password": "pass-word-1"})
    assert answer.json() == {
        "id": owner.pk,
        "name": "owner",
        "mail": "",
        "role": "maker",
        "mail_confirmed": None,
        "single_user": False,
    }
    assert nobody.get("/api/accounts/me/").json()["name"] == "owner"
    assert nobody.post("/api/accounts/logout/").status_code == 204
    assert nobody.get("/api/accounts/me/").status_code == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [({}, 400), ({"name": "owner", "password": "no"}, 401), ({"name": [], "password": "a"}, 400)],
)
def test_a_wrong_log_in_is_told(
    nobody: APIClient, owner: User, body: dict[str, str], status: int
) -> None:
    answer = nobody.post("/api/accounts/login/", body)
    assert answer.status_code == status, answer.content
    assert set(answer.json()) == {"message", "extra"}


def test_same_questions(ask_the_same: Callable[..., None]) -> None:
    ask_the_same("/api/accounts/me/", "get", ("post", "put", "delete"))
    ask_the_same("/api/accounts/me/", "patch", ())
    ask_the_same("/api/accounts/logout/", "post", ("get", "put", "delete"))
    ask_the_same("/api/voices/", "get", ("post", "put", "delete"))


def test_a_session_writes_with_its_csrf_token_only(owner: User) -> None:
    client = APIClient(enforce_csrf_checks=True)
    client.login(username="owner", password="pass-word-1")
    body = {"text": "눈이 왔다."}
    refused = client.post("/api/books/", body)
    assert refused.status_code == 403
    assert set(refused.json()) == {"message", "extra"}
    client.get("/api/accounts/me/")
    token = client.cookies["csrftoken"].value
    assert client.post("/api/books/", body, HTTP_X_CSRFTOKEN=token).status_code == 201


def test_a_log_in_forged_by_another_site_is_refused(owner: User) -> None:
    client = APIClient(enforce_csrf_checks=True)
    answer = client.post("/api/accounts/login/", {"name": "owner", "password": "pass-word-1"})
    assert answer.status_code == 403
    assert set(answer.json()) == {"message", "extra"}


def test_whoever_sets_a_session_up_does_not_share_it_after_the_log_in(
    nobody: APIClient, owner: User
) -> None:
    nobody.session.save()
    planted = nobody.cookies["sessionid"].value
    nobody.post("/api/accounts/login/", {"name": "owner", "password": "pass-word-1"})
    assert nobody.cookies["sessionid"].value != planted
    thief = APIClient()
    thief.cookies["sessionid"] = planted
    assert thief.get("/api/accounts/me/").status_code == 401
    assert UserSession.objects.get().user == owner


def test_whoever_was_shut_out_has_to_log_in_again_when_let_in(
    nobody: APIClient, owner: User
) -> None:
    nobody.post("/api/accounts/login/", {"name": "owner", "password": "pass-word-1"})
    assert nobody.get("/api/accounts/me/").status_code == 200
    for active in (False, True):
        owner.is_active = active
        owner.save()
    assert nobody.get("/api/accounts/me/").status_code == 401


def test_another_mail_address_wants_the_password(api: APIClient, owner: User) -> None:
    body = {"mail": "new@jeju.example", "password": "no"}
    refused = api.patch("/api/accounts/me/", body)
    assert (refused.status_code, refused.json()["extra"]["reason"]) == (400, "wrong_password")
    assert api.patch("/api/accounts/me/", {"mail": "no address"}).status_code == 400
    body |= {"password": "pass-word-1"}
    assert api.patch("/api/accounts/me/", body).json()["mail"] == "new@jeju.example"


def test_a_listener_reads_and_makes_nothing(
    api: APIClient, owner: User, ready: dict[str, Any], segments: list[dict[str, Any]]
) -> None:
    User.objects.update(role=Role.LISTENER)
    path = f"/api/books/{ready['id']}/"
    assert api.get(path).status_code == 200
    assert api.get(segments[0]["audio"]).status_code == 200
    place = {"segment": segments[0]["id"], "audio_ms": 0, "client_time": "2026-01-01T00:00:00Z"}
    assert api.put(f"{path}position/", place).status_code == 200
    segment = f"{path}segments/{segments[0]['id']}/"
    for refused in (
        api.post("/api/books/", {"text": "눈이 왔다."}),
        api.post(f"{path}produce/"),
        api.post(f"{path}pause/"),
        api.post(f"{path}cancel/"),
        api.patch(segment, {"text": "비가 왔다."}),
    ):
        assert refused.status_code == 403
        assert "maker" in refused.json()["message"]
    assert api.delete(path).status_code == 204


def test_a_token_opens_what_is_its_users(
    nobody: APIClient, owner: User, book: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("token", "owner", "--name", "script")
    token = capsys.readouterr().out.strip()
    assert token not in str(Token.objects.values())
    headers = {"HTTP_AUTHORIZATION": f"Bearer {token}"}
    assert nobody.get(f"/api/books/{book['id']}/", **headers).status_code == 200
    assert Token.objects.get().used_at is not None
    User.objects.update(is_active=False)
    refused = nobody.get(f"/api/books/{book['id']}/", **headers)
    assert refused.status_code == 401
    assert set(refused.json()) == {"message", "extra"}


def test_a_token_for_nobody_is_refused() -> None:
    with pytest.raises(CommandError, match="no user 'ghost'"):
        call_command("token", "ghost")


@pytest.fixture
def alone(settings: Settings) -> APIClient:
    settings.SINGLE_USER = True
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
    return APIClient(enforce_csrf_checks=True, HTTP_HOST="127.0.0.1:8000")


def test_on_a_machine_of_ones_own_nobody_logs_in(alone: APIClient) -> None:
    me = alone.get("/api/accounts/me/").json()
    assert (me["role"], me["single_user"]) == ("admin", True)
    assert alone.get("/api/accounts/register/").json() == {"registration": "closed"}
    assert alone.post("/api/books/", {"text": "눈이 왔다."}).status_code == 201
    assert User.objects.count() == 1
    assert not User.objects.get().has_usable_password()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"HTTP_ORIGIN": "http://127.0.0.1:8000"}, 201),
        ({"HTTP_ORIGIN": "http://evil.example"}, 403),
        ({"HTTP_ORIGIN": "null"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "same-origin"}, 201),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, 403),
        ({"REMOTE_ADDR": "192.0.2.7"}, 401),
        ({"HTTP_HOST": "evil.example"}, 400),
    ],
)
def test_other_sites_and_machines_are_not_the_owner(
    alone: APIClient, headers: dict[str, str], status: int
) -> None:
    answer = alone.post("/api/books/", {"text": "눈이 왔다."}, **headers)
    assert answer.status_code == status, answer.content
    assert (status == 201) or set(answer.json()) == {"message", "extra"}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("password/", {"old": "a", "password": "b"}),
        ("close/", {"password": "a"}),
        ("invitations/", {}),
        ("password/reset/", {"mail": "a@jeju.example"}),
    ],
)
def test_on_a_machine_of_ones_own_there_is_no_password(
    alone: APIClient, path: str, body: dict[str, str]
) -> None:
    alone.get("/api/accounts/me/")
    token = alone.cookies["csrftoken"].value
    answer = alone.post(f"/api/accounts/{path}", body, HTTP_X_CSRFTOKEN=token)
    assert answer.status_code == 409
    assert "KOSORONG_SINGLE_USER" in answer.json()["message"]


def test_the_owner_of_the_machine_is_an_admin_and_nobody_who_registered(alone: APIClient) -> None:
    User.objects.create_user("owner", password="pass-word-1")
    me = alone.get("/api/accounts/me/").json()
    assert me["role"] == "admin"
    assert me["name"].startswith("owner-")


def test_a_program_changes_no_mail_address(nobody: APIClient, owner: User) -> None:
    token = services.make_token(owner, "script")
    headers = {"HTTP_AUTHORIZATION": f"Bearer {token}"}
    body = {"mail": "new@jeju.example", "password": "pass-word-1"}
    assert nobody.patch("/api/accounts/me/", body, **headers).status_code == 401
    owner.refresh_from_db()
    assert owner.email == ""
