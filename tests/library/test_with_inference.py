"""The library against a real inference server with toy models, over HTTP."""

import pytest
from pytest_django import Settings
from rest_framework.test import APIClient

from kosorong.audio.wav import decode_audio
from kosorong_library.studio import tasks
from toy_serving import TOKEN

pytestmark = pytest.mark.slow


def test_a_story_is_translated_and_spoken(
    api: APIClient, settings: Settings, server_address: str
) -> None:
    settings.INFERENCE_URL, settings.INFERENCE_TOKEN = server_address, TOKEN
    voices = api.get("/api/voices/").json()["voices"]
    assert "toy" in [voice["id"] for voice in voices]
    text = "어서 갑니다. 바람이 붑니다."
    book = api.post("/api/books/", {"title": "바람", "text": text}).json()
    while tasks.produce_batch.call():
        pass
    book = api.get(f"/api/books/{book['id']}/").json()
    assert (book["status"], book["problem"]) == ("done", "")
    assert "ᄒᆞᆫ저" in book["content"]
    one = api.get(f"/api/books/{book['id']}/segments/").json()["results"][0]
    assert [word["text"] for word in one["words"]] == one["text"].split()
    data = b"".join(api.get(one["audio"]).streaming_content)
    samples, rate = decode_audio(data)
    assert round(len(samples) * 1000 / rate) == one["duration_ms"]


def test_an_unknown_voice_fails_with_the_valid_ones(
    api: APIClient, settings: Settings, server_address: str
) -> None:
    settings.INFERENCE_URL, settings.INFERENCE_TOKEN = server_address, TOKEN
    body = {"text": "어서 갑니다.", "voice": "nobody"}
    book = api.post("/api/books/", body).json()
    tasks.produce_batch.call()
    book = api.get(f"/api/books/{book['id']}/").json()
    assert book["status"] == "failed"
    assert "Valid voices" in book["problem"]


def test_a_server_that_is_not_there_is_waited_for(api: APIClient, settings: Settings) -> None:
    settings.INFERENCE_URL = "http://127.0.0.1:9"
    book = api.post("/api/books/", {"text": "어서 갑니다."}).json()
    assert tasks.produce_batch.call() == 0
    book = api.get(f"/api/books/{book['id']}/").json()
    assert book["status"] == "producing"
    assert "does not answer" in book["problem"]
