"""Two hundred values that nobody means well, at each door that programs of others use."""

from __future__ import annotations

import io
from typing import Any

import pytest
from asking import ask, post
from flask import Flask

WORDS = (
    *("", " ", "\x00", "\r\nSet-Cookie: a=b", "../../etc/passwd", "%2e%2e/", "file:///etc/passwd"),
    *("' OR 1=1 --", "<script>alert(1)</script>", "{{7*7}}", "${jndi:ldap://x}", "$(id)", "`id`"),
    *("null", "NaN", "1e999", "-1", "\ud800", "\ufeff", "\u202e", "🐚" * 50, "a" * 100_000),
    *("http://169.254.169.254/", "kosorong-jeju\n", "kokoro/../x", "af_bella" * 200, "(((((((((("),
)
VALUES: tuple[Any, ...] = (
    *WORDS,
    *(None, True, False, 0, -1, 10**400, 1.5, float("inf"), [], [[]], {}, {"id": []}, {"id": None}),
)
FIELDS = {
    "/v1/audio/speech": ("model", "voice", "instructions", "stream_format", "response_format"),
    "/dev/captioned_speech": ("model", "voice", "instructions", "speed"),
    "/translate": ("q", "source", "target", "alternatives", "format"),
    "/suggest": ("q", "s", "source", "target"),
}
GOOD = {
    "/v1/audio/speech": {"input": "감수다."},
    "/dev/captioned_speech": {"input": "감수다."},
    "/translate": {"q": "어서", "source": "ko", "target": "jje"},
    "/suggest": {"q": "어서", "s": "ᄒᆞᆫ저", "source": "ko"},
}


def has_its_shape(path: str, answer: Any) -> bool:
    if answer.status_code == 200:
        return True
    names = set(answer.json)
    if path.startswith(("/v1", "/dev")):
        return names == {"error"} and set(answer.json["error"]) >= {"message", "type"}
    return names == {"error"}


@pytest.mark.parametrize("path", FIELDS)
def test_no_value_of_a_field_ends_in_a_failure(app: Flask, path: str) -> None:
    asked = [(name, value) for name in FIELDS[path] for value in VALUES]
    assert len(asked) >= 150
    for name, value in asked:
        answer = post(app, path, {**GOOD[path], name: value})
        assert answer.status_code in (200, 400, 403, 413), (name, value, answer.text)
        assert has_its_shape(path, answer), (name, value, answer.text)
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("field", ["source", "target", "name", "content"])
def test_no_file_ends_in_a_failure(app: Flask, field: str) -> None:
    for word in WORDS:
        if "\ud800" in word:
            continue
        content = word if field == "content" else "어서"
        name = f"{word}.txt" if field == "name" else "a.srt"
        data: dict[str, Any] = {"file": (io.BytesIO(content.encode()), name)}
        if field in ("source", "target"):
            data[field] = word
        answer = ask(app, "POST", "/translate_file", data=data)
        assert answer.status_code in (200, 400, 413), (word, answer.text)
        assert has_its_shape("/translate_file", answer)


@pytest.mark.parametrize("word", WORDS)
def test_no_header_opens_the_server_to_a_page(app: Flask, word: str) -> None:
    headers = {
        "Origin": word.encode("ascii", "replace").decode().replace("\r", "").replace("\n", "")
    }
    answer = ask(app, "OPTIONS", "/v1/audio/speech", headers=headers)
    assert "Access-Control-Allow-Origin" not in answer.headers
