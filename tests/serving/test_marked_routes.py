"""Whatever route gives sound says that a machine made it: every route of the server is walked."""

import base64
import json

import pytest
from asking import ask
from flask import Flask
from werkzeug.test import TestResponse

from kosorong.serving.models import Models
from kosorong.serving.streaming import TYPES
from reading_marks import MACHINE, check

# One body that every route can read something out of.
BODY = {
    "text": "바당에 감수다.",
    "input": "바당에 감수다.",
    "segments": [{"id": "a", "text": "바당에 감수다."}],
    "q": "바당에 감수다.",
    "source": "ko",
    "target": "jje",
}
SOUNDING = {
    "/tts-server/api/process-audio",
    "/synthesize",
    "/v1/audio/speech",
    "/dev/captioned_speech",
}


@pytest.fixture
def credit(models: Models) -> str:
    return models.voice().credit


def sounds_in(answer: TestResponse) -> list[bytes]:
    """Return the sound files of an answer, bare or in JSON."""
    if answer.mimetype.startswith("audio/"):
        return [answer.data]
    found = []
    for line in answer.text.splitlines():
        text = line.removeprefix("data: ")
        if text.startswith("{") and (sound := json.loads(text).get("audio")):
            found.append(sound)
    return [base64.b64decode(one) for one in found]


def is_marked(answer: TestResponse) -> None:
    assert answer.headers["Digital-Source-Type"] == MACHINE
    assert answer.headers["AI-Disclosure"] == "mode=machine-generated"
    assert json.loads(answer.headers["X-Kosorong-Heard"])[0]["synthetic"]


def test_every_route_that_gives_sound_is_marked(app: Flask, credit: str) -> None:
    sounding = set()
    for rule in app.url_map.iter_rules():
        if "POST" not in rule.methods:
            continue
        answer = ask(app, "POST", rule.rule, json=BODY)
        if sounds := sounds_in(answer):
            sounding.add(rule.rule)
            is_marked(answer)
            for sound in sounds:
                check(sound, credit)
    assert sounding == SOUNDING


@pytest.mark.parametrize("form", TYPES)
@pytest.mark.parametrize("stream", ["audio", "sse"])
def test_speech_is_marked_in_every_format(app: Flask, credit: str, form: str, stream: str) -> None:
    content = {**BODY, "response_format": form, "stream_format": stream}
    answer = ask(app, "POST", "/v1/audio/speech", json=content)
    is_marked(answer)
    # Bare samples have room for nothing: their headers have to do.
    if form != "pcm":
        check(b"".join(sounds_in(answer)), credit)


@pytest.mark.parametrize("form", TYPES)
def test_captioned_speech_is_marked_in_every_format(app: Flask, credit: str, form: str) -> None:
    answer = ask(app, "POST", "/dev/captioned_speech", json={**BODY, "response_format": form})
    is_marked(answer)
    if form != "pcm":
        check(b"".join(sounds_in(answer)), credit)
