"""The page's door to the lexicon."""

from __future__ import annotations

from typing import Any

import pytest
from library_people import client_of, make

from kosorong.client.http import Server
from kosorong.errors import ServiceError
from kosorong_library.studio import inference

pytestmark = pytest.mark.django_db


def test_a_word_is_passed_on_and_its_rows_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def get(server: Server, path: str) -> dict[str, Any]:
        asked.append(path)
        return {"form": "바당 에", "rows": []}

    monkeypatch.setattr(Server, "get", get)
    answer = client_of(make("okhui", "listener")).get("/api/lexicon/", {"form": "바당 에"})
    assert answer.json() == {"form": "바당 에", "rows": []}
    assert asked == ["/lexicon?form=%EB%B0%94%EB%8B%B9+%EC%97%90"]


@pytest.mark.parametrize("form", ["", "바당 " * 100, None])
def test_a_word_that_is_empty_missing_or_too_long_is_refused(form: str | None) -> None:
    query = {} if form is None else {"form": form}
    assert client_of(make("okhui", "listener")).get("/api/lexicon/", query).status_code == 400


def test_without_an_inference_server_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(form: str) -> dict[str, Any]:
        raise ServiceError("the server does not answer.", cure="Start it.")

    monkeypatch.setattr(inference, "look_up", away)
    answer = client_of(make("okhui", "listener")).get("/api/lexicon/", {"form": "바당"})
    assert answer.status_code == 503
