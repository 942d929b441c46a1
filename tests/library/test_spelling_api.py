"""The page's door to the speller."""

from __future__ import annotations

import pytest
from library_people import client_of, make

from kosorong_library.studio import inference

pytestmark = pytest.mark.django_db


def test_a_text_is_passed_on_and_the_answer_comes_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = {"verdict": "right", "modern": False, "mended": "", "findings": []}
    monkeypatch.setattr(inference, "spell", lambda text: {"text": text, **right})
    answer = client_of(make("okhui", "listener")).post(
        "/api/spelling/", {"text": "ᄒᆞᆫ저 옵서"}, "json"
    )
    assert answer.json() == {"text": "ᄒᆞᆫ저 옵서", **right}


@pytest.mark.parametrize("text", ["", "ᄒᆞᆫ저 " * 1000])
def test_a_text_that_is_empty_or_too_long_is_refused(text: str) -> None:
    answer = client_of(make("okhui", "listener")).post("/api/spelling/", {"text": text}, "json")
    assert answer.status_code == 400
