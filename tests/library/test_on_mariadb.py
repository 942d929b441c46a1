"""The whole API suite once more, on a real MariaDB; then workers that race on one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from local_servers import MariaDB, clean_environment, until

_HERE = Path(__file__).parent
_FAKES = _HERE / "library_fakes.py"
_MAKE = """
import sys
from pathlib import Path
from kosorong_library import serve
serve.prepare(Path(sys.argv[1]))
serve.migrate()
from kosorong_library.accounts.services import first_user
from kosorong_library.library import manuscripts, services
for book in range(2):
    text = " ".join(f"{n}째 날 {book}에 눈이 왔다." for n in range(40))
    with manuscripts.pasted(text, "긴 책", "ko") as sent:
        services.create_book(first_user(), sent)
"""
# Another holds the first three segments in a transaction that does not end, and the row of turns.
_HELD = """
import sys, threading, time
from datetime import UTC, datetime
from pathlib import Path
from kosorong_library import serve
serve.prepare(Path(sys.argv[1]))
from django.db import connection, transaction
from kosorong_library.library.models import Book, Segment
from kosorong_library.studio import claims
Book.objects.update(served_at=datetime(2026, 1, 1, tzinfo=UTC))
Segment.objects.filter(position=0).update(state="done")
held, free = threading.Event(), threading.Event()
def hold():
    with transaction.atomic():
        list(Segment.objects.select_for_update().filter(position__lt=4))
        list(Book.objects.select_for_update())
        held.set()
        free.wait(60)
    connection.close()
thread = threading.Thread(target=hold)
thread.start()
held.wait()
begun = time.perf_counter()
claim = claims.claim()
seconds = time.perf_counter() - begun
left = Segment.objects.get(pk=claim.segments[0].pk).claimed_until - datetime.now(UTC)
free.set()
thread.join()
print([one.position for one in claim.segments], seconds < 5, 0 < left.total_seconds() < 100)
"""
_ON_MARIADB = "KOSORONG_DATABASE_URL" in os.environ

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(_ON_MARIADB, reason="this runs on it already"),
]


@pytest.fixture(scope="module")
def mariadb() -> Iterator[MariaDB]:
    with MariaDB.installed() as installed, installed.running() as server:
        yield server


def test_the_api_suite_holds_on_mariadb(mariadb: MariaDB) -> None:
    words = [sys.executable, "-m", "pytest", str(_HERE), "-m", "not slow", "--no-header", "-x"]
    # What the first run showed about modules alone holds here too.
    words += ["-p", "no:cacheprovider", "-rfEs"]
    environment = {**os.environ, "KOSORONG_DATABASE_URL": mariadb.database("library")}
    done = subprocess.run(words, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def _environment(url: str) -> dict[str, str]:
    return clean_environment(
        PYTHONWARNINGS="ignore", KOSORONG_STARTER="0", KOSORONG_DATABASE_URL=url
    )


def _minds_sigterm(process: subprocess.Popen[bytes]) -> bool:
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1)


def test_workers_that_race_make_nothing_twice(mariadb: MariaDB, tmp_path: Path) -> None:
    environment = _environment(mariadb.database("race"))
    subprocess.run([sys.executable, "-c", _MAKE, tmp_path], env=environment, check=True)
    words = [sys.executable, str(_FAKES), str(tmp_path), "0.02"]
    workers = [subprocess.Popen(words, env=environment) for _ in range(3)]

    def done() -> int:
        query = "SELECT count(*) FROM race.library_segment WHERE state = 'done'"
        return int(mariadb.sql(query))

    try:
        until(lambda: done() >= 10)
        workers[0].kill()
        workers[0].wait()
        # Claims of the dead are freed by the next worker that starts.
        workers[0] = subprocess.Popen(words, env=environment)
        until(lambda: done() == 80, 120)
        # One that is still starting knows no way to end but the signal's own.
        until(lambda: all(_minds_sigterm(worker) for worker in workers), 60)
        for worker in workers:
            worker.send_signal(signal.SIGTERM)
        assert [worker.wait(60) for worker in workers] == [0, 0, 0]
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
    lines = (tmp_path / "spoken.txt").read_text(encoding="utf-8").splitlines()
    assert len(set(lines)) == 80
    # What was in hand at the kill may have been spoken again: one batch.
    assert len(lines) <= 84
    assert int(mariadb.sql("SELECT count(*) FROM race.studio_take")) == 80
    files = list((tmp_path / "files" / "takes").rglob("*.flac"))
    assert len(files) <= 84


def test_a_claim_waits_for_nobody_and_lasts_by_the_clock_of_the_database(
    mariadb: MariaDB, tmp_path: Path
) -> None:
    mariadb.sql("SET GLOBAL time_zone = '+09:00'")
    try:
        environment = _environment(mariadb.database("held"))
        subprocess.run([sys.executable, "-c", _MAKE, tmp_path], env=environment, check=True)
        words: list[str | Path] = [sys.executable, "-c", _HELD, tmp_path]
        said = subprocess.run(words, env=environment, check=True, capture_output=True, text=True)
    finally:
        mariadb.sql("SET GLOBAL time_zone = 'SYSTEM'")
    assert said.stdout.splitlines()[-1] == "[4, 5, 6, 7] True True"


def test_the_service_outlives_a_restart_of_its_database(tmp_path: Path) -> None:
    with MariaDB.installed() as server:
        with server.running():
            environment = _environment(server.database("again"))
            subprocess.run([sys.executable, "-c", _MAKE, tmp_path], env=environment, check=True)
            words = [sys.executable, str(_FAKES), str(tmp_path), "0.02"]
            worker = subprocess.Popen(words, env=environment)
            until((tmp_path / "spoken.txt").exists)
        try:
            time.sleep(1)
            with server.running():

                def done() -> bool:
                    query = "SELECT count(*) FROM again.library_segment WHERE state = 'done'"
                    return int(server.sql(query)) == 80

                until(done, 120)
                worker.send_signal(signal.SIGTERM)
                assert worker.wait(60) == 0
        finally:
            worker.kill()
            worker.wait()
