"""Files in a bucket: a real server that speaks S3, over HTTP."""

import socket
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pytest_django import Settings
from rest_framework.test import APIClient

from kosorong.errors import StorageError, UsageError
from kosorong_library.config import storages
from kosorong_library.storage import buckets
from kosorong_library.storage import files as stored
from kosorong_library.studio import pruning
from local_servers import bucket, free_port


@pytest.fixture(scope="module")
def s3_port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory, s3_port: int) -> Iterator[str]:
    with bucket(tmp_path_factory.mktemp("s3"), s3_port) as address:
        yield address


@pytest.fixture
def _in_bucket(settings: Settings, s3: str, tmp_path: Path) -> Iterator[None]:
    made = storages.storage(s3, tmp_path, "jeju", "hallasan")
    settings.STORAGES = {**settings.STORAGES, "default": made}
    yield
    for name, _, _ in list(default_storage.walk("")):
        default_storage.delete(name)


pytestmark = pytest.mark.slow


@pytest.mark.usefixtures("_in_bucket")
def test_a_book_is_made_heard_and_taken_away(
    api: APIClient, ready: dict[str, Any], work: Callable[[], int]
) -> None:
    names = [name for name, _, _ in default_storage.walk("")]
    takes = [name for name in names if name.startswith("takes/")]
    assert sum(name.endswith(".flac") for name in takes) == ready["segments"]["done"]
    assert sum(name.endswith(".aac") for name in takes) == ready["segments"]["done"]
    assert any(name.startswith("books/") and "/original" in name for name in names)
    address = api.get(f"/api/books/{ready['id']}/segments/").json()["results"][0]["audio"]
    whole = api.get(address)
    sound = b"".join(whole.streaming_content)
    assert (whole.status_code, sound[:4]) == (200, b"fLaC")
    part = api.get(address, headers={"Range": "bytes=2-9"})
    assert part.status_code == 206
    assert b"".join(part.streaming_content) == sound[2:10]
    book = api.get(f"/api/books/{ready['id']}/audio/")
    assert b"".join(book.streaming_content)[:4] == b"RIFF"


@pytest.mark.usefixtures("_in_bucket")
def test_a_file_of_the_whole_book_is_fetched_by_a_link_without_us(
    api: APIClient, ready: dict[str, Any], work: Callable[[], int]
) -> None:
    address = f"/api/books/{ready['id']}/exports/vtt/"
    assert api.get(address, {"wait": 0}).status_code == 202
    work()
    asked = api.head(address, {"wait": 0})
    assert (asked.status_code, asked["Content-Type"][:8]) == (200, "text/vtt")
    answer = api.get(address)
    assert answer.status_code == 302
    assert "X-Amz-Signature=" in answer["Location"]
    assert "hallasan" not in answer["Location"]
    with urllib.request.urlopen(answer["Location"]) as file:
        assert file.read().startswith(b"WEBVTT")
        assert file.headers["Content-Disposition"].startswith("attachment")
    # A download that broke off goes on by itself.
    part = urllib.request.Request(answer["Location"], headers={"Range": "bytes=3-5"})
    with urllib.request.urlopen(part) as file:
        assert (file.status, file.read()) == (206, b"VTT")
        assert file.headers["Content-Range"].startswith("bytes 3-5/")


@pytest.mark.usefixtures("_in_bucket")
def test_deleting_a_book_leaves_nothing_of_it(
    api: APIClient, ready: dict[str, Any], work: Callable[[], int]
) -> None:
    api.get(f"/api/books/{ready['id']}/exports/vtt/", {"wait": 0})
    work()
    api.delete(f"/api/books/{ready['id']}/")
    assert list(default_storage.walk("")) == []


@pytest.mark.usefixtures("_in_bucket")
def test_what_no_row_names_is_swept_after_a_while(
    ready: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = {name for name, _, _ in default_storage.walk("")}
    stored.keep("takes/ab/orphan.flac", ContentFile(b"fLaC"))
    assert pruning.sweep() == 0
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 7200)
    assert pruning.sweep() == 1
    assert {name for name, _, _ in default_storage.walk("")} == kept


@pytest.mark.usefixtures("_in_bucket")
def test_what_is_gone_is_told(api: APIClient, ready: dict[str, Any]) -> None:
    name = next(name for name, _, _ in default_storage.walk("takes"))
    default_storage.delete(name)
    with pytest.raises(StorageError, match="gone"):
        stored.size_of(name)


def test_a_bucket_that_is_away_is_a_matter_of_trying_again(
    api: APIClient, settings: Settings, tmp_path: Path
) -> None:
    away = storages.storage(f"s3://b?endpoint=http://127.0.0.1:{free_port()}", tmp_path, "a", "b")
    settings.STORAGES = {**settings.STORAGES, "default": away}
    answer = api.post("/api/books/", {"title": "겨울", "text": "눈이 왔다."})
    assert answer.status_code == 507
    assert "KOSORONG_STORAGE" in answer.json()["message"]
    assert api.get("/api/books/").json()["count"] == 0


def test_a_bucket_that_says_nothing_is_not_waited_for_long(
    api: APIClient, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(buckets._PATIENCE, "read_timeout", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        endpoint = f"http://127.0.0.1:{silent.getsockname()[1]}"
        made = storages.storage(f"s3://b?endpoint={endpoint}", tmp_path, "a", "b")
        settings.STORAGES = {**settings.STORAGES, "default": made}
        started = time.monotonic()
        answer = api.post("/api/books/", {"title": "겨울", "text": "눈이 왔다."})
    assert answer.status_code == 507
    assert "Read timeout" in answer.json()["message"]
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("address", ["s3://", "s3://b?what=1", "ftp://a", "files"])
def test_an_address_that_is_no_place_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="KOSORONG_STORAGE"):
        storages.storage(address, tmp_path)


def test_half_a_key_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="KOSORONG_S3_SECRET_KEY") as refused:
        storages.storage("s3://b", tmp_path, "", "hallasan")
    assert "hallasan" not in str(refused.value)
