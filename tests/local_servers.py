"""Servers that tests use for a while, on loopback, in a folder of their own.

Where a program is missing, what needs it is skipped with its name; with KOSORONG_TEST_SERVICES=all,
as in CI, that is a failure.
"""

from __future__ import annotations

import os
import shutil
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest

_PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
_PATIENCE = 90.0


def program(name: str, package: str) -> str:
    """Return where a program is, or skip."""
    found = shutil.which(name, path=_PATH)
    if found:
        return found
    message = f"{name} is not installed: apt-get install {package}"
    if os.environ.get("KOSORONG_TEST_SERVICES") == "all":
        pytest.fail(message)
    pytest.skip(message)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return not probe.connect_ex(("127.0.0.1", port))


def _end_with_us(process: subprocess.Popen[bytes]) -> subprocess.Popen[bytes]:
    """Start what ends a server should these tests be killed, who then cannot do it themselves.

    It waits for our end of a pipe to close. A signal at a parent's death (prctl) would not do:
    a server that changes its user, as MariaDB does, is freed of it.
    """
    words = ["sh", "-c", 'read -r _; kill -KILL "$0"', str(process.pid)]
    return subprocess.Popen(words, stdin=subprocess.PIPE, start_new_session=True)


@contextmanager
def running(
    command: Sequence[str], port: int, log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends; it listens when the block begins."""
    with log.open("ab") as lines:
        process = subprocess.Popen(command, stdout=lines, stderr=lines, env=environment)
    guard = _end_with_us(process)
    try:
        end = time.monotonic() + _PATIENCE
        while not _listens(port):
            assert process.poll() is None, log.read_text(errors="replace")[-2000:]
            assert time.monotonic() < end, f"{command[0]} does not listen"
            time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        guard.kill()
        guard.communicate()


def until(ready: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.1)


class MariaDB:
    """A server with one user; it may run several times.

    Args:
        folder: Empty; not below the one of pytest, which every session closes to other users.
    """

    def __init__(self, folder: Path) -> None:
        self._daemon = program("mariadbd", "mariadb-server")
        self._client = program("mariadb", "mariadb-client")
        self._folder, self.port = folder, free_port()
        install = program("mariadb-install-db", "mariadb-server")
        # The server does not run as root; whoever does tests as root lends it another user.
        self._user = ["--user=mysql"] if os.geteuid() == 0 else []
        data = folder / "data"
        data.mkdir()
        if self._user:
            folder.chmod(0o755)
            shutil.chown(data, "mysql", "mysql")
        words = [install, "--no-defaults", f"--datadir={data}", *self._user]
        words += ["--auth-root-authentication-method=normal", "--skip-test-db"]
        done = subprocess.run(words, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    @classmethod
    @contextmanager
    def installed(cls) -> Iterator[MariaDB]:
        """Give a server, not running yet, until the block ends."""
        with tempfile.TemporaryDirectory(prefix="mariadb-") as folder:
            yield cls(Path(folder))

    @contextmanager
    def running(self) -> Iterator[MariaDB]:
        """Run the server until the block ends."""
        socket_file = self._folder / "data" / "s"
        words = [self._daemon, "--no-defaults", f"--datadir={self._folder / 'data'}", *self._user]
        words += [f"--port={self.port}", "--bind-address=127.0.0.1", f"--socket={socket_file}"]
        # Durability is not what is tested; a small machine is tested on.
        words += ["--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0", "--skip-log-bin"]
        words += ["--innodb-buffer-pool-size=64M", "--performance-schema=0", "--skip-name-resolve"]
        words += ["--character-set-server=utf8mb4", "--collation-server=utf8mb4_bin"]
        with running(words, self.port, self._folder / "log"):
            self.sql("CREATE USER IF NOT EXISTS jeju@'127.0.0.1' IDENTIFIED BY 'hallasan'")
            self.sql("GRANT ALL ON *.* TO jeju@'127.0.0.1'")
            yield self

    def sql(self, statement: str) -> str:
        """Run a statement as root; return what the client prints."""
        words = [self._client, "--no-defaults", "--protocol=tcp", "-h127.0.0.1", "-uroot"]
        words += [f"-P{self.port}", "-N", "-e", statement]
        done = subprocess.run(words, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def database(self, name: str) -> str:
        """Return the address of a new, empty database."""
        self.sql(f"CREATE OR REPLACE DATABASE {name} COLLATE utf8mb4_bin")
        return f"mysql://jeju:hallasan@127.0.0.1:{self.port}/{name}"


@contextmanager
def redis(folder: Path, port: int, *options: str) -> Iterator[None]:
    """Run Redis, which keeps nothing, until the block ends."""
    daemon = program("redis-server", "redis-server")
    words = [daemon, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder)]
    with running(
        [*words, "--save", "", "--appendonly", "no", *options], port, folder / "redis.log"
    ):
        yield


@contextmanager
def bucket(folder: Path, port: int) -> Iterator[str]:
    """Run a server that speaks S3, with an empty bucket, until the block ends; its address."""
    import boto3

    words = [sys.executable, "-W", "ignore", "-m", "moto.server", "-p", str(port)]
    with running(words, port, folder / "s3.log"):
        endpoint = f"http://127.0.0.1:{port}"
        keys = {"aws_access_key_id": "jeju", "aws_secret_access_key": "hallasan"}
        client = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1", **keys)
        client.create_bucket(Bucket="books")
        client.close()
        yield f"s3://books/jeju?endpoint={endpoint}"


def clean_environment(**settings: str) -> dict[str, str]:
    """Return the environment without settings of ours, and with those given."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KOSORONG_", "DJANGO_"))}
    return {**kept, **settings}


class _Mailbox(socketserver.StreamRequestHandler):
    """A conversation of SMTP (RFC 5321), as far as one letter needs it."""

    def handle(self) -> None:
        self.say("220 localhost")
        while line := self.rfile.readline().decode().strip():
            word = line[:4].upper()
            if word == "DATA":
                self.say("354 go on")
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.letters.append(message_from_bytes(b"".join(lines)))  # type: ignore[attr-defined]
            self.say("221 bye" if word == "QUIT" else "250 well")

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[tuple[int, list[Message]]]:
    """Run a server that takes letters; yield its port, and what it took so far."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Mailbox) as server:
        letters: list[Message] = []
        server.letters = letters  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1], letters
        finally:
            server.shutdown()
            thread.join()
