"""The queue on a real Redis: the same tasks, and nothing lost with it."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from rq import Queue

from kosorong.errors import UsageError
from kosorong_library.config import env
from local_servers import clean_environment, free_port, redis, until

_FAKES = Path(__file__).with_name("library_fakes.py")
_MAKE = """
import sys
from pathlib import Path
from kosorong_library import serve
serve.prepare(Path(sys.argv[1]))
serve.migrate()
from kosorong_library.accounts.services import first_user
from kosorong_library.library import manuscripts, services
from kosorong_library.studio import exports, tasks
from kosorong_library.config import queue
text = " ".join(f"{n}째 날에 눈이 왔다." for n in range(30))
with manuscripts.pasted(text, "긴 책", "ko") as sent:
    book = services.create_book(first_user(), sent)
print(tasks.tickets(), queue.length())
"""


def _count(folder: Path, query: str) -> Any:
    with sqlite3.connect(folder / "library.sqlite3", timeout=30) as database:
        return database.execute(query).fetchone()[0]


class _Evil:
    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., None], tuple[str]]:
        return os.mkdir, (self.path,)


def _plant(port: int, path: Path) -> None:
    """Put a task into the queue that does something where it is merely read."""
    connection = Redis(port=port)
    Queue("default", connection=connection).enqueue("os.getpid", _Evil(str(path)))
    connection.close()


@pytest.mark.slow
@pytest.mark.skipif("KOSORONG_DATABASE_URL" in os.environ, reason="looks into a SQLite file")
def test_a_book_is_made_through_redis_and_outlives_its_restart(tmp_path: Path) -> None:
    port = free_port()
    environment = clean_environment(
        PYTHONWARNINGS="ignore",
        KOSORONG_STARTER="0",
        KOSORONG_QUEUE_URL=f"redis://127.0.0.1:{port}/0",
    )
    done = "SELECT count(*) FROM library_segment WHERE state = 'done'"
    words = [sys.executable, str(_FAKES), str(tmp_path), "0.02"]
    with redis(tmp_path, port):
        made = subprocess.run(
            [sys.executable, "-c", _MAKE, tmp_path],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        assert made.stdout.split() == ["1", "1"]
        _plant(port, tmp_path / "planted")
        assert _count(tmp_path, "SELECT count(*) FROM django_tasks_database_dbtaskresult") == 0
        worker = subprocess.Popen(words, env=environment)
        until(lambda: _count(tmp_path, done) >= 3)
    try:
        # Every ticket was lost with it.
        with redis(tmp_path, port):
            until(lambda: _count(tmp_path, done) == 30, 120)
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(30) == 0
    finally:
        worker.kill()
        worker.wait()
    assert not (tmp_path / "planted").exists()
    assert len((tmp_path / "spoken.txt").read_text(encoding="utf-8").splitlines()) == 30


def test_a_password_stands_apart_from_the_address_of_the_queue(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("p@ss\n")
    given = {"N_URL": "redis://user@r:6379/0", "N_PASSWORD_FILE": str(secret)}
    assert env.server("N_URL", ("redis",), source=given) == "redis://user:p%40ss@r:6379/0"
    assert env.server("N_URL", ("redis",), source={"N_URL": "redis://r"}) == "redis://r"
    with pytest.raises(UsageError, match="N_URL") as refused:
        env.server("N_URL", ("redis",), source={"N_URL": "amqp://user:secret@r"})
    assert "secret" not in str(refused.value)
