"""Django's admin site: for admins, with the page's own log-in, and files go along."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from pytest_django import Settings
from rest_framework.test import APIClient

from kosorong_library.accounts.models import Role, User
from kosorong_library.library.models import Book


@pytest.fixture
def chief(db: None) -> APIClient:
    client = APIClient()
    client.force_login(User.objects.create_user("keeper", password="pass-word-3", role=Role.ADMIN))
    return client


def test_strangers_are_sent_to_the_page_and_others_away(nobody: APIClient, api: APIClient) -> None:
    answer = nobody.get("/admin/", follow=False)
    assert answer.status_code == 302
    door = nobody.get(answer["Location"])
    assert (door.status_code, door["Location"]) == (302, "/login?next=%2Fadmin%2F")
    User.objects.update(is_staff=True, is_superuser=True)
    assert api.get(api.get("/admin/")["Location"]).status_code == 403
    assert api.get("/admin")["Location"] == "/admin/"


def test_where_nobody_logs_in_there_is_no_way_in(nobody: APIClient, settings: Settings) -> None:
    settings.SINGLE_USER = True
    answer = nobody.get("/admin/", follow=True)
    assert answer.status_code == 403
    assert "KOSORONG_SINGLE_USER" in answer.json()["message"]


@pytest.mark.parametrize(
    "app", ["accounts/user", "accounts/token", "accounts/invitation", "library/book"]
)
def test_admins_see_every_list(chief: APIClient, book: dict[str, Any], app: str) -> None:
    page = chief.get(f"/admin/{app}/")
    assert page.status_code == 200
    assert "default-src 'self'" in page["Content-Security-Policy"]
    assert "<script>" not in page.content.decode()
    assert "<style" not in page.content.decode()


@pytest.mark.parametrize(
    ("asked", "spoken"), [("ko-KR,ko;q=0.9", "로그아웃"), ("en-US", "Log out")]
)
def test_it_speaks_the_language_of_the_browser(chief: APIClient, asked: str, spoken: str) -> None:
    page = chief.get("/admin/", headers={"accept-language": asked}).content.decode()
    assert spoken in page
    # Nothing else does: what the API says is translated by the page.
    headers = {"accept-language": asked}
    refused = chief.post("/api/books/", {"language": "xx"}, format="json", headers=headers)
    assert "is not a valid choice" in refused.content.decode()


def test_its_styles_are_files_that_the_service_has() -> None:
    assert finders.find("admin/css/base.css")


def test_a_book_taken_down_leaves_no_file(
    chief: APIClient, ready: dict[str, Any], files: Callable[[], list[str]]
) -> None:
    assert files()
    page = f"/admin/library/book/{ready['id']}/delete/"
    assert chief.post(page, {"post": "yes"}, format="multipart").status_code == 302
    assert files() == []


def test_many_books_taken_down_leave_no_file(
    chief: APIClient, ready: dict[str, Any], files: Callable[[], list[str]]
) -> None:
    chosen = {"action": "delete_selected", "_selected_action": ready["id"], "post": "yes"}
    chief.post("/admin/library/book/", chosen, format="multipart")
    assert not Book.objects.exists()
    assert files() == []


def test_a_user_deleted_there_leaves_no_file_and_the_last_admin_stays(
    chief: APIClient, owner: User, ready: dict[str, Any], files: Callable[[], list[str]]
) -> None:
    page = f"/admin/accounts/user/{owner.pk}/delete/"
    assert chief.post(page, {"post": "yes"}, format="multipart").status_code == 302
    assert files() == []
    keeper = User.objects.get()
    page = f"/admin/accounts/user/{keeper.pk}/"
    assert chief.post(f"{page}delete/", {"post": "yes"}, format="multipart").status_code == 403
    form = {"username": "keeper", "email": "", "role": "maker", "is_active": "on"}
    refused = chief.post(f"{page}change/", form, format="multipart")
    assert "the last admin" in refused.content.decode()
    keeper.refresh_from_db()
    assert keeper.role == Role.ADMIN


def test_a_password_is_changed_on_the_page(chief: APIClient) -> None:
    assert chief.get("/admin/password_change/")["Location"] == "/account"


def test_users_are_made_there(chief: APIClient) -> None:
    form = {"username": "new", "password1": "물마루-너머-이어도", "password2": "물마루-너머-이어도"}
    form |= {"usable_password": "true"}
    answer = chief.post("/admin/accounts/user/add/", form, format="multipart")
    assert answer.status_code == 302, answer.content.decode()
    assert User.objects.get(username="new").check_password("물마루-너머-이어도")
