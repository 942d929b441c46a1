"""Register: open, by invitation, not at all."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from kosorong_library.accounts import invitations
from kosorong_library.accounts.models import Invitation, Role, User, UserSession

PATH = "/api/accounts/register/"
NEW = {"name": "고은실", "password": "바당에-너울이-인다"}


@pytest.fixture
def admin(db: None) -> User:
    return User.objects.create_user("keeper", password="pass-word-3", role=Role.ADMIN)


@pytest.fixture
def chief(admin: User) -> APIClient:
    client = APIClient()
    client.force_login(admin)
    return client


@pytest.fixture
def invited(chief: APIClient) -> dict[str, Any]:
    """Return an invitation as the admin sees it this once."""
    body = {"note": "삼춘", "role": "listener", "days": 3}
    made = chief.post("/api/accounts/invitations/", body)
    assert made.status_code == 201, made.content
    return made.json()


@pytest.fixture
def with_it(invited: dict[str, Any]) -> dict[str, Any]:
    return {**NEW, "code": invited["link"].partition("#")[2], "pin": invited["pin"]}


def test_only_the_invited_register_unless_somebody_says_otherwise(nobody: APIClient) -> None:
    assert nobody.get(PATH).json() == {"registration": "invited"}
    refused = nobody.post(PATH, NEW)
    assert refused.status_code == 400
    assert refused.json()["extra"]["reason"] == "registration_invited"
    assert not User.objects.exists()


def test_nobody_registers_where_it_is_closed(
    nobody: APIClient, settings: Settings, with_it: dict[str, Any]
) -> None:
    settings.REGISTRATION = "closed"
    refused = nobody.post(PATH, with_it)
    assert refused.json()["extra"]["reason"] == "registration_closed"


def test_anybody_registers_where_it_is_open_and_is_in_at_once(
    nobody: APIClient, settings: Settings
) -> None:
    settings.REGISTRATION = "open"
    answer = nobody.post(PATH, {**NEW, "mail": "go@jeju.example"})
    assert answer.status_code == 201, answer.content
    user = User.objects.get()
    assert answer.json()["role"] == user.role == "maker"
    assert nobody.get("/api/accounts/me/").json()["name"] == "고은실"
    assert not user.has_perm("accounts.change_user")
    assert UserSession.objects.get().user == user


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"password": "short"}, "password_too_short"),
        ({"password": "password123"}, "password_too_common"),
        ({"password": "4711471147"}, "password_entirely_numeric"),
        ({"name": "keeper-of-books", "password": "keeper-of-books"}, "password_too_similar"),
        ({"name": "KEEPER"}, "name_taken"),
        ({"name": "Admin"}, "name_taken"),
        ({"name": "<b>"}, "name_letters"),
    ],
)
def test_what_cannot_be_taken_is_told_with_its_reason(
    nobody: APIClient, settings: Settings, admin: User, change: dict[str, str], reason: str
) -> None:
    settings.REGISTRATION = "open"
    answer = nobody.post(PATH, {**NEW, **change})
    assert answer.status_code == 400, answer.content
    assert answer.json()["extra"]["reason"] == reason
    assert set(answer.json()) == {"message", "extra"}
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "change", [{"name": ""}, {"name": []}, {"name": "a" * 51}, {"mail": "x"}, {"password": None}]
)
def test_a_body_of_wrong_kinds_is_told(nobody: APIClient, change: dict[str, Any]) -> None:
    answer = nobody.post(PATH, {**NEW, **change})
    assert answer.status_code == 400
    assert next(iter(change)) in answer.json()["extra"]["fields"]


def test_addresses_and_methods(ask_the_same: Callable[..., None], nobody: APIClient) -> None:
    for wrong in ("put", "patch", "delete"):
        assert getattr(nobody, wrong)(PATH).status_code == 405
    client = APIClient(enforce_csrf_checks=True)
    assert client.post(PATH, NEW).status_code == 403


def test_an_invitation_lets_one_person_in_as_what_it_says(
    nobody: APIClient, invited: dict[str, Any], with_it: dict[str, Any]
) -> None:
    assert invited["link"].startswith("http://testserver/register#")
    assert re.fullmatch(r"\d{6}", invited["pin"])
    assert invited["qr"].startswith("<svg")
    assert "script" not in invited["qr"]
    answer = nobody.post(PATH, with_it)
    assert (answer.status_code, answer.json()["role"]) == (201, "listener")
    again = APIClient().post(PATH, {**with_it, "name": "other"})
    assert again.json()["extra"]["reason"] == "wrong_invitation"


def test_of_code_and_pin_only_hashes_are_kept(
    invited: dict[str, Any], with_it: dict[str, Any]
) -> None:
    kept = str(list(Invitation.objects.values()))
    assert with_it["code"] not in kept
    assert with_it["pin"] not in kept


def test_a_wrong_pin_a_wrong_code_and_an_old_invitation_are_answered_alike(
    nobody: APIClient, with_it: dict[str, Any]
) -> None:
    wrong_pin = "000000" if with_it["pin"] != "000000" else "000001"
    answers = [nobody.post(PATH, {**with_it, "pin": wrong_pin})]
    answers.append(nobody.post(PATH, {**with_it, "code": "x"}))
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answers.append(nobody.post(PATH, with_it))
    assert {answer.status_code for answer in answers} == {400}
    assert len({answer.content for answer in answers}) == 1


def test_a_pin_cannot_be_tried_through(nobody: APIClient, with_it: dict[str, Any]) -> None:
    for turn in range(6):
        assert nobody.post(PATH, {**with_it, "pin": f"x{turn}"}).status_code == 400
    assert nobody.post(PATH, with_it).status_code == 429


def test_a_mistaken_password_does_not_use_the_invitation_up(
    nobody: APIClient, with_it: dict[str, Any]
) -> None:
    assert nobody.post(PATH, {**with_it, "password": "short"}).status_code == 400
    assert nobody.post(PATH, with_it).status_code == 201


def test_two_at_once_cannot_use_one_invitation(
    admin: User, invited: dict[str, Any], with_it: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = invitations.services.register

    def meanwhile(*given: Any) -> Any:
        Invitation.objects.update(used_at=timezone.now())
        return first(*given)

    monkeypatch.setattr(invitations.services, "register", meanwhile)
    with pytest.raises(invitations.Refused):
        invitations.accept(with_it["code"], with_it["pin"], **NEW)
    assert User.objects.get() == admin


def test_admins_see_invitations_and_take_them_back(
    chief: APIClient, nobody: APIClient, invited: dict[str, Any], with_it: dict[str, Any]
) -> None:
    listed = chief.get("/api/accounts/invitations/").json()["results"]
    assert [(one["note"], one["state"], one["used_by"]) for one in listed] == [
        ("삼춘", "open", None)
    ]
    assert not {"pin", "link", "qr", "code"} & set(listed[0])
    assert chief.delete(f"/api/accounts/invitations/{invited['id']}/").status_code == 204
    assert nobody.post(PATH, with_it).status_code == 400
    assert chief.delete(f"/api/accounts/invitations/{invited['id']}/").status_code == 404


def test_the_address_of_the_page_may_be_another(chief: APIClient, settings: Settings) -> None:
    settings.ADDRESS = "https://books.example"
    made = chief.post("/api/accounts/invitations/", {}).json()
    assert made["link"].startswith("https://books.example/register#")


@pytest.mark.parametrize("body", [{"days": 0}, {"days": 91}, {"role": "god"}, {"note": "a" * 101}])
def test_an_invitation_that_cannot_be_is_told(chief: APIClient, body: dict[str, Any]) -> None:
    answer = chief.post("/api/accounts/invitations/", body)
    assert answer.status_code == 400
    assert set(answer.json()["extra"]["fields"]) == set(body)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "users/"),
        ("patch", "users/1/"),
        ("get", "invitations/"),
        ("post", "invitations/"),
        ("delete", "invitations/1/"),
    ],
)
def test_only_admins_look_after_people(
    api: APIClient, nobody: APIClient, chief: APIClient, method: str, path: str
) -> None:
    address = f"/api/accounts/{path}"
    refused = getattr(api, method)(address)
    assert refused.status_code == 403
    assert set(refused.json()) == {"message", "extra"}
    assert getattr(nobody, method)(address).status_code == 401
    for bad in ("999999", "x", "9" * 30):
        if "/1/" in address:
            answer = getattr(chief, method)(address.replace("/1/", f"/{bad}/"))
            assert answer.status_code == 404
    assert chief.put(address).status_code == 405


def test_admins_list_users_and_change_what_they_may_do(
    chief: APIClient, admin: User, owner: User, book: dict[str, Any]
) -> None:
    rows = chief.get("/api/accounts/users/").json()["results"]
    assert [(row["name"], row["role"], row["books"]) for row in rows] == [
        ("keeper", "admin", 0),
        ("owner", "maker", 1),
    ]
    path = f"/api/accounts/users/{owner.pk}/"
    assert chief.patch(path, {"role": "god"}).status_code == 400
    assert chief.patch(path, {"role": "corrector"}).json()["role"] == "corrector"
    owner.refresh_from_db()
    assert owner.role == "corrector"


def test_the_last_admin_stays_one(chief: APIClient, admin: User, owner: User) -> None:
    path = f"/api/accounts/users/{admin.pk}/"
    refused = chief.patch(path, {"role": "maker"})
    assert (refused.status_code, refused.json()["extra"]) == (409, {"reason": "last_admin"})
    chief.patch(f"/api/accounts/users/{owner.pk}/", {"role": "admin"})
    assert chief.patch(path, {"role": "maker"}).status_code == 200
    assert chief.get("/api/accounts/users/").status_code == 403
