"""Guessing names, passwords and PINs: the same answer, growing waits, nothing in the log."""

import json
import logging
import time
from base64 import b64encode
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from library_people import client_of
from pytest_django import Settings
from rest_framework.test import APIClient

from kosorong_library.accounts import devices, limits
from kosorong_library.accounts.models import Attempt, User
from kosorong_library.config import settings as house


def log_in(client: APIClient, name: str, typed: str = "no", **headers: str) -> HttpResponse:
    return client.post("/api/accounts/login/", {"name": name, "password": typed}, **headers)


def later(seconds: float) -> None:
    """Let time pass for every wait that is counted."""
    for row in Attempt.objects.all():
        if row.blocked_until:
            row.blocked_until -= timedelta(seconds=seconds)
            row.save()


def test_a_name_that_is_not_there_is_answered_like_one_that_is(
    nobody: APIClient, owner: User
) -> None:
    known, unknown = (log_in(nobody, name) for name in ("owner", "ghost"))
    assert (known.status_code, known.json()) == (unknown.status_code, unknown.json())
    User.objects.update(is_active=False)
    closed = log_in(nobody, "owner", "pass-word-1")
    assert (closed.status_code, closed.json()) == (401, known.json())


def test_it_takes_about_as_long(nobody: APIClient, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = house.PASSWORD_HASHERS
    user = User.objects.create_user("known", password="pass-word-1")
    assert user.password.startswith("argon2$argon2id$")

    def seconds(name: str) -> float:
        start = time.process_time()
        log_in(nobody, name)
        return time.process_time() - start

    seconds("warm")
    known, unknown = (sorted(seconds(name) for _ in range(4))[1] for name in ("known", "ghost"))
    assert 0.5 < known / unknown < 2


def test_waits_grow_for_a_name_and_end_with_the_right_password(
    nobody: APIClient, owner: User
) -> None:
    for _ in range(5):
        assert log_in(nobody, "owner").status_code == 401
    for wait in (5, 10, 20):
        assert log_in(nobody, "owner").status_code == 401
        refused = log_in(nobody, "owner", "pass-word-1")
        assert (refused.status_code, refused["Retry-After"]) == (429, str(wait))
        assert refused.json()["extra"] == {"reason": "too_many", "retry_after": wait}
        later(wait)
    assert log_in(nobody, "owner", "pass-word-1").status_code == 200
    assert [log_in(nobody, "owner").status_code for _ in range(5)] == [401] * 5


def test_names_that_are_not_there_have_to_wait_too(nobody: APIClient) -> None:
    answers = [log_in(nobody, "ghost").status_code for _ in range(7)]
    assert answers == [401] * 6 + [429]


def test_an_address_that_tries_many_names_has_to_wait(nobody: APIClient, owner: User) -> None:
    for turn in range(31):
        assert log_in(nobody, f"name-{turn}").status_code == 401
    assert log_in(nobody, "owner", "pass-word-1").status_code == 429
    assert log_in(nobody, "owner", "pass-word-1", REMOTE_ADDR="192.0.2.9").status_code == 200


def test_a_guesser_elsewhere_does_not_hold_up_a_browser_that_is_known(
    nobody: APIClient, owner: User
) -> None:
    assert log_in(nobody, "owner", "pass-word-1").status_code == 200
    guesser = client_of(None)
    answers = [log_in(guesser, "owner", REMOTE_ADDR="192.0.2.9").status_code for _ in range(7)]
    assert answers == [401] * 6 + [429]
    assert log_in(client_of(None), "owner", "pass-word-1").status_code == 429
    assert log_in(nobody, "owner", "pass-word-1").status_code == 200


def test_a_known_browser_guesses_no_faster_and_is_known_for_one_name(
    nobody: APIClient, owner: User, stranger: User
) -> None:
    assert log_in(nobody, "owner", "pass-word-1").status_code == 200
    assert [log_in(nobody, "owner").status_code for _ in range(7)] == [401] * 6 + [429]
    for _ in range(6):
        log_in(client_of(None), "stranger")
    assert log_in(nobody, "stranger", "pass-word-2").status_code == 429


@pytest.mark.parametrize("value", ["", "x", "WyJhIiwiYiJd:1tAAAA:bm8", "a:b:c"])
def test_a_forged_cookie_makes_no_browser_known(nobody: APIClient, owner: User, value: str) -> None:
    for _ in range(6):
        log_in(client_of(None), "owner")
    nobody.cookies[devices.COOKIE] = value
    assert log_in(nobody, "owner", "pass-word-1").status_code == 429


def test_the_cookie_of_a_browser_is_kept_from_scripts_and_names_nobody(
    nobody: APIClient, owner: User
) -> None:
    cookie = log_in(nobody, "owner", "pass-word-1").cookies[devices.COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    assert cookie["path"] == "/api/accounts/login/"
    assert b64encode(b"owner").decode().rstrip("=") not in cookie.value


def test_tries_are_forgotten_after_a_day_and_nobody_is_named(
    nobody: APIClient, owner: User
) -> None:
    for _ in range(6):
        log_in(nobody, "owner")
    assert "owner" not in str(list(Attempt.objects.values()))
    Attempt.objects.update(last_at=timezone.now() - timedelta(days=2))
    assert log_in(nobody, "owner").status_code == 401
    Attempt.objects.update(last_at=timezone.now() - timedelta(days=2))
    limits.prune()
    assert not Attempt.objects.exists()


@pytest.mark.parametrize(
    ("given", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8::1", limits.address_of(RequestFactory(REMOTE_ADDR="2001:db8::ffff").get("/"))),
        ("", ""),
    ],
)
def test_an_address_of_ipv6_counts_as_its_network(given: str, counted: str) -> None:
    assert limits.address_of(RequestFactory(REMOTE_ADDR=given).get("/")) == counted


def test_a_try_that_has_to_wait_counts_for_no_limit(db: None) -> None:
    strict = limits.Limit("strict", 0, 60, 60)
    mild = limits.Limit("mild", 0, 60, 60)
    limits.count((strict, "a"))
    for _ in range(3):
        with pytest.raises(limits.TooMany):
            limits.count((strict, "a"), (mild, "a"))
    limits.count((mild, "a"))
    limits.forgive(mild, "a")
    limits.count((mild, "a"))


def test_no_secret_is_logged(
    nobody: APIClient, owner: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    log_in(nobody, "owner", "guess-4711")
    log_in(nobody, "owner", "pass-word-1")
    token = nobody.post("/api/tokens/", {"name": "script"}).json()["token"]
    nobody.get("/api/books/", HTTP_AUTHORIZATION=f"Bearer {token}x")
    nobody.get("/api/books/", HTTP_AUTHORIZATION=f"Bearer {token}")
    for secret in ("guess-4711", "pass-word-1", token):
        assert secret not in caplog.text


@pytest.mark.parametrize(
    "letters", ["\0", "\ud800", "' OR 1=1 --", "a\r\nSet-Cookie: x=1", "가" * 2000]
)
@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("login/", ("name", "password")),
        ("register/", ("name", "password", "mail", "code", "pin")),
        ("password/", ("old", "password")),
        ("password/reset/", ("mail",)),
        ("password/reset/confirm/", ("key", "password")),
        ("close/", ("password",)),
        ("../tokens/", ("name",)),
    ],
)
def test_odd_letters_are_answered(
    api: APIClient, settings: Settings, path: str, fields: tuple[str, ...], letters: str
) -> None:
    settings.REGISTRATION = "open"
    # As escapes: a lone surrogate is no UTF-8, but JSON can say it.
    body = json.dumps(dict.fromkeys(fields, letters))
    address = f"/api/accounts/{path}".replace("accounts/../", "")
    answer = api.post(address, body, content_type="application/json")
    assert answer.status_code in {400, 401, 201}, answer.content
    assert (answer.status_code == 201) == (path == "../tokens/" and letters[0] in "'a")
    assert User.objects.count() == 1
