from __future__ import annotations

import base64
import io
import json
import wave
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from asking import ask, post
from flask import Flask

from kosorong.audio.wav import decode_audio
from kosorong.serving.app import create_app
from kosorong.serving.models import Models
from kosorong.serving.settings import Settings
from kosorong.speech.voice import Stretch

TEXT = "바당에 감수다. 혼저 옵서! 비가 왐수다."
SPEECH = "/v1/audio/speech"
TYPES = {
    "mp3": "audio/mpeg",
    "opus": "audio/ogg",
    "aac": "audio/aac",
    "flac": "audio/flac",
    "wav": "audio/wav",
}


def _length(app: Flask, **changes: Any) -> float:
    content = {"model": "toy-voice", "voice": "toy", "input": TEXT, "response_format": "flac"}
    answer = post(app, SPEECH, {**content, **changes})
    assert answer.status_code == 200, answer.text
    samples, rate = decode_audio(answer.data)
    return len(samples) / rate


@pytest.mark.parametrize("form", TYPES)
def test_every_format_holds_the_same_sound(app: Flask, form: str) -> None:
    answer = post(app, SPEECH, {"input": TEXT, "response_format": form})
    assert answer.mimetype == TYPES[form]
    samples, rate = decode_audio(answer.data)
    # Lossy codecs add up to a tenth of a second of silence at the ends.
    assert len(samples) / rate == pytest.approx(_length(app), abs=0.12)
    assert np.abs(samples).max() > 0.01


def test_mp3_is_the_usual_format(app: Flask) -> None:
    assert post(app, SPEECH, {"input": TEXT}).mimetype == "audio/mpeg"


def test_bare_samples_have_the_rate_that_callers_expect(app: Flask) -> None:
    answer = post(app, SPEECH, {"input": TEXT, "response_format": "pcm"})
    assert len(answer.data) / 2 / 24_000 == pytest.approx(_length(app), abs=0.01)


def test_a_wav_file_of_one_sentence_states_its_length(app: Flask) -> None:
    content = {"input": "감수다.", "response_format": "wav"}
    with wave.open(io.BytesIO(post(app, SPEECH, content).data)) as sound:
        frames = sound.getnframes()
        assert len(sound.readframes(frames)) == 2 * frames


def test_speed_voice_and_unknown_fields(app: Flask) -> None:
    assert _length(app, speed=2.0) < 0.75 * _length(app)
    assert _length(app, voice="toy2") != _length(app, voice="toy")
    assert _length(app, voice={"id": "toy2"}) == _length(app, voice="toy2")
    assert _length(app, voice="alloy", model="tts-1", instructions="gently", user=7) == _length(app)


@pytest.mark.parametrize(
    ("change", "param"),
    [
        ({"voice": "nobody"}, "voice"),
        ({"model": "gpt-9"}, "model"),
        ({"response_format": "midi"}, "response_format"),
        ({"speed": 4.5}, "speed"),
        ({"stream_format": "morse"}, "stream_format"),
        ({"input": "🐚"}, "input"),
        ({"input": None}, "input"),
    ],
)
def test_errors_name_the_parameter(app: Flask, change: dict[str, Any], param: str) -> None:
    answer = post(app, SPEECH, {"input": TEXT, **change})
    error = answer.json["error"]
    assert answer.status_code == 400
    assert (error["type"], error["param"]) == ("invalid_request_error", param)
    assert error["message"]


@pytest.mark.parametrize("form", [*TYPES, "pcm"])
def test_a_sentence_is_sent_before_it_is_made(
    app: Flask, models: Models, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    voice = models.voices["toy"]
    stream, made = voice.stream, []

    def counted(text: str, **options: Any) -> Iterator[Stretch]:
        for stretch in stream(text, **options):
            made.append(stretch)
            yield stretch

    monkeypatch.setattr(type(voice), "stream", lambda self, text, **more: counted(text, **more))
    sentence = "바당에 강 보난 물결이 하영 쳔 배덜이 다 들어오곡 사름덜도 집더레 갔수다."
    content = {"input": sentence, "response_format": form, "stream_format": "audio"}
    answer = app.test_client().post(SPEECH, json=content, buffered=False)
    parts, sizes = iter(answer.response), []
    while len(made) == 1:
        sizes.append(len(next(parts)))
    # What came before the second stretch was made is sound, and more than a header.
    assert sum(sizes[:-1]) > 1000
    answer.close()
    assert app.extensions["kosorong"].admission.admitted == 0


@pytest.mark.parametrize("form", ["flac", "wav"])
@pytest.mark.parametrize("text", ["감수다.", TEXT])
def test_a_file_that_nobody_streams_states_its_length(app: Flask, form: str, text: str) -> None:
    answer = post(app, SPEECH, {"input": text, "response_format": form})
    stream = {"input": text, "response_format": form, "stream_format": "audio"}
    samples, _ = decode_audio(answer.data)
    assert len(samples) == len(decode_audio(post(app, SPEECH, stream).data)[0])
    if form == "wav":
        with wave.open(io.BytesIO(answer.data)) as sound:
            assert sound.getnframes() == len(samples)
    else:
        # Total samples: 36 bits of STREAMINFO (RFC 9639, 8.2).
        assert int.from_bytes(answer.data[21:26]) & (2**36 - 1) == len(samples)


def test_the_translator_as_a_model_translates_and_then_speaks(app: Flask, models: Models) -> None:
    korean = "어서 있습니다.\n어서 갑니다."
    (name,) = [info.name for info in models.infos if info.kind == "translator"]
    answer = post(app, SPEECH, {"input": korean, "model": name, "response_format": "flac"})
    translated = post(app, "/translate", {"q": korean, "source": "ko"}).json["translatedText"]
    assert translated != korean
    assert len(decode_audio(answer.data)[0]) / 22_050 == _length(app, input=translated)
    captioned = post(app, "/dev/captioned_speech", {"input": korean, "model": name}).json
    assert [one["word"] for one in captioned["timestamps"]] == translated.split()


def test_instructions_say_which_jeju(app: Flask, models: Models) -> None:
    (name,) = [info.name for info in models.infos if info.kind == "translator"]
    content = {"input": "바람이 분다.", "model": name, "instructions": "strength: 0"}
    captioned = post(app, "/dev/captioned_speech", content).json
    assert [one["word"] for one in captioned["timestamps"]] == ["바람이", "분다."]


@pytest.mark.parametrize(
    ("change", "stands"),
    [
        ({"model": "kokoro"}, "model kokoro is toy-voice"),
        ({"model": "gpt-4o-mini-tts-2025-12-15"}, "model gpt-4o-mini-tts-2025-12-15 is toy-voice"),
        ({"voice": "af_bella(2)+af_sky(1)"}, "voice af_bella(2)+af_sky(1) is toy"),
        ({"model": "tts-1", "voice": "alloy"}, "model tts-1 is toy-voice, voice alloy is toy"),
    ],
)
def test_names_from_elsewhere_are_taken_as_ours_and_told(
    app: Flask, models: Models, change: dict[str, Any], stands: str
) -> None:
    answer = post(app, SPEECH, {"input": "감수다.", **change})
    assert (answer.status_code, answer.headers["X-Kosorong-Stands-For"]) == (200, stands)
    assert "X-Kosorong-Stands-For" not in post(app, SPEECH, {"input": "감수다."}).headers
    strict = create_app(models, Settings(stock_names=False))
    refused = post(strict, SPEECH, {"input": "감수다.", **change})
    assert (refused.status_code, refused.json["error"]["param"]) == (400, next(iter(change)))


@pytest.mark.parametrize("name", ["af_bella\r\nX: y", "kokoro\n", "kokoro é", "a_b", "af_(1)"])
def test_no_other_name_is_taken(app: Flask, name: str) -> None:
    for field in ("model", "voice"):
        assert post(app, SPEECH, {"input": "감수다.", field: name}).status_code == 400


def test_events_carry_the_sound_and_an_end(app: Flask) -> None:
    content = {"input": TEXT, "response_format": "flac", "stream_format": "sse"}
    answer = post(app, SPEECH, content)
    assert answer.mimetype == "text/event-stream"
    blocks = answer.text.strip().split("\n\n")
    events = [json.loads(block.removeprefix("data: ")) for block in blocks]
    assert [event["type"] for event in events[:-1]] == ["speech.audio.delta"] * (len(events) - 1)
    assert events[-1]["type"] == "speech.audio.done"
    data = b"".join(base64.b64decode(event["audio"]) for event in events[:-1])
    samples, rate = decode_audio(data)
    assert len(samples) / rate == _length(app)


def test_what_is_not_read_is_told(app: Flask) -> None:
    answer = post(app, SPEECH, {"input": "바당 🐚 🐚", "response_format": "wav"})
    (one,) = json.loads(answer.headers["X-Kosorong-Unread"])
    assert one["character"] == "🐚"
    assert one["reason"]
    assert "X-Kosorong-Unread" not in post(app, SPEECH, {"input": "바당"}).headers


def test_captions_time_every_word_of_all_sentences(app: Flask) -> None:
    content = {"input": TEXT, "response_format": "wav"}
    made = post(app, "/dev/captioned_speech", content).json
    samples, rate = decode_audio(base64.b64decode(made["audio"]))
    assert made["audio_format"] == "wav"
    assert [one["word"] for one in made["timestamps"]] == TEXT.split()
    edges = [one[name] for one in made["timestamps"] for name in ("start_time", "end_time")]
    assert edges == sorted(edges)
    assert edges[-1] <= len(samples) / rate
    # The third word begins the second sentence, after a pause.
    assert edges[4] > edges[3] + 0.3


def test_voices_are_listed_by_their_names_alone_for_programs_that_want_texts(
    app: Flask, models: Models
) -> None:
    names = ask(app, "GET", "/v1/audio/voices?legacy=true").json["voices"]
    assert names[0] == models.default
    assert set(names) == set(models.voices)


def test_models_and_voices_are_listed(app: Flask, models: Models) -> None:
    content = ask(app, "GET", "/v1/models").json
    assert content["object"] == "list"
    assert [one["id"] for one in content["data"]] == ["toy-voice", "untrained"]
    one = ask(app, "GET", "/v1/models/untrained").json
    assert one == content["data"][1]
    assert (one["object"], one["fingerprint"]) == ("model", models.translator.fingerprint)
    assert one["created"] > 1_700_000_000
    voices = ask(app, "GET", "/v1/audio/voices").json["voices"]
    assert [(voice["id"], voice["name"]) for voice in voices] == [("toy", "toy"), ("toy2", "toy2")]
    assert [voice["default"] for voice in voices] == [True, False]
