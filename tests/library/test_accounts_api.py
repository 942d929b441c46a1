"""Who is asking: nobody, the machine's owner, a session, a token."""

import pytest
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from kosorong_library.accounts.models import Token, User


def test_log_in_and_out(nobody, owner):
    answer = nobody.post("/api/accounts/login/", {"name": "owner", "password": "pass-word-1"})
    assert answer.json() == {
        "id": owner.pk,
        "name": "owner",
        "role": "maker",
        "single_user": False,
    }
    assert nobody.get("/api/accounts/me/").json()["name"] == "owner"
    assert nobody.post("/api/accounts/logout/").status_code == 204
    assert nobody.get("/api/accounts/me/").status_code == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [({}, 400), ({"name": "owner", "password": "no"}, 401), ({"name": [], "password": "a"}, 400)],
)
def test_a_wrong_log_in_is_told(nobody, owner, body, status):
    answer = nobody.post("/api/accounts/login/", body)
    assert answer.status_code == status, answer.content
    assert set(answer.json()) == {"message", "extra"}


def test_same_questions(ask_the_same):
    ask_the_same("/api/accounts/me/", "get", ("post", "put", "delete"))
    ask_the_same("/api/accounts/logout/", "post", ("get", "put", "delete"))
    ask_the_same("/api/voices/", "get", ("post", "put", "delete"))


def test_a_session_writes_with_its_csrf_token_only(owner):
    client = APIClient(enforce_csrf_checks=True)
    client.login(username="owner", password="pass-word-1")
    body = {"text": "눈이 왔다."}
    refused = client.post("/api/books/", body)
    assert refused.status_code == 403
    assert set(refused.json()) == {"message", "extra"}
    client.get("/api/accounts/me/")
    token = client.cookies["csrftoken"].value
    assert client.post("/api/books/", body, HTTP_X_CSRFTOKEN=token).status_code == 201


def test_a_log_in_forged_by_another_site_is_refused(owner):
    client = APIClient(enforce_csrf_checks=True)
    answer = client.post("/api/accounts/login/", {"name": "owner", "password": "pass-word-1"})
    assert answer.status_code == 403
    assert set(answer.json()) == {"message", "extra"}


def test_a_token_opens_what_is_its_users(nobody, owner, book, capsys):
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


def test_a_token_for_nobody_is_refused():
    with pytest.raises(CommandError, match="no user 'ghost'"):
        call_command("token", "ghost")


@pytest.fixture
def alone(settings):
    settings.SINGLE_USER = True
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
    return APIClient(enforce_csrf_checks=True, HTTP_HOST="127.0.0.1:8000")


def test_on_a_machine_of_ones_own_nobody_logs_in(alone):
    me = alone.get("/api/accounts/me/").json()
    assert (me["role"], me["single_user"]) == ("admin", True)
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
def test_other_sites_and_machines_are_not_the_owner(alone, headers, status):
    answer = alone.post("/api/books/", {"text": "눈이 왔다."}, **headers)
    assert answer.status_code == status, answer.content
    assert (status == 201) or set(answer.json()) == {"message", "extra"}
