"""Clients that others wrote, with the lines that the documents show."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from programs import Strangers

from kosorong.audio.wav import decode_audio

pytestmark = pytest.mark.slow


def test_openai_s_client_gets_jeju_out_of_korean(
    strangers: Strangers, inference: str, tmp_path: Path
) -> None:
    names = {"kosorong-jeju": "untrained", '"lmy"': '"toy"'}
    strangers.shown("OpenAI's own client", names, inference=inference)
    assert len(decode_audio((tmp_path / "wind.mp3").read_bytes())[0]) > 10_000


def test_a_sound_that_nobody_streams_is_read_by_the_standard_library(
    strangers: Strangers, inference: str
) -> None:
    told = strangers.shown("Anything that plays WAV or FLAC", {}, inference=inference)
    assert 0.3 < float(told) < 10


def test_libretranslate_s_client_translates(strangers: Strangers, inference: str) -> None:
    told = strangers.shown(
        "Programs that translate by LibreTranslate's API", {}, inference=inference
    )
    assert told.startswith("ᄒᆞᆫ저 있수다.")
    assert "jje" in told


def test_feedparser_reads_catalogue_and_podcast(strangers: Strangers, library: str) -> None:
    number = _published(library)
    told = strangers.shown("Reading programs and podcasts", {}, library=library)
    assert told.startswith("False")
    assert f"/api/books/{number}/exports/" in told
    code = f"""
        import feedparser
        feed = feedparser.parse("{library}/api/books/{number}/feed/")
        print(feed.bozo, feed.entries[0].enclosures[0].type, feed.feed.language)
    """
    assert strangers.python(code).split() == ["False", "audio/wav", "jje"]


def _published(library: str) -> int:
    book = _ask(
        library, "POST", "/api/books/?wait=60", {"text": "눈이 왔다.", "title": "겨울 & <봄>"}
    )
    shared = {"visibility": "public", "licence": "CC0 1.0"}
    _ask(library, "PUT", f"/api/books/{book['id']}/share/", shared)
    return int(book["id"])


def _ask(library: str, method: str, path: str, body: dict[str, str]) -> dict[str, Any]:
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(
        library + path, json.dumps(body).encode(), headers, method=method
    )
    with urllib.request.urlopen(request, timeout=90) as answer:
        return dict(json.loads(answer.read()))
