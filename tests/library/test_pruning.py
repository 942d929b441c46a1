"""Room: what can be made again goes, what cannot stays; a library has its bounds."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from pytest_django import Settings
from rest_framework.test import APIClient

from kosorong_library.storage.files import keep
from kosorong_library.studio import pruning

TAKES = 4
"""Takes of the book, each encoded when it was made."""


@pytest.fixture
def exported(api: APIClient, ready: dict[str, Any], work: Callable[[], int]) -> dict[str, Any]:
    for kind in ("vtt", "mp3"):
        api.get(f"/api/books/{ready['id']}/exports/{kind}/", {"wait": 0})
    work()
    return ready


@pytest.fixture(autouse=True)
def _counted_anew() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def test_files_of_whole_books_go_and_are_made_again(
    api: APIClient,
    exported: dict[str, Any],
    work: Callable[[], int],
    files: Callable[[], list[str]],
) -> None:
    before = files()
    assert pruning.prune(1.0).exports == 0
    assert pruning.prune(0.0, dry=True).exports == 2 + TAKES
    assert files() == before
    done = pruning.prune(0.0)
    assert (done.exports, done.left) == (2 + TAKES, 0)
    assert done.bytes > 0
    assert len(files()) == len(before) - 2 - TAKES
    address = f"/api/books/{exported['id']}/exports/vtt/"
    assert api.get(address, {"wait": 0}).status_code == 202
    work()
    assert api.get(address).status_code == 200


def test_encoded_takes_go_too_and_are_made_again(
    api: APIClient, ready: dict[str, Any], work: Callable[[], int], files: Callable[[], list[str]]
) -> None:
    address = f"/api/books/{ready['id']}/exports/m4b/"
    api.get(address, {"wait": 0})
    work()
    before = files()
    encoded = [name for name in before if name.endswith(".aac")]
    assert encoded
    assert pruning.prune(1.0).left == 0
    assert pruning.prune(0.0).exports == len(encoded) + 1
    assert not [name for name in files() if name.endswith((".aac", ".m4b"))]
    api.get(address, {"wait": 0})
    work()
    assert api.get(address).status_code == 200
    assert len(files()) == len(before)


def test_packets_without_a_take_are_swept(
    api: APIClient,
    ready: dict[str, Any],
    work: Callable[[], int],
    tmp_path: Path,
    files: Callable[[], list[str]],
) -> None:
    api.get(f"/api/books/{ready['id']}/exports/m4b/", {"wait": 0})
    work()
    before = files()
    for path in (tmp_path / "files").rglob("*.aac"):
        os.utime(path, (1, 1))
        path.with_name("gone-1.aac").write_bytes(b"x")
        os.utime(path.with_name("gone-1.aac"), (1, 1))
    assert pruning.sweep() > 0
    assert files() == before


def test_the_oldest_go_first_and_no_more_than_needed(
    exported: dict[str, Any], tmp_path: Path
) -> None:
    root = tmp_path / "files"
    for path in root.rglob("mp3-*"):
        os.utime(path, (1, 1))
    pruning.prune(0.0, need=1)
    assert not list(root.rglob("mp3-*"))
    assert list(root.rglob("vtt-*"))


def test_the_operator_is_told_what_went(
    exported: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("prune", days=0, dry_run=True)
    assert f"{2 + TAKES} files that can be made again would go" in capsys.readouterr().out
    call_command("prune", days=0)
    assert f"{2 + TAKES} files that can be made again are gone" in capsys.readouterr().out


def test_a_full_library_takes_no_more_books(
    api: APIClient, exported: dict[str, Any], settings: Settings
) -> None:
    settings.QUOTA_BYTES = 1
    answer = api.post("/api/books/", {"title": "겨울", "text": "눈이 왔다."})
    assert answer.status_code == 507
    assert "KOSORONG_QUOTA_MIB" in answer.json()["message"]
    assert pruning.keep_to_quota().exports == 2 + TAKES
    assert pruning.keep_to_quota().exports == 0


def test_without_a_quota_nothing_goes(exported: dict[str, Any]) -> None:
    assert pruning.keep_to_quota() is None


def test_what_is_being_written_is_not_there_yet(tmp_path: Path) -> None:
    seen = []

    class Slow(ContentFile):
        def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
            yield b"half"
            seen.append(default_storage.exists("books/1/a.txt"))
            seen.append([Path(name).name for name in default_storage.listdir("books/1")[1]])
            yield b" and half"

    assert keep("books/1/a.txt", Slow(b"")) == "books/1/a.txt"
    assert seen[0] is False
    assert all(name.startswith(".") for name in seen[1])
    with default_storage.open("books/1/a.txt") as file:
        assert file.read() == b"half and half"


def test_a_write_that_breaks_leaves_nothing(tmp_path: Path, files: Callable[[], list[str]]) -> None:
    class Broken(ContentFile):
        def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
            yield b"half"
            raise RuntimeError

    with pytest.raises(RuntimeError):
        keep("takes/ab/a.flac", Broken(b""))
    assert files() == []


def test_half_a_file_of_a_killed_process_is_swept(tmp_path: Path) -> None:
    left = tmp_path / "files" / "books" / "9" / ".original.1.part.txt"
    left.parent.mkdir(parents=True)
    left.write_text("half")
    assert pruning.prune(0.0).left == 0
    old = time.time() - 7200
    os.utime(left, (old, old))
    assert pruning.prune(0.0).left == 1
    assert not left.parent.exists()
