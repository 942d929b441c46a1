"""The calls of the original system, by its client's own way of making them."""

from __future__ import annotations

import http.client
import io
import json
import wave
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from asking import post
from flask import Flask

from toy_serving import TOKEN


def posted(server: str, path: str, content: Any) -> bytes:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {TOKEN}"}
    connection = http.client.HTTPConnection(server.removeprefix("http://"), timeout=60)
    connection.request("POST", f"/tts-server/api/{path}", json.dumps(content), headers)
    with closing(connection), connection.getresponse() as answer:
        assert answer.status == 200
        return answer.read()


def test_the_original_client_runs_unchanged(server_address: str, tmp_path: Path) -> None:
    text = "어서 갑니다.\n집이 있습니다."
    # The way of the original: the text form of the list, without its ends, is posted on.
    response = json.loads(posted(server_address, "process-text", {"text": text}))
    content = str(response)[2:-2]
    audio = posted(server_address, "process-audio", {"text": content})
    file = tmp_path / "book.wav"
    file.write_bytes(audio)
    assert content == "ᄒᆞᆫ저 갑니다. 집이 있수다."
    with wave.open(str(file)) as sound:
        assert sound.getframerate() == 22_050
        assert sound.getnframes() > 22_050


@pytest.mark.parametrize(
    "text",
    ["'어서' 갑니다.", '"어서" 갑니다.', "\"어서\" 하고 '어서' 갑니다.", "가.\n\n\n나.\t다."],
)
def test_the_text_survives_the_clients_way_of_taking_it_out(app: Flask, text: str) -> None:
    content = post(app, "/tts-server/api/process-text", {"text": text}).json
    assert str(content)[2:-2] == content[0]
    assert "\\" not in str(content)


def test_long_texts_are_translated_and_read_whole(app: Flask) -> None:
    text = " ".join(f"어서 {n}번 갑니다." for n in range(1, 21))
    (content,) = post(app, "/tts-server/api/process-text", {"text": text}).json
    assert content == text.replace("어서", "ᄒᆞᆫ저")
    answer = post(app, "/tts-server/api/process-audio", {"text": content})
    assert answer.mimetype == "audio/wav"
    with wave.open(io.BytesIO(answer.data)) as sound:
        assert sound.getnframes() > 20 * 0.35 * 22_050


def test_a_text_without_sound_is_an_error(app: Flask) -> None:
    answer = post(app, "/tts-server/api/process-audio", {"text": "🐚"})
    assert answer.status_code == 400
    assert answer.json["where"] == "text"
