"""Change a password, or choose one with the link of a letter."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult
from rest_framework.test import APIClient

from kosorong_library.accounts import tasks
from kosorong_library.accounts.models import Role, User

CHANGE = "/api/accounts/password/"
RESET = "/api/accounts/password/reset/"
CONFIRM = "/api/accounts/password/reset/confirm/"
BETTER = "물마루-너머-이어도"


def post_office() -> list[EmailMessage]:
    """Send the letters that wait for the worker."""
    for task in DBTaskResult.objects.filter(task_path=tasks.send_reset.module_path):
        tasks.send_reset.call(*task.args_kwargs["args"], **task.args_kwargs["kwargs"])
        task.delete()
    return mail.outbox


def logged_in(name: str = "owner", typed: str = "pass-word-1") -> APIClient:
    client = APIClient()
    body = {"name": name, "password": typed}
    assert client.post("/api/accounts/login/", body).status_code == 200
    return client


def test_another_password_ends_the_other_sessions_and_renews_this_one(owner: User) -> None:
    here, elsewhere = logged_in(), logged_in()
    before = here.cookies["sessionid"].value
    assert here.post(CHANGE, {"old": "pass-word-1", "password": BETTER}).status_code == 204
    assert here.get("/api/accounts/me/").status_code == 200
    assert here.cookies["sessionid"].value != before
    assert elsewhere.get("/api/accounts/me/").status_code == 401
    assert owner.sessions.count() == 1
    logged_in(typed=BETTER)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"old": "no", "password": BETTER}, "password"),
        ({"old": "pass-word-1", "password": "short"}, "password"),
        ({"old": "pass-word-1"}, "password"),
        ({"password": BETTER}, "old"),
        ([], ""),
    ],
)
def test_what_cannot_be_taken_changes_nothing(
    api: APIClient, owner: User, body: dict[str, str] | list[Any], field: str
) -> None:
    answer = api.post(CHANGE, body)
    assert answer.status_code == 400, answer.content
    assert field in str(answer.json()["extra"]["fields"])
    owner.refresh_from_db()
    assert owner.check_password("pass-word-1")
    assert api.get("/api/accounts/me/").status_code == 200


def test_whoever_found_an_open_page_cannot_guess_the_password(api: APIClient) -> None:
    for _ in range(6):
        assert api.post(CHANGE, {"old": "no", "password": BETTER}).status_code == 400
    refused = api.post("/api/accounts/close/", {"password": "pass-word-1"})
    assert refused.status_code == 429


def test_same_questions(ask_the_same: Callable[..., None], nobody: APIClient) -> None:
    ask_the_same(CHANGE, "post", ("get", "put", "delete"))
    for path in (RESET, CONFIRM):
        assert nobody.get(path).status_code == 405
        assert nobody.post(path, {}).status_code == 400
        assert APIClient(enforce_csrf_checks=True).post(path, {}).status_code == 403


def test_a_token_of_a_program_does_not_change_a_password(
    nobody: APIClient, owner: User, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("token", "owner")
    headers = {"HTTP_AUTHORIZATION": f"Bearer {capsys.readouterr().out.strip()}"}
    assert (
        nobody.post(CHANGE, {"old": "pass-word-1", "password": BETTER}, **headers).status_code
        == 401
    )
    assert nobody.post("/api/tokens/", {"name": "a"}, **headers).status_code == 401
    User.objects.update(role=Role.ADMIN)
    assert nobody.get("/api/accounts/users/", **headers).status_code == 401


def test_the_link_of_a_letter_sets_a_password_once(nobody: APIClient, owner: User) -> None:
    owner.email = "Owner@jeju.example"
    owner.save()
    thief = logged_in()
    assert nobody.post(RESET, {"mail": "owner@jeju.example"}).status_code == 202
    (letter,) = post_office()
    assert letter.to == ["Owner@jeju.example"]
    key = re.search(r"http://testserver/reset#(\S+)", letter.body)[1]
    weak = nobody.post(CONFIRM, {"key": key, "password": "short"})
    assert weak.json()["extra"]["reason"] == "password_too_short"
    assert nobody.post(CONFIRM, {"key": key, "password": BETTER}).status_code == 204
    assert thief.get("/api/accounts/me/").status_code == 401
    again = nobody.post(CONFIRM, {"key": key, "password": f"{BETTER}-2"})
    assert (again.status_code, again.json()["extra"]["reason"]) == (400, "wrong_link")
    logged_in(typed=BETTER)


def test_nobody_learns_whether_an_address_is_known(nobody: APIClient, owner: User) -> None:
    owner.email = "owner@jeju.example"
    owner.save()
    known, unknown = (
        nobody.post(RESET, {"mail": f"{name}@jeju.example"}) for name in ("owner", "ghost")
    )
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert DBTaskResult.objects.count() == 2
    assert len(post_office()) == 1


def test_no_letter_goes_to_whoever_may_not_come_in(nobody: APIClient) -> None:
    User.objects.create_user("gone", "gone@jeju.example", "pass-word-4", is_active=False)
    User.objects.create_user("machine", "gone@jeju.example")
    nobody.post(RESET, {"mail": "gone@jeju.example"})
    assert post_office() == []


def test_a_mailbox_is_not_flooded(nobody: APIClient) -> None:
    answers = [nobody.post(RESET, {"mail": "a@jeju.example"}).status_code for _ in range(5)]
    assert answers == [202] * 4 + [429]


@pytest.mark.parametrize("key", ["", "x", "MQ.x", "%%%.x-y", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5.a-b"])
def test_a_link_that_is_none_is_told(nobody: APIClient, owner: User, key: str) -> None:
    answer = nobody.post(CONFIRM, {"key": key, "password": BETTER})
    assert answer.status_code == 400
    assert answer.json()["extra"]["reason"] == "wrong_link"
