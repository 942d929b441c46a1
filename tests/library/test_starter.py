"""The book that a new library begins with."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rest_framework.test import APIClient

from kosorong_library.accounts.models import User
from kosorong_library.library.starter import create_starter
from kosorong_library.studio import tasks


def test_the_starter_book_is_made_by_the_worker_like_any_other(
    work: Callable[[], int], api: APIClient, owner: User
) -> None:
    book = create_starter(owner)
    assert book.title == "설문대할망"
    assert tasks.tickets() == 1
    assert work() == book.segments.count() > 30
    told = api.get(f"/api/books/{book.pk}/").json()
    assert told["status"] == "done"
    assert "설문대할망" in told["content"]
    assert [chapter.title for chapter in book.chapters.all()] == [
        "1. 산을 빚은 할머니",
        "2. 비단 백 동",
        "3. 물장오리",
    ]


_START = """
import sys
from pathlib import Path
from kosorong_library import serve
serve.prepare(Path(sys.argv[1]))
serve.migrate()
from kosorong_library.library.models import Book
print(Book.objects.count())
if sys.argv[2:] == ["delete"]:
    from kosorong_library.library.services import delete_book
    delete_book(Book.objects.get())
"""


def start(folder: Path, *words: str, **environment: str) -> int:
    """Start on a folder as `kosorong api` does; return how many books the library then has."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KOSORONG_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _START, folder, *words],
        env={**kept, **environment},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return int(done.stdout)


@pytest.mark.slow
def test_only_the_first_start_brings_it(tmp_path: Path) -> None:
    assert start(tmp_path, "delete") == 1
    assert start(tmp_path) == 0


@pytest.mark.slow
@pytest.mark.parametrize("setting", ["KOSORONG_STARTER", "KOSORONG_SINGLE_USER"])
def test_it_does_not_come_unasked(tmp_path: Path, setting: str) -> None:
    others = {
        "KOSORONG_SECRET_KEY": "0123456789abcdef" * 3,
        "KOSORONG_ALLOWED_HOSTS": "library.example",
    }
    given = others if setting == "KOSORONG_SINGLE_USER" else {}
    assert start(tmp_path, **given, **{setting: "0"}) == 0


def test_a_stranger_does_not_see_it(other: APIClient, owner: User) -> None:
    book = create_starter(owner)
    assert other.get(f"/api/books/{book.pk}/").status_code == 404
