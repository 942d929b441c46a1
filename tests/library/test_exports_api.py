"""…/exports/FORMAT/."""

import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponseBase
from library_fakes import FakeParts
from mutagen.mp4 import MP4
from numpy.typing import NDArray
from rest_framework.test import APIClient

from kosorong.audio.aac import Packets
from kosorong.book.edition import Edition
from kosorong.book.sound import Level
from kosorong.errors import StorageError
from kosorong_library.storage.files import keep
from kosorong_library.storage.folders import Folder
from kosorong_library.studio import exports as exporting
from kosorong_library.studio.models import Export, Take


@pytest.fixture
def encodings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths of the takes that were encoded."""
    made, really = [], Level.packets

    def encoded(level: Level, samples: NDArray[np.float32], lufs: float) -> Packets:
        made.append(len(samples))
        return really(level, samples, lufs)

    monkeypatch.setattr(Level, "packets", encoded)
    return made


def get(
    api: APIClient,
    book: dict[str, Any],
    name: str,
    work: Callable[[], int] | None = None,
    **headers: str,
) -> HttpResponseBase:
    path = f"/api/books/{book['id']}/exports/{name}/?wait=0"
    answer = api.get(path, **headers)
    if answer.status_code == 202 and work:
        assert answer["Retry-After"]
        assert answer.json()["extra"]["status"] == "building"
        work()
        answer = api.get(path, **headers)
    return answer


def body(answer: HttpResponseBase) -> bytes:
    return b"".join(answer.streaming_content)


def test_m4b(api: APIClient, ready: dict[str, Any], work: Callable[[], int]) -> None:
    answer = get(api, ready, "m4b", work)
    assert (answer.status_code, answer["Content-Type"]) == (200, "audio/mp4")
    assert "%EA%B2%A8%EC%9A%B8.m4b" in answer["Content-Disposition"]
    # `curl -OJ` knows no other name.
    assert f'filename="book-{ready["id"]}.m4b"' in answer["Content-Disposition"]
    book = MP4(io.BytesIO(body(answer)))
    assert book.tags["\xa9nam"] == ["겨울"]
    assert len(book.chapters) == 1
    assert book.info.length > 1
    part = get(api, ready, "m4b", HTTP_RANGE="bytes=4-7")
    assert (part.status_code, body(part)) == (206, b"ftyp")


def test_epub_and_mp3_are_archives_with_what_belongs_in_them(
    api: APIClient, ready: dict[str, Any], work: Callable[[], int]
) -> None:
    with zipfile.ZipFile(io.BytesIO(body(get(api, ready, "epub", work)))) as book:
        assert book.read("mimetype") == b"application/epub+zip"
        assert "ᄒᆞ눈이" in book.read("EPUB/text/c0001.xhtml").decode()
    with zipfile.ZipFile(io.BytesIO(body(get(api, ready, "mp3", work)))) as files:
        assert [name for name in files.namelist() if name.endswith(".mp3")] == ["01-겨울.mp3"]


def test_vtt_counts_from_the_beginning_of_the_book(api: APIClient, work: Callable[[], int]) -> None:
    text = b"# one\n\n\xeb\x88\x88\xec\x9d\xb4.\n\n# two\n\n\xeb\xb0\x94\xeb\x9e\x8c\xec\x9d\xb4."
    file = io.BytesIO(text)
    file.name = "b.md"
    book = api.post("/api/books/", {"file": file}, format="multipart").json()
    work()
    lines = body(get(api, book, "vtt", work)).decode().splitlines()
    starts = [line.split(" --> ")[0] for line in lines if " --> " in line]
    assert lines[0].startswith("WEBVTT")
    assert starts == sorted(starts)
    assert len(set(starts)) == 4


def test_an_export_tells_how_many_segments_a_person_corrected(
    api: APIClient, ready: dict[str, Any], segments: list[dict[str, Any]], work: Callable[[], int]
) -> None:
    assert "no segment was" in body(get(api, ready, "m4b", work)).decode("utf-8", "replace").lower()
    path = f"/api/books/{ready['id']}/segments/{segments[0]['id']}/"
    assert api.patch(path, {"text": "눈이 완."}).status_code == 200
    work()
    told = body(get(api, ready, "m4b", work)).decode("utf-8", "replace")
    assert "Segments corrected by a person: 1." in told
    assert "no segment was" not in told.lower()


def test_an_export_is_kept_until_the_book_changes(
    api: APIClient,
    ready: dict[str, Any],
    segments: list[dict[str, Any]],
    work: Callable[[], int],
    files: Callable[[], list[str]],
) -> None:
    first = get(api, ready, "vtt", work)
    assert get(api, ready, "vtt")["ETag"] == first["ETag"]
    api.patch(f"/api/books/{ready['id']}/segments/{segments[0]['id']}/", {"text": "다르다."})
    refused = get(api, ready, "vtt")
    assert refused.status_code == 409
    assert refused.json()["extra"] == {"reason": "not_finished", "done": 3, "failed": 0, "total": 4}
    work()
    second = get(api, ready, "vtt", work)
    assert second["ETag"] != first["ETag"]
    assert "다르다." in body(second).decode()
    assert len([name for name in files() if name.endswith(".vtt")]) == 1


def test_what_is_there_can_be_had_before_the_end(
    api: APIClient, book: dict[str, Any], parts: FakeParts, work: Callable[[], int]
) -> None:
    from kosorong_library.studio import tasks

    path = f"/api/books/{book['id']}/exports/vtt/?wait=0&partial=1"
    tasks.produce_batch.call()
    assert api.get(path).status_code == 202
    tasks.build_export.call(Export.objects.get().pk)
    assert body(api.get(path)).count(b" --> ") == 1


def test_an_export_that_cannot_be_made_says_why_and_can_be_asked_again(
    api: APIClient, ready: dict[str, Any], work: Callable[[], int], tmp_path: Path
) -> None:
    takes = tmp_path / "files" / "takes"
    takes.rename(tmp_path / "away")
    answer = get(api, ready, "m4b", work)
    assert answer.status_code == 202
    assert Export.objects.get().asked_at is not None
    (tmp_path / "away").rename(takes)
    assert get(api, ready, "m4b", work).status_code == 200


def test_two_who_ask_at_once_get_one_build(
    api: APIClient, ready: dict[str, Any], work: Callable[[], int]
) -> None:
    assert [get(api, ready, "vtt").status_code for _ in range(2)] == [202, 202]
    assert Export.objects.count() == 1


def test_an_unknown_format_lists_the_known(api: APIClient, ready: dict[str, Any]) -> None:
    answer = get(api, ready, "pdf")
    assert answer.status_code == 404
    assert "m4b, epub, mp3, vtt" in answer.json()["message"]


@pytest.mark.parametrize("name", ["m4b", "epub", "mp3", "vtt"])
def test_same_questions(
    ready: dict[str, Any], ask_the_same: Callable[..., None], name: str
) -> None:
    path = f"/api/books/{ready['id']}/exports/{name}/"
    ask_the_same(path, "get", ("post", "put", "delete"), number=ready["id"])


def test_no_room_for_a_file_on_its_way_is_written_down(
    api: APIClient,
    ready: dict[str, Any],
    work: Callable[[], int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert get(api, ready, "vtt").status_code == 202
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    work()
    assert "cannot be written" in Export.objects.get().problem
    assert Export.objects.get().asked_at is None
    monkeypatch.undo()
    assert get(api, ready, "vtt", work).status_code == 200


@pytest.mark.parametrize(("partial", "status"), [("maybe", 400), ("null", 400), ("no", 409)])
def test_a_partial_that_is_neither_yes_nor_no_is_told(
    api: APIClient, book: dict[str, Any], partial: str, status: int
) -> None:
    path = f"/api/books/{book['id']}/exports/epub/?wait=0&partial={partial}"
    assert api.get(path).status_code == status


def packets(files: Callable[[], list[str]]) -> set[str]:
    return {name for name in files() if name.endswith(".aac")}


def test_a_take_is_encoded_when_it_is_made_and_never_again(
    api: APIClient,
    ready: dict[str, Any],
    work: Callable[[], int],
    files: Callable[[], list[str]],
    encodings: list[int],
) -> None:
    assert len(packets(files)) == Take.objects.count() == 4
    get(api, ready, "m4b", work)
    with zipfile.ZipFile(io.BytesIO(body(get(api, ready, "epub", work)))) as book:
        sound = book.read("EPUB/audio/c0001.m4a")
    assert MP4(io.BytesIO(sound)).info.length > 1
    assert encodings == []


def test_a_take_is_measured_when_it_is_made_and_never_again(
    api: APIClient, ready: dict[str, Any], work: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert all(-22 < lufs < -16 for lufs in Take.objects.values_list("lufs", flat=True))
    monkeypatch.setattr(Level, "measured", None)
    for name in ("mp3", "m4b"):
        assert get(api, ready, name, work).status_code == 200


def test_takes_of_an_older_library_are_measured_and_encoded_once(
    api: APIClient,
    ready: dict[str, Any],
    work: Callable[[], int],
    files: Callable[[], list[str]],
    encodings: list[int],
) -> None:
    first = body(get(api, ready, "m4b", work))
    Take.objects.update(lufs=None)
    for name in packets(files):
        default_storage.delete(name)
    Export.objects.update(made=None)
    assert body(get(api, ready, "m4b", work)) == first
    assert len(encodings) == len(packets(files)) == 4
    assert not Take.objects.filter(lufs=None).exists()
    get(api, ready, "epub", work)
    assert len(encodings) == 4


def test_each_take_is_fetched_once_for_a_file(
    api: APIClient, ready: dict[str, Any], work: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched, really = [], Folder.open

    def counted(storage: Folder, name: str, *more: str) -> Any:
        fetched.append(name)
        return really(storage, name, *more)

    monkeypatch.setattr(Folder, "open", counted)
    for name in ("epub", "m4b"):
        fetched.clear()
        get(api, ready, name, work)
        taken = [one for one in fetched if one.startswith("takes/")]
        assert len(taken) == len(set(taken)) == 4
        assert all(one.endswith(".aac") for one in taken)


@pytest.mark.parametrize("speed", [1.0, 2.0])
def test_live_sound_is_as_long_as_the_file(
    api: APIClient, work: Callable[[], int], parts: FakeParts, speed: float
) -> None:
    new = {"title": "겨울", "text": "눈이 왔다. 비가 왔다.\n\n바람도 불었다.", "speed": speed}
    book = api.post("/api/books/", new, format="json").json()
    work()
    file = MP4(io.BytesIO(body(get(api, book, "m4b", work))))
    live = len(body(api.get(f"/api/books/{book['id']}/audio/"))) / 2 / 22_050
    # The file tells the encoder's delay with its length, the live sound its header.
    assert file.info.length == pytest.approx(live, abs=0.06)


def test_a_changed_sentence_alone_is_encoded(
    api: APIClient,
    ready: dict[str, Any],
    segments: list[dict[str, Any]],
    work: Callable[[], int],
    files: Callable[[], list[str]],
    encodings: list[int],
) -> None:
    get(api, ready, "m4b", work)
    api.patch(f"/api/books/{ready['id']}/segments/{segments[0]['id']}/", {"text": "다르다."})
    work()
    again = body(get(api, ready, "m4b", work))
    assert len(encodings) == 1
    for name in packets(files):
        default_storage.delete(name)
    Export.objects.update(made=None)
    assert body(get(api, ready, "m4b", work)) == again
    assert len(encodings) == 5


def test_packets_of_another_take_are_never_copied(
    api: APIClient,
    ready: dict[str, Any],
    work: Callable[[], int],
    files: Callable[[], list[str]],
    encodings: list[int],
) -> None:
    first = body(get(api, ready, "m4b", work))
    one, *_ = sorted(packets(files))
    default_storage.delete(one)
    keep(one, ContentFile(b"none of ours"))
    Export.objects.update(made=None)
    assert body(get(api, ready, "m4b", work)) == first
    assert len(encodings) == 1


def test_packets_go_with_their_take(
    api: APIClient, ready: dict[str, Any], work: Callable[[], int], files: Callable[[], list[str]]
) -> None:
    get(api, ready, "m4b", work)
    assert packets(files)
    assert api.delete(f"/api/books/{ready['id']}/").status_code == 204
    assert files() == []


def test_no_room_for_packets_is_no_reason_to_fail(
    api: APIClient,
    book: dict[str, Any],
    work: Callable[[], int],
    files: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    really = exporting.keep

    def full(name: str, file: Any) -> Any:
        if name.endswith(".aac"):
            raise StorageError("the disk is full.")
        return really(name, file)

    monkeypatch.setattr("kosorong_library.storage.files.keep", full)
    work()
    assert get(api, book, "m4b", work).status_code == 200
    assert packets(files) == set()


def test_a_file_for_which_there_is_no_room_is_told_without_paths_of_the_server(
    api: APIClient,
    ready: dict[str, Any],
    work: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    def full(name: str, edition: Edition, target: Path) -> None:
        raise StorageError("the disk is full.", where=str(target), cure="Free some space.")

    monkeypatch.setattr(exporting, "write_one", full)
    get(api, ready, "m4b")
    work()
    # Asked again it would be tried again.
    monkeypatch.setattr(exporting, "ask", lambda book, name: Export.objects.get(format=name))
    answer = get(api, ready, "m4b")
    assert answer.status_code == 507
    assert answer.json()["message"] == "the disk is full. Free some space."
    assert "kosorong-work" not in answer.content.decode()
