"""A backup made while others write, put back elsewhere."""

import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from local_servers import MariaDB, bucket, clean_environment, free_port, until

_FAKES = Path(__file__).with_name("library_fakes.py")
_BOOKS = """
import sys
from pathlib import Path
from kosorong_library import serve
serve.prepare(Path(sys.argv[1]))
serve.migrate()
from kosorong_library.accounts.services import first_user, make_token
from kosorong_library.library import manuscripts, services
make_token(first_user(), "program")
for book in range(4):
    text = " ".join(f"{n}째 날 {book}에 눈이 왔다." for n in range(30))
    with manuscripts.pasted(text, f"책 {book} \u1112\u119e\u11ab", "ko") as sent:
        services.create_book(first_user(), sent)
"""
# Deletes books and makes new ones all the time, as a busy library does.
_BUSY = """
import sys, time
from pathlib import Path
from kosorong_library import serve
serve.prepare(Path(sys.argv[1]))
from kosorong_library.accounts.services import first_user
from kosorong_library.library import manuscripts, services
for n in range(10_000):
    text = f"바쁜 날 {n}에 비가 왔다. 바람도 {n}번 불었다."
    with manuscripts.pasted(text, f"바쁜 책 {n}", "ko") as sent:
        book = services.create_book(first_user(), sent)
    time.sleep(0.15)
    services.delete_book(book)
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("KOSORONG_DATABASE_URL" in os.environ, reason="names its own databases"),
]


def _run(*words: str | Path, **settings: Any) -> subprocess.CompletedProcess[str]:
    environment = clean_environment(PYTHONWARNINGS="ignore", KOSORONG_STARTER="0", **settings)
    return subprocess.run(
        [sys.executable, *map(str, words)], env=environment, capture_output=True, text=True
    )


def _kosorong(*words: str | Path, **settings: Any) -> str:
    done = _run("-m", "kosorong", *words, **settings)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _ask(folder: Path, query: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(folder / "library.sqlite3", timeout=30) as database:
        return database.execute(query).fetchall()


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Path]:
    """Return the folder of a library in which books are made, finished and deleted."""
    folder = tmp_path / "busy"
    made = _run("-c", _BOOKS, folder)
    assert made.returncode == 0, made.stderr
    environment = clean_environment(PYTHONWARNINGS="ignore", KOSORONG_STARTER="0")
    words = [[_FAKES, folder, "0.03"], ["-c", _BUSY, folder]]
    processes = [
        subprocess.Popen([sys.executable, *map(str, one)], env=environment) for one in words
    ]
    try:
        done = "SELECT count(*) FROM library_segment WHERE state = 'done'"
        until(lambda: _ask(folder, done)[0][0] >= 10)
        yield folder
    finally:
        for process in processes:
            process.kill()
            process.wait()


def test_a_backup_made_under_load_comes_back_whole(busy: Path, tmp_path: Path) -> None:
    archive, back = tmp_path / "library.tar", tmp_path / "back"
    said = [_kosorong("backup", archive, "--data", busy) for _ in range(3)][-1]
    assert "Missing" not in said
    assert "are back" in _kosorong("restore", archive, "--data", back)
    # Each row that says something can be heard has its sound, each book its original.
    for query in (
        "SELECT audio FROM studio_take WHERE audio <> ''",
        "SELECT original FROM library_book",
    ):
        names = [name for (name,) in _ask(back, query)]
        assert names
        assert all((back / "files" / name).stat().st_size for name in names)
    lost = "SELECT count(*) FROM library_segment WHERE state = 'done' AND take_id IS NULL"
    assert _ask(back, lost) == [(0,)]
    assert _ask(back, "SELECT count(*) FROM library_segment WHERE claimed_by <> ''") == [(0,)]
    titles = {title for (title,) in _ask(back, "SELECT title FROM library_book")}
    assert {f"책 {n} \u1112\u119e\u11ab" for n in range(4)} <= titles
    times = "SELECT id, created_at FROM library_book WHERE title LIKE '책%' ORDER BY id"
    assert _ask(back, times) == _ask(busy, times)
    assert len(_ask(back, "SELECT digest FROM accounts_token")) == 1
    assert sum(1 for path in (back / "files").rglob("*") if path.is_file()) == len(
        {
            name
            for query in (
                "SELECT audio FROM studio_take",
                "SELECT original FROM library_book",
                "SELECT cover FROM library_book",
            )
            for (name,) in _ask(back, query)
            if name
        }
    )
    _finish(back)


def _finish(folder: Path) -> None:
    """Let a worker go on where the backup stopped."""
    environment = clean_environment(PYTHONWARNINGS="ignore", KOSORONG_STARTER="0")
    worker = subprocess.Popen([sys.executable, str(_FAKES), str(folder), "0"], env=environment)
    try:
        waiting = "SELECT count(*) FROM library_segment WHERE state <> 'done'"
        until(lambda: _ask(folder, waiting) == [(0,)])
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(30) == 0
    finally:
        worker.kill()
        worker.wait()


def test_a_library_moves_to_mariadb_and_back_by_its_backup(busy: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.tar", tmp_path / "second.tar"
    _kosorong("backup", first, "--data", busy)
    with MariaDB.installed() as installed, installed.running() as server:
        url = server.database("moved")
        _kosorong("restore", first, "--data", tmp_path / "moved", KOSORONG_DATABASE_URL=url)
        _kosorong("backup", second, "--data", tmp_path / "moved", KOSORONG_DATABASE_URL=url)
    assert _rows(first) == _rows(second)
    _kosorong("restore", second, "--data", tmp_path / "again")


def test_a_library_moves_to_a_bucket_by_its_backup(archive: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.tar"
    with bucket(tmp_path, free_port()) as address:
        there = {
            "KOSORONG_STORAGE": address,
            "KOSORONG_S3_ACCESS_KEY": "jeju",
            "KOSORONG_S3_SECRET_KEY": "hallasan",
        }
        _kosorong("restore", archive, "--data", tmp_path / "moved", **there)
        assert not (tmp_path / "moved" / "files").exists()
        _kosorong("backup", again, "--data", tmp_path / "moved", **there)
    assert _rows(archive) == _rows(again)


def _rows(path: Path) -> dict[str, list[Any]]:
    """Return the lines of every table, and of the list of files."""
    with tarfile.open(path) as archive:
        names = [name for name in archive.getnames() if not name.startswith(("files/", "backup"))]
        found: dict[str, list[Any]] = {}
        for name in names:
            found[name] = archive.extractfile(name).read().splitlines()
    free = {"claimed_by": "", "claimed_until": None, "not_before": None}
    head, *rows = map(json.loads, found["rows/library.segment.jsonl"])
    found["rows/library.segment.jsonl"] = [
        {**dict(zip(head, row, strict=True)), **free} for row in rows
    ]
    return found


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "small"
    assert _run("-c", _BOOKS, folder).returncode == 0
    path = tmp_path / "library.tar"
    _kosorong("backup", path, "--data", folder)
    return path


def test_nothing_is_put_over_a_library_that_has_something(archive: Path, tmp_path: Path) -> None:
    done = _run("-m", "kosorong", "restore", archive, "--data", tmp_path / "small")
    assert done.returncode == 2
    assert "not empty" in done.stderr


def test_a_damaged_backup_is_refused_and_leaves_an_empty_library(
    archive: Path, tmp_path: Path
) -> None:
    data = archive.read_bytes()
    archive.write_bytes(data[: len(data) // 2])
    done = _run("-m", "kosorong", "restore", archive, "--data", tmp_path / "a")
    assert (done.returncode, "no whole backup" in done.stderr) == (1, True)
    original = next(iter((tmp_path / "small" / "files").rglob("original*"))).read_bytes()
    archive.write_bytes(data.replace(original, b"x" * len(original)))
    done = _run("-m", "kosorong", "restore", archive, "--data", tmp_path / "b")
    assert (done.returncode, "not those that were written" in done.stderr) == (1, True)
    archive.write_bytes(data)
    assert "are back" in _kosorong("restore", archive, "--data", tmp_path / "b")


def test_what_the_storage_lost_is_named(archive: Path, tmp_path: Path) -> None:
    lost = next(iter((tmp_path / "small" / "files").rglob("original*")))
    lost.unlink()
    said = _kosorong("backup", archive, "--data", tmp_path / "small")
    assert f"Missing from the storage: books/{lost.parent.name}/{lost.name}" in said


def test_a_backup_that_breaks_leaves_the_one_before(archive: Path, tmp_path: Path) -> None:
    before = archive.read_bytes()
    code = (
        "import sys; from pathlib import Path; from kosorong_library import serve;"
        "serve.prepare(Path(sys.argv[2]));"
        "from kosorong_library.backups import backup;"
        "backup._Copier.close = lambda *a: 1 / 0; backup.backup(Path(sys.argv[1]))"
    )
    started = time.monotonic()
    assert _run("-c", code, archive, tmp_path / "small").returncode != 0
    assert time.monotonic() - started < 60
    assert archive.read_bytes() == before
    assert [path.name for path in tmp_path.glob("*.part*")] == []
    assert [path.name for path in tmp_path.glob(".*part*")] == []


@pytest.mark.parametrize("name", ["../../evil1.txt", "/tmp/evil2.txt", "takes/../../../evil3"])
def test_a_backup_that_names_files_outside_is_refused_with_a_sentence(
    archive: Path, tmp_path: Path, name: str
) -> None:
    hostile = tmp_path / "hostile.tar"
    with tarfile.open(archive) as old, tarfile.open(hostile, "w") as new:
        for member in old.getmembers():
            data = old.extractfile(member).read()
            if member.name == "files.jsonl":
                first = json.loads(data.splitlines()[0])
                listed, member.name = first[0], "files.jsonl"
                data = data.replace(json.dumps(listed).encode(), json.dumps(name).encode(), 1)
            member.size = len(data)
            new.addfile(member, io.BytesIO(data))
            if member.name.startswith("files/"):
                member.name = f"files/{name}"
                new.addfile(member, io.BytesIO(data))
    done = _run("-m", "kosorong", "restore", hostile, "--data", tmp_path / "out")
    assert done.returncode == 1
    assert "no whole backup" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.rglob("evil*"))


def test_a_library_on_a_disk_that_only_reads_is_backed_up(archive: Path, tmp_path: Path) -> None:
    data = tmp_path / "small"
    if subprocess.run(["mount", "--bind", data, data], capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", data], check=True)
        before = sorted((path.name, path.stat().st_mtime) for path in data.iterdir())
        said = _kosorong("backup", tmp_path / "from-read-only.tar", "--data", data)
        assert sorted((path.name, path.stat().st_mtime) for path in data.iterdir()) == before
    finally:
        subprocess.run(["umount", data], check=True)
    assert "rows" in said
    assert "are back" in _kosorong(
        "restore", tmp_path / "from-read-only.tar", "--data", tmp_path / "again"
    )


def test_a_library_of_an_older_version_is_backed_up_and_stays_as_it_is(
    archive: Path, tmp_path: Path
) -> None:
    data = tmp_path / "small"
    _kosorong("admin", "--data", data, "migrate", "library", "0005")
    with sqlite3.connect(data / "library.sqlite3") as rows:
        tables = rows.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
    _kosorong("backup", tmp_path / "old.tar", "--data", data)
    with sqlite3.connect(data / "library.sqlite3") as rows:
        assert rows.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall() == tables
    refused = _run("-m", "kosorong", "check", "--data", data)
    assert refused.returncode == 1
    assert "older version" in refused.stderr
    assert "Traceback" not in refused.stderr
    said = _kosorong("restore", tmp_path / "old.tar", "--data", tmp_path / "again")
    assert "are back" in said


def test_what_a_killed_backup_left_goes_with_the_next(archive: Path, tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left = archive.with_name(f".{archive.stem}.{dead.pid}.part{archive.suffix}")
    others = archive.with_name(f".{archive.stem}.{os.getpid()}.part{archive.suffix}")
    for part in (left, others):
        part.write_bytes(b"half")
        os.utime(part, (time.time() - 9999,) * 2)
    _kosorong("backup", archive, "--data", tmp_path / "small")
    assert not left.exists()
    assert others.exists()
