"""…/mail/: whether a mail address is its user's, where letters are sent."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail, signing
from django.core.mail import EmailMessage
from django_tasks_db.models import DBTaskResult
from library_people import client_of
from pytest_django import Settings
from rest_framework.test import APIClient

from kosorong_library.accounts import tasks
from kosorong_library.accounts.models import User

ME = "/api/accounts/me/"
MAIL = "/api/accounts/mail/"
CONFIRM = "/api/accounts/mail/confirm/"
RESET = "/api/accounts/password/reset/"
HERS = {"mail": "owner@jeju.example", "password": "pass-word-1"}


def post_office() -> list[EmailMessage]:
    """Send the letters that wait for the worker, and return them."""
    mail.outbox.clear()
    for kind in (tasks.send_confirmation, tasks.send_reset):
        for task in DBTaskResult.objects.filter(task_path=kind.module_path):
            kind.call(*task.args_kwargs["args"], **task.args_kwargs["kwargs"])
            task.delete()
    return mail.outbox


def key_in(letter: EmailMessage) -> str:
    return re.search(r"http://testserver/confirm#(\S+)", letter.body)[1]


@pytest.fixture
def _letters(settings: Settings) -> None:
    settings.CONFIRM_MAIL = True


@pytest.mark.usefixtures("_letters")
def test_an_address_is_confirmed_by_whoever_can_read_what_is_sent_there(
    api: APIClient, nobody: APIClient
) -> None:
    assert api.patch(ME, HERS).json()["mail_confirmed"] is False
    (letter,) = post_office()
    assert letter.to == ["owner@jeju.example"]
    assert nobody.post(CONFIRM, {"key": key_in(letter)}).status_code == 204
    assert api.get(ME).json()["mail_confirmed"] is True


@pytest.mark.usefixtures("_letters")
def test_another_address_has_to_be_confirmed_anew(api: APIClient, nobody: APIClient) -> None:
    api.patch(ME, HERS)
    old = key_in(post_office()[0])
    nobody.post(CONFIRM, {"key": old})
    assert api.patch(ME, {**HERS, "mail": "b@jeju.example"}).json()["mail_confirmed"] is False
    answer = nobody.post(CONFIRM, {"key": old})
    assert (answer.status_code, answer.json()["extra"]["reason"]) == (400, "wrong_link")
    assert api.patch(ME, {**HERS, "mail": ""}).json()["mail_confirmed"] is None


@pytest.mark.usefixtures("_letters")
def test_whoever_registers_with_an_address_gets_the_letter(
    nobody: APIClient, settings: Settings
) -> None:
    settings.REGISTRATION = "open"
    body = {"name": "삼춘", "password": "돌담 위에 앉은 새가", "mail": "s@jeju.example"}
    made = nobody.post("/api/accounts/register/", body)
    assert (made.status_code, made.json()["mail_confirmed"]) == (201, False)
    assert [letter.to for letter in post_office()] == [["s@jeju.example"]]


@pytest.mark.usefixtures("_letters")
def test_no_password_is_sent_to_an_address_that_nobody_confirmed(
    api: APIClient, nobody: APIClient
) -> None:
    api.patch(ME, HERS)
    (letter,) = post_office()
    assert nobody.post(RESET, {"mail": HERS["mail"]}).status_code == 202
    assert post_office() == []
    nobody.post(CONFIRM, {"key": key_in(letter)})
    assert nobody.post(RESET, {"mail": HERS["mail"]}).status_code == 202
    assert [one.to for one in post_office()] == [[HERS["mail"]]]


@pytest.mark.usefixtures("_letters")
def test_the_letter_is_sent_again_and_not_without_end(api: APIClient) -> None:
    api.patch(ME, HERS)
    answers = [api.post(MAIL).status_code for _ in range(5)]
    assert answers[0] == 202
    assert answers[-1] == 429
    # One may still change the address: only its letter has to wait.
    assert api.patch(ME, HERS).status_code == 200


def test_where_no_letters_are_sent_nothing_is_claimed(api: APIClient, nobody: APIClient) -> None:
    assert api.patch(ME, HERS).json()["mail_confirmed"] is None
    answer = api.post(MAIL)
    assert (answer.status_code, answer.json()["extra"]["reason"]) == (409, "nothing_to_confirm")
    nobody.post(RESET, {"mail": HERS["mail"]})
    assert [letter.to for letter in post_office()] == [[HERS["mail"]]]


@pytest.mark.usefixtures("_letters")
def test_without_an_address_there_is_nothing_to_confirm(api: APIClient) -> None:
    assert api.get(ME).json()["mail_confirmed"] is None
    assert api.post(MAIL).status_code == 409


@pytest.mark.usefixtures("_letters")
@pytest.mark.parametrize(
    "key", ["", "x", signing.dumps([1, "a@b.example"]), signing.dumps("x", salt="other")]
)
def test_a_link_that_is_none_is_told(nobody: APIClient, key: str) -> None:
    answer = nobody.post(CONFIRM, {"key": key})
    assert (answer.status_code, answer.json()["extra"]["reason"]) == (400, "wrong_link")


@pytest.mark.usefixtures("_letters")
def test_an_old_link_and_that_of_somebody_who_left_are_told(
    nobody: APIClient, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = signing.dumps([owner.pk, "owner@jeju.example"], salt=tasks.CONFIRM_SALT)
    User.objects.filter(pk=owner.pk).update(email="owner@jeju.example", is_active=False)
    assert nobody.post(CONFIRM, {"key": key}).status_code == 400
    User.objects.filter(pk=owner.pk).update(is_active=True)
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 4 * 24 * 3600)
    assert nobody.post(CONFIRM, {"key": key}).status_code == 400


@pytest.mark.parametrize("body", [{}, {"key": 1.5}, {"key": []}, {"key": "x" * 1001}, [], "x"])
def test_a_bad_body_is_told(nobody: APIClient, body: dict[str, Any] | list[Any] | str) -> None:
    answer = nobody.post(CONFIRM, body)
    assert answer.status_code == 400
    assert set(answer.json()) == {"message", "extra"}


def test_same_questions(ask_the_same: Callable[..., None], nobody: APIClient) -> None:
    ask_the_same(MAIL, "post", ("get", "put", "patch", "delete"))
    for method in ("get", "put", "patch", "delete"):
        assert getattr(nobody, method)(CONFIRM).status_code == 405


def test_a_token_of_a_program_sends_no_letters(
    api: APIClient, nobody: APIClient, owner: User
) -> None:
    token = client_of(owner).post("/api/tokens/", {"name": "a"}).json()["token"]
    assert nobody.post(MAIL, HTTP_AUTHORIZATION=f"Bearer {token}").status_code == 401
