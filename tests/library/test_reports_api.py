"""…/report/, /api/reports/, …/takedown/: what should not be shown."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from library_people import client_of, make
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from kosorong_library.library.models import Book, Decision


@pytest.fixture
def path(ready: dict[str, Any]) -> str:
    Book.objects.filter(pk=ready["id"]).update(visibility="public", licence="CC BY 4.0")
    return f"/api/books/{ready['id']}/"


@pytest.fixture
def admin() -> APIClient:
    return client_of(make("admin", "admin"))


def test_everybody_reports_and_admins_read_it(
    path: str, admin: APIClient, other: APIClient, nobody: APIClient
) -> None:
    body = {"reason": "rights", "words": "<b>내 글입니다</b>"}
    assert nobody.post(f"{path}report/", body).status_code == 201
    assert other.post(f"{path}report/", {"reason": "harm"}).status_code == 201
    rows = admin.get("/api/reports/").json()["results"]
    assert [(row["reason"], row["words"], row["by"]) for row in rows] == [
        ("harm", "", "stranger"),
        ("rights", "<b>내 글입니다</b>", None),
    ]
    assert admin.delete(f"/api/reports/{rows[0]['id']}/").status_code == 204
    assert admin.get("/api/reports/").json()["count"] == 1
    assert admin.get("/api/reports/?state=closed").json()["count"] == 1


def test_a_book_taken_down_is_its_owners_alone(
    api: APIClient, path: str, admin: APIClient, other: APIClient, nobody: APIClient
) -> None:
    other.post(f"{path}report/", {"reason": "rights"})
    assert admin.put(f"{path}takedown/", {"why": "지은이의 부탁"}).status_code == 204
    assert other.get(path).status_code == 404
    assert nobody.get(f"{path}exports/vtt/").status_code == 401
    assert nobody.get("/api/books/?shelf=public").json()["count"] == 0
    assert admin.get(path).status_code == 200
    assert api.get(path).json()["taken_down"] == "지은이의 부탁"
    again = api.put(f"{path}share/", {"visibility": "public", "licence": "CC BY 4.0"})
    assert (again.status_code, again.json()["extra"]["reason"]) == (409, "taken_down")
    row = admin.get("/api/reports/?state=closed").json()["results"][0]
    assert (row["taken_down"], row["title"]) == (True, "겨울")
    assert admin.delete(f"{path}takedown/").status_code == 204
    assert not admin.get("/api/reports/?state=closed").json()["results"][0]["taken_down"]
    assert other.get(path).status_code == 404
    assert api.put(f"{path}share/", {"visibility": "public"}).status_code == 200
    assert other.get(path).status_code == 200


def test_admins_do_not_read_private_books_that_nobody_complained_of(
    ready: dict[str, Any], admin: APIClient
) -> None:
    assert admin.get(f"/api/books/{ready['id']}/").status_code == 404


def test_reporting_is_limited(path: str, nobody: APIClient) -> None:
    answers = [nobody.post(f"{path}report/", {"reason": "other"}).status_code for _ in range(23)]
    assert answers[:20] == [201] * 20
    assert answers[-1] == 429


def test_only_admins_look_and_take_down(
    api: APIClient, path: str, other: APIClient, nobody: APIClient
) -> None:
    for client, status in ((api, 403), (other, 403), (nobody, 401)):
        assert client.get("/api/reports/").status_code == status
        assert client.delete("/api/reports/1/").status_code == status
        assert client.put(f"{path}takedown/", {}).status_code == status
        assert client.delete(f"{path}takedown/").status_code == status


@pytest.mark.parametrize(
    "body", [{}, [], {"reason": "x"}, {"reason": "harm", "words": "가" * 2001}]
)
def test_a_bad_report_is_told(
    path: str, other: APIClient, body: dict[str, str] | list[Any]
) -> None:
    answer = other.post(f"{path}report/", body)
    assert answer.status_code == 400
    assert set(answer.json()) == {"message", "extra"}


def test_wrong_numbers_and_verbs(
    path: str, admin: APIClient, ready: dict[str, Any], nobody: APIClient
) -> None:
    assert nobody.post("/api/books/999999/report/", {"reason": "harm"}).status_code == 401
    assert admin.put("/api/books/999999/takedown/", {}).status_code == 404
    assert admin.delete("/api/reports/999999/").status_code == 404
    assert admin.get("/api/reports/?state=x").status_code == 400
    assert nobody.get(f"{path}report/").status_code == 405
    assert admin.post(f"{path}takedown/").status_code == 405
    assert admin.post("/api/reports/").status_code == 405


def test_the_number_of_queries_does_not_grow(
    path: str,
    admin: APIClient,
    other: APIClient,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(6):
        other.post(f"{path}report/", {"reason": "other"})
    with django_assert_max_num_queries(5):
        assert admin.get("/api/reports/").json()["count"] == 6


def decisions(api: APIClient, ready: dict[str, Any]) -> list[tuple[str, str]]:
    rows = api.get(f"/api/books/{ready['id']}/").json()["decisions"]
    return [(row["kind"], row["why"]) for row in rows]


def test_no_admin_takes_down_a_book_that_was_never_shown(
    api: APIClient, ready: dict[str, Any], admin: APIClient
) -> None:
    path = f"/api/books/{ready['id']}/"
    assert admin.put(f"{path}takedown/", {"why": "x"}).status_code == 404
    assert admin.delete(f"{path}takedown/").status_code == 404
    assert admin.get(path).status_code == 404
    assert decisions(api, ready) == []


def test_an_owner_sees_what_operators_decided_and_why(
    api: APIClient, ready: dict[str, Any], path: str, admin: APIClient, other: APIClient
) -> None:
    other.post(f"{path}report/", {"reason": "rights"})
    row = admin.get("/api/reports/").json()["results"][0]
    assert admin.delete(f"/api/reports/{row['id']}/?why=허락이 있음").status_code == 204
    admin.put(f"{path}takedown/", {"why": "지은이의 부탁"})
    admin.delete(f"{path}takedown/?why=풀림")
    assert decisions(api, ready) == [
        ("put_back", "풀림"),
        ("taken_down", "지은이의 부탁"),
        ("kept", "허락이 있음"),
    ]
    assert admin.delete(f"{path}takedown/").status_code == 204
    assert len(decisions(api, ready)) == 3


def test_an_admin_who_reads_a_book_that_is_not_shown_leaves_a_trace(
    api: APIClient, ready: dict[str, Any], path: str, admin: APIClient, other: APIClient
) -> None:
    admin.get(path)
    assert decisions(api, ready) == []
    other.post(f"{path}report/", {"reason": "rights"})
    admin.get(path)
    assert decisions(api, ready) == []
    api.delete(f"{path}share/")
    for address in (path, f"{path}segments/", f"{path}audio/"):
        answer = admin.get(address)
        assert answer.status_code == 200
        # Read to its end, as a browser does: the client then closes it and keeps the database open.
        assert answer.getvalue()
    assert decisions(api, ready) == [("read", "")]
    Decision.objects.update(at=timezone.now() - timedelta(days=2))
    admin.get(path)
    assert decisions(api, ready) == [("read", "")] * 2


def test_nobody_else_sees_what_was_decided_of_a_book(
    api: APIClient, ready: dict[str, Any], path: str, admin: APIClient, other: APIClient
) -> None:
    admin.put(f"{path}takedown/", {"why": "x"})
    admin.delete(f"{path}takedown/")
    api.put(f"{path}share/", {"visibility": "public", "licence": "CC BY 4.0"})
    assert other.get(path).json()["decisions"] == []
    assert admin.get(path).json()["decisions"] == []
