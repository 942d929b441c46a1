"""The questions that every route is asked."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from asking import ask
from flask import Flask

from kosorong.audio.wav import wav_bytes
from kosorong.serving.app import create_app
from kosorong.serving.models import Models
from kosorong.serving.settings import Settings
from toy_serving import TOKEN

NOISE = wav_bytes(np.random.default_rng(0).normal(0, 0.1, 44_100).astype(np.float32), 22_050)


@dataclass(frozen=True)
class Route:
    """A route, what a good request holds, and the text field that may be too long."""

    method: str
    path: str
    good: dict[str, Any] = field(default_factory=dict)
    text: str = ""

    def options(self, changes: dict[str, Any] | None = None) -> dict[str, Any]:
        content = {**self.good, **(changes or {})}
        if self.path == "/align":
            audio = {"audio": (io.BytesIO(NOISE), "a.wav")} if "audio" in content else {}
            return {"data": {**content, **audio}}
        if self.path == "/translate_file":
            file = io.BytesIO(content["file"].encode())
            return {"data": {**content, "file": (file, "a.txt")}}
        return {"json": content} if self.method == "POST" else {}


LIBRETRANSLATE = (
    *("/translate", "/detect", "/languages"),
    *("/translate_file", "/suggest", "/frontend/settings"),
)
SEGMENTS = {"segments": [{"id": "a", "text": "어서 갑니다."}]}
ROUTES = [
    Route("POST", "/tts-server/api/process-text", {"text": "어서 갑니다."}, "text"),
    Route("POST", "/tts-server/api/process-audio", {"text": "바당에 감수다."}, "text"),
    Route("POST", "/translate/segments", SEGMENTS, "segments"),
    Route("POST", "/synthesize", SEGMENTS, "segments"),
    Route("POST", "/align", {"text": "바당에 감수다.", "audio": ""}, "text"),
    Route("POST", "/spelling", {"text": "바당에 감수다."}, "text"),
    Route("POST", "/v1/audio/speech", {"input": "감수다.", "model": "tts-1"}, "input"),
    Route("POST", "/dev/captioned_speech", {"input": "감수다."}, "input"),
    Route("POST", "/translate", {"q": "어서", "source": "ko", "target": "jje"}, "q"),
    Route("POST", "/detect", {"q": "어서 갑니다."}, "q"),
    Route("POST", "/translate_file", {"file": "어서"}, "file"),
    Route("POST", "/suggest", {"q": "어서", "s": "ᄒᆞᆫ저"}, "q"),
    Route("GET", "/frontend/settings"),
    Route("GET", "/lexicon?form=바당"),
    Route("GET", "/languages"),
    Route("GET", "/v1/models"),
    Route("GET", "/v1/models/toy-voice"),
    Route("GET", "/v1/audio/voices"),
    Route("GET", "/health"),
    Route("GET", "/metrics"),
    Route("GET", "/openapi.json"),
]
POSTED = [route for route in ROUTES if route.method == "POST"]
ADMITTED = [route for route in POSTED if route.path not in ("/detect", "/suggest")]


def ids(route: Route) -> str:
    return route.path


@pytest.fixture(scope="session")
def guarded_app(models: Models, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    kept = tmp_path_factory.mktemp("suggestions") / "kept.jsonl"
    return create_app(models, Settings(token=TOKEN, suggestions=str(kept)))


@pytest.fixture(scope="session")
def narrow_app(models: Models) -> Flask:
    return create_app(models, Settings(characters=40, segments=3, body_bytes=100_000))


def said(path: str, content: Any) -> str:
    """Return an error's message after checking that it has the shape of its route."""
    if path.startswith(("/v1/", "/dev/")):
        assert set(content["error"]) == {"message", "type", "param", "code"}
        return str(content["error"]["message"])
    if path in LIBRETRANSLATE:
        assert set(content) == {"error"}
        return str(content["error"])
    assert set(content) == {"message", "where", "cure"}
    return f"{content['message']} {content['cure']}"


@pytest.mark.parametrize("route", ROUTES, ids=ids)
def test_it_works(app: Flask, route: Route) -> None:
    answer = ask(app, route.method, route.path, **route.options())
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("route", ROUTES, ids=ids)
def test_a_stranger_is_kept_out_and_the_owner_let_in(guarded_app: Flask, route: Route) -> None:
    owner = {"Authorization": f"bearer {TOKEN}"}
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN}):
        answer = ask(guarded_app, route.method, route.path, headers=headers, **route.options())
        if route.path in ("/health", "/openapi.json"):
            assert answer.status_code == 200
        else:
            assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
            assert "Authorization: Bearer" in said(route.path, answer.json)
    answer = ask(guarded_app, route.method, route.path, headers=owner, **route.options())
    assert answer.status_code == 200


@pytest.mark.parametrize("route", ROUTES, ids=ids)
def test_a_wrong_method_is_told_which_are_right(app: Flask, route: Route) -> None:
    answer = ask(app, "PUT", route.path)
    assert answer.status_code == 405
    assert route.method in answer.headers["Allow"]
    assert said(route.path, answer.json)


@pytest.mark.parametrize("route", POSTED, ids=ids)
@pytest.mark.parametrize(
    "body", [b"", b"{", b"[1]", b'"a"', b"\xff\xfe", b"[" * 100_000, b"{}", b'{"text": 3}']
)
def test_a_bad_body_is_answered_with_what_is_wrong(app: Flask, route: Route, body: bytes) -> None:
    answer = ask(app, "POST", route.path, data=body, content_type="application/json")
    assert answer.status_code == 400
    assert said(route.path, answer.json)


@pytest.mark.parametrize("route", POSTED, ids=ids)
def test_too_long_a_text_is_refused_before_any_work(narrow_app: Flask, route: Route) -> None:
    long: Any = "가 " * 1500
    if route.text == "segments":
        long = [{"id": 1, "text": long}]
    answer = ask(narrow_app, "POST", route.path, **route.options({route.text: long}))
    assert answer.status_code == 413
    assert "characters" in said(route.path, answer.json)


@pytest.mark.parametrize("route", POSTED, ids=ids)
def test_too_large_a_body_is_refused(narrow_app: Flask, route: Route) -> None:
    answer = ask(narrow_app, "POST", route.path, data=b"x" * 200_000)
    assert answer.status_code == 413
    assert said(route.path, answer.json)


def _holds(route: Route, text: str) -> dict[str, Any]:
    value: Any = [{"id": 1, "text": text}] if route.text == "segments" else text
    return route.options({route.text: value})


ODD_TEXTS = ("漢字 ไทย 🐚 가", "<b>가</b> &amp; 나", "ᄒᆞᆫ저 ㆍ ᆞ ᄀ")
# A form holds no half of a character, and a short recording no two hundred syllables.
NOT_IN_A_FORM = ("가\x00나\ud800 다", "가" * 200)
ASKED = [(route, text) for route in POSTED for text in ODD_TEXTS] + [
    (route, text)
    for route in POSTED
    for text in NOT_IN_A_FORM
    if route.path not in ("/align", "/translate_file")
]


@pytest.mark.parametrize(
    ("route", "text"), ASKED, ids=[f"{route.path}-{n}" for n, (route, _) in enumerate(ASKED)]
)
def test_odd_texts_are_read_with_what_can_be_read(app: Flask, route: Route, text: str) -> None:
    answer = ask(app, "POST", route.path, **_holds(route, text))
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("route", POSTED, ids=ids)
def test_nothing_to_read_is_said(app: Flask, route: Route) -> None:
    answer = ask(app, "POST", route.path, **_holds(route, " \n\x00"))
    if route.text == "segments":
        assert answer.status_code == 200
    else:
        assert answer.status_code == 400
        assert "empty" in said(route.path, answer.json)


@pytest.mark.parametrize("route", ADMITTED, ids=ids)
def test_a_full_house_says_when_to_come_back(models: Models, route: Route) -> None:
    app = create_app(models, Settings(queue=1))
    place = app.extensions["kosorong"].admission.admit()
    answer = ask(app, route.method, route.path, **route.options())
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "again" in said(route.path, answer.json)
    assert ask(app, "GET", "/health").status_code == 200
    place.leave()
    assert ask(app, route.method, route.path, **route.options()).status_code == 200
    assert app.extensions["kosorong"].admission.admitted == 0


@pytest.mark.parametrize("route", ADMITTED, ids=ids)
def test_a_place_is_given_back_after_an_error(app: Flask, route: Route) -> None:
    ask(app, "POST", route.path, data=b"{")
    assert app.extensions["kosorong"].admission.admitted == 0


@pytest.mark.parametrize("path", ["/nowhere", "/v1/nowhere", "/v1/models/nobody"])
def test_an_unknown_path_is_answered_in_json(app: Flask, path: str) -> None:
    answer = ask(app, "GET", path)
    assert answer.status_code == 404
    assert said(path, answer.json)


def test_an_error_of_our_own_is_logged_and_hidden(
    app: Flask, models: Models, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(models.detector, "shares", broken)
    answer = ask(app, "POST", "/detect", json={"q": "가"})
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "ZeroDivisionError: secret" in caplog.text


def test_every_route_is_asked_and_described(app: Flask) -> None:
    rules = {rule.rule.replace("<path:name>", "toy-voice") for rule in app.url_map.iter_rules()}
    # Files have keys by chance: test_libretranslate_doors.
    assert rules - {"/static/<path:filename>", "/download_file/<key>"} == {
        route.path.partition("?")[0] for route in ROUTES
    }
    page = (Path(__file__).parents[2] / "docs/reference/inference.md").read_text(encoding="utf-8")
    named = {route.path.partition("?")[0].replace("toy-voice", "ID") for route in ROUTES}
    assert {path for path in named if f"{path}`" not in page} == set()


@pytest.fixture(scope="session")
def local_app(models: Models) -> Flask:
    return create_app(models, Settings(local=True))


FOREIGN = [
    {"Host": "evil.example:18201"},
    {"Host": "127.0.0.1.evil.example"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://[bad"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@pytest.mark.parametrize("route", ROUTES, ids=ids)
def test_pages_of_other_sites_are_refused_on_a_machine_of_ones_own(
    local_app: Flask, route: Route, headers: dict[str, str]
) -> None:
    answer = ask(local_app, route.method, route.path, headers=headers, **route.options())
    assert answer.status_code == 403, answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8001", "localhost", "[::1]:8001"])
def test_programs_of_this_machine_are_let_in(local_app: Flask, host: str) -> None:
    headers = {"Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
    assert ask(local_app, "GET", "/v1/models", headers=headers).status_code == 200
