"""What an inference server answers is believed as far as it makes sense, and no further."""

from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
import pytest

from kosorong.audio.wav import wav_bytes
from kosorong.client.http import Server
from kosorong.client.models import RemoteAligner, RemoteTranslator, RemoteVoice
from kosorong.errors import ServiceError

TRANSLATION: dict[str, Any] = {
    "id": 0,
    "fingerprint": "f",
    "text": "ᄒᆞᆫ저 옵서.",
    "links": [[0, 0, 1.0]],
    "confidence": 0.5,
    "provenance": "m",
    "warnings": [],
    "word_confidences": [0.5],
    "doubts": [[0, "어서", "stands"]],
}
SPEECH: dict[str, Any] = {
    "id": 0,
    "fingerprint": "f",
    "audio": base64.b64encode(wav_bytes(np.zeros(100, np.float32), 22050)).decode(),
    "words": [{"text": "가", "start_ms": 0, "end_ms": 4}],
    "warnings": [],
}
FACTS: dict[str, Any] = {"id": "v", "fingerprint": "f", "sample_rate": 22050, "credit": "c"}
STRANGE_TEXTS = [None, ["x"], {"a": 1}, 3, True, "가\x00나", "\ud800", "가" * 5_000_000]
STRANGE_NUMBERS = [float("inf"), float("nan"), 10**400, "0.5", None, [1], True]


class Answering(Server):
    """A server that answers what it is told to."""

    def __init__(self, row: Any, facts: Any = FACTS) -> None:
        super().__init__("http://127.0.0.1:1")
        self.row, self.facts = row, facts

    def get(self, path: str) -> dict[str, Any]:
        model = {"kind": "translator", "fingerprint": "f"}
        return {"data": [model], "voices": [self.facts]}

    def post_lines(self, path: str, content: Any) -> Any:
        yield json.loads(json.dumps(self.row))

    def post_form(self, path: str, fields: Any, file: bytes) -> dict[str, Any]:
        return dict(self.row)


def translated(**changes: Any) -> Any:
    return RemoteTranslator(Answering({**TRANSLATION, **changes})).translate(["어서 오세요."])


def spoken(facts: Any = FACTS, **changes: Any) -> Any:
    return RemoteVoice(Answering({**SPEECH, **changes}, facts)).speak("가")


def test_what_makes_sense_is_believed() -> None:
    assert translated()[0].text == TRANSLATION["text"]
    assert spoken().words[0].text == "가"


def strange() -> list[tuple[str, Any]]:
    rows: list[tuple[str, Any]] = [("text", one) for one in STRANGE_TEXTS]
    rows += [("provenance", one) for one in STRANGE_TEXTS]
    rows += [("confidence", one) for one in STRANGE_NUMBERS]
    rows += [("word_confidences", [one]) for one in STRANGE_NUMBERS]
    rows += [("word_confidences", one) for one in (None, "abc", {"a": 1}, [0.5] * 1000)]
    rows += [("links", [[0, 0, one]]) for one in STRANGE_NUMBERS]
    rows += [("links", [[one, 0, 1.0]]) for one in (-1, 10**30, 1.5, "0", None, True)]
    rows += [("links", one) for one in (None, "abc", [[0, 0]], [0], [[0, 0, 1.0]] * 10_000)]
    rows += [("doubts", [[one, "어서", "stands"]]) for one in (-1, 10**30, 1.5, "0", None, True)]
    rows += [("doubts", [[0, one, "stands"]]) for one in STRANGE_TEXTS]
    rows += [("doubts", one) for one in (None, "abc", [[0, "어서"]], [[0, "어서", "because"]])]
    rows += [("warnings", one) for one in (None, "abc", [{"a": 1}], [None], ["가"] * 1000)]
    return rows


@pytest.mark.parametrize(("field", "value"), strange())
def test_a_strange_translation_is_refused(field: str, value: Any) -> None:
    with pytest.raises(ServiceError, match="no answer of an inference server"):
        translated(**{field: value})


@pytest.mark.parametrize("value", [*STRANGE_NUMBERS, -1, 10**12])
def test_strange_times_are_refused(value: Any) -> None:
    words = [{"text": "가", "start_ms": 0, "end_ms": value}]
    with pytest.raises(ServiceError, match="no answer of an inference server"):
        spoken(words=words)
    row = {"words": words, "distance": 0.5}
    with pytest.raises(ServiceError, match="no answer of an inference server"):
        RemoteAligner(Answering(row)).align(np.zeros(100, np.float32), 22050, "가")


@pytest.mark.parametrize("value", STRANGE_NUMBERS)
def test_a_strange_distance_is_refused(value: Any) -> None:
    row = {"words": [], "distance": value}
    with pytest.raises(ServiceError, match="no answer of an inference server"):
        RemoteAligner(Answering(row)).align(np.zeros(100, np.float32), 22050, "가")


@pytest.mark.parametrize("name", ["id", "fingerprint", "credit", "sample_rate"])
@pytest.mark.parametrize("value", [None, [], 0, -1, 10**30, {"a": 1}])
def test_a_voice_that_says_strange_things_of_itself_is_refused(name: str, value: Any) -> None:
    with pytest.raises(ServiceError, match="no answer of an inference server"):
        spoken({**FACTS, name: value})
    without = {key: one for key, one in FACTS.items() if key != name}
    with pytest.raises(ServiceError, match="no answer of an inference server"):
        spoken(without)


def test_an_answer_that_is_nested_without_end_is_refused() -> None:
    with pytest.raises(ServiceError, match="no answer of an inference server"):
        Server("http://127.0.0.1:1")._object(b'{"a":' + b"[" * 200_000)
