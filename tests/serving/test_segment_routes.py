from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from asking import ask, lines, post
from flask import Flask

from hostile_sounds import AT_DOORS, float_wav, nothing_opened, scripted
from kosorong.audio.encode import encode_audio
from kosorong.audio.wav import decode_audio, to_int16, wav_bytes
from kosorong.ports import Speech
from kosorong.serving.models import Models

TEXTS = ["어서 갑니다.", "집이 있습니다.", ""]
SEGMENTS = [{"id": f"s{n}", "text": text} for n, text in enumerate(TEXTS)]


def test_each_segment_is_translated_on_a_line_of_its_own(app: Flask, models: Models) -> None:
    answer = post(app, "/translate/segments", {"segments": SEGMENTS, "target": "jje"})
    assert answer.mimetype == "application/x-ndjson"
    rows = lines(answer)
    assert [row["id"] for row in rows] == ["s0", "s1", "s2"]
    assert [row["text"] for row in rows] == ["ᄒᆞᆫ저 갑니다.", "집이 있수다.", ""]
    assert rows[0]["links"][0] == [0, 0, 1.0]
    assert rows[0]["provenance"] == "rules"
    assert rows[0]["fingerprint"] == models.translator.fingerprint
    assert 0 < rows[0]["confidence"] < 1
    assert "stand in" in rows[0]["warnings"][0]


def test_each_word_has_a_confidence(app: Flask) -> None:
    rows = lines(post(app, "/translate/segments", {"segments": SEGMENTS}))
    for row in rows:
        assert len(row["word_confidences"]) == len(row["text"].split())


def test_each_doubted_word_comes_with_its_reason(app: Flask) -> None:
    content = {"segments": [{"id": 1, "text": "어서 뚜르르 갑니다."}]}
    (row,) = lines(post(app, "/translate/segments", content))
    assert [1, "뚜르르", "unknown_word"] in row["doubts"]


def test_terms_of_a_request_stand_in_its_translations(app: Flask, models: Models) -> None:
    content = {"segments": SEGMENTS, "terms": {"집": "지비", "어서": ""}}
    rows = lines(post(app, "/translate/segments", content))
    assert rows[1]["text"].startswith("지비가 ")
    assert rows[0]["text"].startswith("어서 ")
    assert rows[0]["fingerprint"] != models.translator.fingerprint
    again = lines(post(app, "/translate/segments", {"segments": SEGMENTS}))
    assert again[0]["fingerprint"] == models.translator.fingerprint


def test_spelling_and_strength_are_followed(app: Flask) -> None:
    def first(**dial: object) -> str:
        answer = post(app, "/translate/segments", {"segments": SEGMENTS, **dial})
        return str(lines(answer)[0]["text"])

    assert first(spelling="modern") == "혼저 갑니다."
    assert first(strength=0) == "어서 갑니다."


def test_segments_may_be_pages(app: Flask) -> None:
    pages = [
        {"id": 1, "text": "<p>어서 <b>있습니다.</b></p><p>어서</p>"},
        {"id": 2, "text": "<hr>"},
    ]
    first, second = lines(post(app, "/translate/segments", {"segments": pages, "format": "html"}))
    assert first["text"] == "<p>ᄒᆞᆫ저 <b>있수다.</b></p><p>ᄒᆞᆫ저</p>"
    assert [link[:2] for link in first["links"]] == [[0, 0], [1, 1], [2, 2]]
    assert len(first["word_confidences"]) == 3
    assert (second["text"], second["provenance"]) == ("<hr>", "copy")
    pages = [{"id": 1, "text": "<p>어서</p>" * 400}]
    row = lines(post(app, "/translate/segments", {"segments": pages, "format": "html"}))[0]
    assert row["text"] == "<p>ᄒᆞᆫ저</p>" * 400


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"source": "en"}, "source"),
        ({"format": "pdf"}, "format"),
        ({"spelling": []}, "spelling"),
        ({"strength": 1.5}, "strength"),
        ({"strength": True}, "strength"),
        ({"terms": ["집"]}, "terms"),
        ({"terms": {"집": 3}}, "terms"),
        ({"terms": {"집": "?"}}, "terms['집']"),
        ({"segments": []}, "segments"),
        ({"segments": [3]}, "segments[0]"),
        ({"segments": [{"text": "가"}]}, "segments[0].id"),
        ({"segments": [*SEGMENTS, {"id": 1, "text": 4}]}, "segments[3].text"),
    ],
)
def test_the_field_that_is_wrong_is_named(app: Flask, change: dict[str, Any], where: str) -> None:
    answer = post(app, "/translate/segments", {"segments": SEGMENTS, **change})
    assert (answer.status_code, answer.json["where"]) == (400, where)
    assert answer.json["cure"]


def test_segments_are_spoken_as_the_voice_speaks_them(app: Flask, models: Models) -> None:
    wanted = [
        {"id": 7, "text": "바당에 3번 감수다.", "seed": 5},
        {"id": 8, "text": "A", "spoken": "에이"},
    ]
    content = {"segments": wanted, "voice": "toy2", "speed": 1.25}
    rows = lines(post(app, "/synthesize", content))
    voice = models.voice("toy2")
    known = voice.speak("바당에 3번 감수다.", speed=1.25, seed=5)
    samples, rate = decode_audio(base64.b64decode(rows[0]["audio"]))
    assert rate == voice.sample_rate
    scaled: Any = samples * 32768 / 32767
    np.testing.assert_array_equal(to_int16(scaled), to_int16(known.samples))
    assert rows[0]["duration_ms"] == round(1000 * len(samples) / rate)
    assert [word["text"] for word in rows[0]["words"]] == ["바당에", "3번", "감수다."]
    assert rows[0]["words"][1]["start_ms"] == round(known.words[1].start * 1000)
    assert (rows[0]["voice"], rows[0]["fingerprint"]) == ("toy2", voice.fingerprint)
    assert [row["id"] for row in rows] == [7, 8]


def test_what_was_not_read_is_warned_of(app: Flask) -> None:
    rows = lines(post(app, "/synthesize", {"segments": [{"id": 1, "text": "바당 🐚"}]}))
    assert "🐚" in rows[0]["warnings"][0]


@pytest.mark.parametrize("change", [{"voice": "nobody"}, {"speed": 9}, {"speed": "x"}])
def test_an_impossible_wish_is_refused(app: Flask, change: dict[str, object]) -> None:
    answer = post(app, "/synthesize", {"segments": SEGMENTS, **change})
    assert (answer.status_code, answer.json["where"]) == (400, next(iter(change)))


def test_a_failure_in_the_stream_is_its_last_line(
    app: Flask, models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = models.voices["toy"]
    speak = voice.speak

    def break_at_two(text: str, **options: Any) -> Speech:
        if text == TEXTS[1]:
            raise RuntimeError("out of order")
        return speak(text, **options)

    monkeypatch.setattr(type(voice), "speak", lambda self, text, **o: break_at_two(text, **o))
    rows = lines(post(app, "/synthesize", {"segments": SEGMENTS}))
    assert len(rows) == 2
    assert rows[1] == {
        "error": {"message": "The server failed.", "where": "", "cure": rows[1]["error"]["cure"]}
    }
    assert app.extensions["kosorong"].admission.admitted == 0


def _align(app: Flask, audio: bytes, **form: str) -> tuple[int, dict[str, object]]:
    data = {"text": "바당에 감수다.", **form, "audio": (io.BytesIO(audio), "a")}
    answer = ask(app, "POST", "/align", data=data)
    return answer.status_code, answer.json


def test_words_of_a_recording_are_timed(app: Flask) -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, 2 * 16_000).astype(np.float32)
    status, content = _align(app, wav_bytes(noise, 16_000), voice="toy2")
    assert (status, content["voice"], content["duration_ms"]) == (200, "toy2", 2000)
    words = content["words"]
    assert isinstance(words, list)
    assert [word["text"] for word in words] == ["바당에", "감수다."]
    assert 0 <= words[0]["start_ms"] < words[0]["end_ms"] <= words[1]["start_ms"] < 2000


def test_what_cannot_be_aligned_is_said(app: Flask) -> None:
    short = wav_bytes(np.zeros(1000, np.float32), 22_050)
    assert _align(app, b"no sound")[0] == 400
    assert _align(app, short)[1]["where"] == "audio"
    assert _align(app, short, voice="nobody")[1]["where"] == "voice"
    answer = ask(app, "POST", "/align", data={"text": "가"})
    assert answer.json["where"] == "audio"


@pytest.mark.parametrize("name", AT_DOORS)
def test_a_script_sent_to_be_aligned_opens_nothing(app: Flask, tmp_path: Path, name: str) -> None:
    with nothing_opened(tmp_path) as port:
        status, content = _align(app, scripted(name, tmp_path, port))
    assert (status, content["where"]) == (400, "audio")
    assert "No such" not in str(content)
    assert "Invalid" not in str(content)


@pytest.mark.parametrize("rate", [22_050, 44_100])
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_recording_of_no_numbers_is_not_aligned(app: Flask, rate: int, value: float) -> None:
    status, content = _align(app, float_wav(np.full(2 * rate, value), rate))
    assert (status, content["where"]) == (400, "audio")
    assert "no numbers" in str(content)


def test_hours_of_silence_in_a_small_file_are_not_decoded(app: Flask) -> None:
    data = encode_audio(np.zeros(22_050 * 600, np.float32), 22_050, ".flac")
    status, content = _align(app, data)
    assert status == 400
    assert "121 s" in str(content) or "122 s" in str(content)
