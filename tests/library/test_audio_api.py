"""…/audio/ of a book and of its chapters: a WAV file that grows."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.http import HttpResponseBase
from library_fakes import FakeParts
from library_world import let_go
from rest_framework.test import APIClient

from kosorong.audio.wav import decode_audio
from kosorong_library.api import ranges
from kosorong_library.studio import tasks


def body(answer: HttpResponseBase) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_chapter_sounds_where_its_segments_say(
    api: APIClient, ready: dict[str, Any], segments: list[dict[str, Any]]
) -> None:
    answer = api.get(f"/api/books/{ready['id']}/chapters/0/audio/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "audio/wav")
    data = body(answer)
    assert len(data) == int(answer["Content-Length"])
    samples, rate = decode_audio(data)
    for one in segments:
        middle = (one["begin_ms"] + one["duration_ms"] / 2) * rate / 1000
        gap = (one["begin_ms"] + one["duration_ms"] + 50) * rate / 1000
        assert np.abs(samples[int(middle) - 200 : int(middle) + 200]).max() > 0.1
        assert np.abs(samples[int(gap) : int(gap) + 200]).max() == 0


@pytest.mark.parametrize("first", [0, 1, 43, 44, 45, 400, 5001])
def test_any_range_is_that_part_of_the_whole(
    api: APIClient, ready: dict[str, Any], first: int
) -> None:
    path = f"/api/books/{ready['id']}/audio/"
    whole = body(api.get(path))
    for last in (first, first + 1, first + 9000, len(whole) + 5):
        answer = api.get(path, HTTP_RANGE=f"bytes={first}-{last}")
        assert answer.status_code == 206
        assert body(answer) == whole[first : last + 1]
    assert body(api.get(path, HTTP_RANGE="bytes=-7")) == whole[-7:]


def test_a_range_without_an_end_is_answered_in_parts_that_make_the_whole(
    api: APIClient, ready: dict[str, Any], work: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranges, "MOST_OPEN", 90_001)
    path = f"/api/books/{ready['id']}/audio/"
    whole, heard = body(api.get(path)), b""
    while len(heard) < len(whole):
        answer = api.get(path, HTTP_RANGE=f"bytes={len(heard)}-")
        part = body(answer)
        assert answer.status_code == 206
        assert 0 < len(part) <= 90_001
        last = len(heard) + len(part) - 1
        assert answer["Content-Range"] == f"bytes {len(heard)}-{last}/{len(whole)}"
        heard += part
    assert heard == whole
    export = f"/api/books/{ready['id']}/exports/vtt/"
    api.get(f"{export}?wait=0")
    work()
    size = int(api.get(export)["Content-Length"])
    # Whoever saves a file would take a part for all of it.
    monkeypatch.setattr(ranges, "MOST_OPEN", 10)
    assert len(body(api.get(export, HTTP_RANGE="bytes=1-"))) == size - 1


def test_a_long_sound_leaves_without_the_thread_that_was_asked(
    api: APIClient, ready: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranges, "_AT_ONCE", 1000)
    path = f"/api/books/{ready['id']}/audio/"
    answer = api.get(path)
    flow, whole = answer.file_to_stream, body(api.get(path))
    read = b""
    while piece := flow.read(5000):
        read += piece
    assert read == whole
    let_go(answer)
    assert flow.read(5000) == b""


def test_the_book_is_its_chapters_one_after_another(
    api: APIClient, work: Callable[[], int]
) -> None:
    text = "# 하나\n\n눈이 왔다.\n\n# 둘\n\n바람이 불었다."
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("b.md", text.encode())
    book = api.post("/api/books/", {"file": file}, format="multipart").json()
    work()
    base = f"/api/books/{book['id']}"
    addresses = (f"{base}/chapters/0/audio/", f"{base}/chapters/1/audio/", f"{base}/audio/")
    first, second, whole = (
        body(api.get(address)).partition(b"data")[2][4:] for address in addresses
    )
    assert whole == first + second


def test_it_grows_and_ends_before_what_is_still_to_come(
    api: APIClient, book: dict[str, Any], parts: FakeParts
) -> None:
    path = f"/api/books/{book['id']}/audio/"
    assert api.get(path).status_code == 404
    tasks.produce_batch.call()
    first = api.get(path)
    tasks.produce_batch.call()
    second = api.get(path)
    assert int(first["Content-Length"]) < int(second["Content-Length"])
    assert first["ETag"] != second["ETag"]


def test_a_damaged_take_is_told_before_anything_is_sent(
    api: APIClient, ready: dict[str, Any], tmp_path: Path
) -> None:
    for path in (tmp_path / "files" / "takes").rglob("*.flac"):
        path.unlink()
    answer = api.get(f"/api/books/{ready['id']}/segments/").json()["results"][0]
    gone = api.get(answer["audio"])
    assert gone.status_code == 507
    assert set(gone.json()) == {"message", "extra"}


def test_same_questions(ready: dict[str, Any], ask_the_same: Callable[..., None]) -> None:
    base, number = f"/api/books/{ready['id']}", ready["id"]
    ask_the_same(f"{base}/audio/", "get", ("post", "delete"), number=number)
    ask_the_same(f"{base}/chapters/0/audio/", "get", ("post", "delete"), number=number)


def test_a_chapter_that_is_not_there(api: APIClient, ready: dict[str, Any]) -> None:
    assert api.get(f"/api/books/{ready['id']}/chapters/7/audio/").status_code == 404
