"""Whatever address gives sound says whose it is: every address of the library is asked."""

import importlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from library_world import routes
from numpy.typing import NDArray
from rest_framework.test import APIClient

from kosorong.audio.wav import wav_bytes
from kosorong.book.formats import FORMATS
from kosorong.client.models import AlignedWords
from kosorong.ports import WordTime
from kosorong_library.studio import inference
from kosorong_library.studio.models import Export
from reading_marks import BOTH, MACHINE, PERSON, check, told

RATE = 22_050
TONE = (0.1 * np.sin(0.06 * np.arange(RATE))).astype(np.float32)
MACHINES, PERSONS = "FakeVoice, CC BY 4.0", "고운 할망, CC BY-SA 4.0"
SOUNDING = {
    "api/books/<id:book>/audio/",
    "api/books/<id:book>/chapters/<id:chapter>/audio/",
    "api/books/<id:book>/segments/<id:segment>/audio/",
    "api/books/<id:book>/segments/<id:segment>/korean/",
    "api/books/<id:book>/exports/<str:format>/",
}


@pytest.fixture(autouse=True)
def _aligner(monkeypatch: pytest.MonkeyPatch) -> None:
    def align(samples: NDArray[np.float32], rate: int, text: str) -> AlignedWords:
        return AlignedWords(tuple(WordTime(word, 0.0, 0.1) for word in text.split()), 0.5)

    monkeypatch.setattr(inference, "align", align)


@pytest.fixture
def mixed(api: APIClient, ready: dict[str, Any], segments: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the numbers of a book in which a person reads the second sentence."""
    path = f"/api/books/{ready['id']}/segments/{segments[1]['id']}/recording/"
    body = {"audio": SimpleUploadedFile("말.wav", wav_bytes(TONE, RATE)), "consent": "true"}
    body |= {"speaker": "고운 할망", "licence": "CC BY-SA 4.0"}
    assert api.put(path, body, format="multipart").status_code == 200
    return {
        "book": ready["id"],
        "chapter": 0,
        "machine": segments[0]["id"],
        "person": segments[1]["id"],
    }


def body(answer: HttpResponseBase) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_every_address_that_gives_sound_is_marked(
    api: APIClient, mixed: dict[str, Any], work: Callable[[], int]
) -> None:
    sounding = set()
    known = {**mixed, "segment": mixed["machine"]}
    for route in routes():
        for form in FORMATS if "<str:format>" in route else ("",):
            filled = {**known, "format": form}
            path = re.sub(r"<\w+:(\w+)>", lambda one: str(filled.get(one[1], 1)), route)  # noqa: B023
            address = f"/{path}?wait=0" if form else f"/{path}"
            answer = api.get(address)
            if answer.status_code == 202 and form:
                work()
                answer = api.get(address)
            kind = answer.headers.get("Content-Type", "")
            if kind.startswith(("audio/", "application/zip", "application/epub")) or form:
                sounding.add(route)
                assert answer.headers["Digital-Source-Type"] in (MACHINE, BOTH), address
    assert sounding == SOUNDING


def test_a_sentence_is_marked_as_whose_it_is(api: APIClient, mixed: dict[str, Any]) -> None:
    path = f"/api/books/{mixed['book']}/segments"
    for who, source, credit in (("machine", MACHINE, MACHINES), ("person", PERSON, PERSONS)):
        answer = api.get(f"{path}/{mixed[who]}/audio/")
        assert answer["Digital-Source-Type"] == source
        check(body(answer), credit, source)
    assert "AI-Disclosure" not in answer.headers
    assert json.loads(answer["X-Kosorong-Heard"]) == [
        {"name": "고운 할망", "credit": PERSONS, "synthetic": False}
    ]


def test_a_chapter_and_a_book_name_both_and_ranges_fit(
    api: APIClient, mixed: dict[str, Any]
) -> None:
    for address in ("audio/", "chapters/0/audio/"):
        path = f"/api/books/{mixed['book']}/{address}"
        answer = api.get(path)
        whole = body(answer)
        assert int(answer["Content-Length"]) == len(whole)
        assert answer["Digital-Source-Type"] == told(whole)["source"] == BOTH
        said = check(whole, MACHINES, BOTH)
        assert PERSONS in said["copyright"]
        assert said["artist"] == "tone (합성 음성 · synthetic voice), 고운 할망"
        for first in (0, 43, 300, len(whole) // 2):
            part = api.get(path, HTTP_RANGE=f"bytes={first}-{first + 700}")
            assert body(part) == whole[first : first + 701]


def test_exports_say_which_segments_a_person_reads(
    api: APIClient, mixed: dict[str, Any], work: Callable[[], int]
) -> None:
    def export(form: str) -> bytes:
        address = f"/api/books/{mixed['book']}/exports/{form}/?wait=0"
        api.get(address)
        work()
        return body(api.get(address))

    where = "segments spoken by a person: 2 (고운 할망)"
    said = check(export("m4b"), MACHINES, BOTH)
    assert where in said["comment"]
    assert where in export("vtt").decode()
    with zipfile.ZipFile(io.BytesIO(export("mp3"))) as files:
        said = check(files.read(files.namelist()[0]), PERSONS, BOTH)
        assert where in said["comment"]
    with zipfile.ZipFile(io.BytesIO(export("epub"))) as book:
        assert where in book.read("EPUB/colophon.xhtml").decode()
        page = book.read("EPUB/text/c0001.xhtml").decode()
        kinds = re.findall(r'data-digital-source-type="(\w+)"', page)
        assert kinds[:3] == ["trainedAlgorithmicMedia", "digitalCapture", "trainedAlgorithmicMedia"]


def test_files_built_before_marks_are_built_again(
    api: APIClient, mixed: dict[str, Any], work: Callable[[], int]
) -> None:
    address = f"/api/books/{mixed['book']}/exports/vtt/?wait=0"
    api.get(address)
    work()
    assert api.get(address).status_code == 200
    migration = importlib.import_module("kosorong_library.studio.migrations.0005_marked_exports")
    migration.build_again(apps, None)
    assert api.get(address).status_code == 202
    work()
    assert api.get(address).status_code == 200
    assert Export.objects.count() == 1
