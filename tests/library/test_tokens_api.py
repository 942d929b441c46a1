"""Tokens of programs: made, shown once, revoked."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from kosorong_library.accounts.models import Token, User


@pytest.fixture
def made(api: APIClient) -> dict[str, Any]:
    answer = api.post("/api/tokens/", {"name": "script"})
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_a_token_is_shown_once_and_opens_until_it_is_revoked(
    api: APIClient, made: dict[str, Any], book: dict[str, Any]
) -> None:
    program = APIClient(HTTP_AUTHORIZATION=f"Bearer {made['token']}")
    assert program.get(f"/api/books/{book['id']}/").status_code == 200
    (listed,) = api.get("/api/tokens/").json()
    assert set(listed) == {"id", "name", "created_at", "used_at"}
    assert listed["used_at"] is not None
    assert made["token"] not in str(Token.objects.values())
    assert api.delete(f"/api/tokens/{made['id']}/").status_code == 204
    assert program.get(f"/api/books/{book['id']}/").status_code == 401


def test_same_questions(ask_the_same: Callable[..., None], made: dict[str, Any]) -> None:
    ask_the_same("/api/tokens/", "get", ("put", "patch", "delete"))
    ask_the_same("/api/tokens/", "post", ())
    number = made["id"]
    ask_the_same(f"/api/tokens/{number}/", "delete", ("get", "post", "put"), None, number)
    assert Token.objects.count() == 1


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": "a" * 101}, {"name": {}}, []])
def test_a_token_wants_a_name(api: APIClient, body: dict[str, str] | list[Any]) -> None:
    answer = api.post("/api/tokens/", body)
    assert answer.status_code == 400
    assert set(answer.json()) == {"message", "extra"}


def test_tokens_are_not_piled_up_without_end(api: APIClient, owner: User) -> None:
    Token.objects.bulk_create(Token(user=owner, name="a", digest=str(i)) for i in range(50))
    answer = api.post("/api/tokens/", {"name": "one more"})
    assert answer.status_code == 409
    assert "revoke" in answer.json()["message"]
    with pytest.raises(CommandError, match="revoke"):
        call_command("token", "owner")
