"""The processes of compose.yaml, started by hand as the file says, make a book together.

What a container adds (users, file systems, limits, networks) is not tried here.
"""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import yaml

from kosorong.bundle import FOLDERS_VARIABLE
from local_servers import MariaDB, clean_environment, free_port, program, redis, running, until

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("KOSORONG_DATABASE_URL" in os.environ, reason="names its own database"),
]


class Stack:
    """The services of a compose file as processes of this machine.

    Args:
        name: Of the file.
        folder: For data, secrets and logs.
        ports: By service; what the file calls `api:8000` is the port of `api` on loopback.
    """

    def __init__(self, name: str, folder: Path, ports: dict[str, int]) -> None:
        text = (ROOT / name).read_text(encoding="utf-8")
        for site in (
            "${KOSORONG_SITE:?say which name the library is reached by}",
            "${KOSORONG_SITE}",
        ):
            text = text.replace(site, "books.example")
        self.services = yaml.safe_load(re.sub(r"\$\{\w+:-(\w*)\}", r"\1", text))["services"]
        self.folder, self.ports = folder, ports
        self.secrets = folder / "secrets"
        script = folder / "make-secrets.sh"
        script.write_bytes((ROOT / "deploy/make-secrets.sh").read_bytes())
        subprocess.run(["sh", script], check=True, capture_output=True)
        (folder / "data").mkdir()

    def environment(self, service: str, **others: str) -> dict[str, str]:
        said = self.services[service].get("environment", {})
        return clean_environment(
            PYTHONWARNINGS="ignore", **{n: self._here(v) for n, v in said.items()}, **others
        )

    def _here(self, value: str) -> str:
        value = value.replace("/run/secrets", str(self.secrets))
        for name, port in self.ports.items():
            value = re.sub(rf"\b{name}:\d+", f"127.0.0.1:{port}", value)
        return str(self.folder / "data") if value == "/data" else value

    def command(self, service: str) -> list[str]:
        words = [sys.executable, "-m", *self.services[service]["command"]]
        if "--port" in words:
            words[words.index("--port") + 1] = str(self.ports[service])
        return ["127.0.0.1" if word == "0.0.0.0" else word for word in words]  # noqa: S104


def ask(
    port: int,
    path: str,
    data: object = None,
    *,
    token: str = "",
    host: str = "books.example",
    method: str | None = None,
) -> tuple[int, Any, bytes]:
    headers = {"Host": host, "Content-Type": "application/json", "X-Request-ID": "by-hand-0001"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    body = None if data is None else json.dumps(data).encode()
    url = f"http://127.0.0.1:{port}{path}"
    request = urllib.request.Request(url, body, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def _admin(stack: Stack, *words: str) -> str:
    password = stack.folder / "password"
    password.write_text("한라산 백록담 노루 셋\n")
    environment = stack.environment("api", KOSORONG_ADMIN_PASSWORD_FILE=str(password))
    command = [sys.executable, "-m", "kosorong", *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def _make_a_book(port: int, token: str) -> None:
    text = "어서 갑니다. 바람이 붑니다. 눈이 옵니다."
    status, _, body = ask(port, "/api/books/", {"title": "바람", "text": text}, token=token)
    assert status == 201, body
    number = json.loads(body)["id"]

    def book() -> dict[str, Any]:
        return json.loads(ask(port, f"/api/books/{number}/", token=token)[2])

    until(lambda: book()["status"] == "done", 120)
    assert book()["problem"] == ""
    status, headers, sound = ask(port, f"/api/books/{number}/audio/", token=token)
    assert (status, sound[:4], headers["X-Request-ID"]) == (200, b"RIFF", "by-hand-0001")
    status, headers, _ = ask(port, f"/api/books/{number}/exports/m4b/?wait=60", token=token)
    assert (status, headers["Content-Type"]) == (200, "audio/mp4")


def test_the_processes_for_many_make_a_book(tmp_path: Path, toy_bundles_folder: Path) -> None:
    ports = {name: free_port() for name in ("api", "inference", "redis")}
    with MariaDB.installed() as installed, installed.running() as mariadb:
        stack = Stack("compose.yaml", tmp_path, {**ports, "mariadb": mariadb.port})
        mariadb.database("kosorong")
        password = (stack.secrets / "database-password").read_text()
        mariadb.sql(f"CREATE USER kosorong@'127.0.0.1' IDENTIFIED BY '{password}'")
        mariadb.sql("GRANT ALL ON kosorong.* TO kosorong@'127.0.0.1'")
        secret = (stack.secrets / "queue-password").read_text()
        inference = stack.environment("inference", **{FOLDERS_VARIABLE: str(toy_bundles_folder)})
        api = stack.environment("api")
        with (
            redis(tmp_path, ports["redis"], "--requirepass", secret),
            running(stack.command("inference"), ports["inference"], tmp_path / "i", inference),
            running(stack.command("api"), ports["api"], tmp_path / "a", api) as server,
        ):
            workers = [
                subprocess.Popen(stack.command("worker"), env=stack.environment("worker"))
                for _ in range(2)
            ]
            try:
                _admin(stack, "admin", "create", "halmang")
                token = _admin(stack, "admin", "token", "halmang")
                assert ask(ports["api"], "/api/ready/", host="localhost")[0] == 200
                assert ask(ports["api"], "/api/books/", host="evil.example")[0] == 400
                _make_a_book(ports["api"], token)
                metrics = (stack.secrets / "metrics-token").read_text()
                page = ask(ports["api"], "/metrics", token=metrics)[2].decode()
                assert "kosorong_library_segments_waiting 0" in page
                archive = tmp_path / "library.tar"
                assert "Missing" not in _admin(stack, "backup", str(archive))
                for one in workers:
                    one.send_signal(signal.SIGTERM)
                assert [one.wait(60) for one in workers] == [0, 0]
            finally:
                for one in workers:
                    one.kill()
                    one.wait()
            server.send_signal(signal.SIGTERM)
            assert server.wait(30) == 0
        _one_id_everywhere(tmp_path)


def _one_id_everywhere(folder: Path) -> None:
    """See that the log of the API is lines of JSON that carry the id, and no secret."""
    lines = (folder / "a").read_text(encoding="utf-8").splitlines()
    told = [json.loads(line) for line in lines if line.startswith("{")]
    assert any(one.get("request") == "by-hand-0001" for one in told)
    for secret in (folder / "secrets").iterdir():
        assert secret.read_text() not in "\n".join(lines), secret.name


def test_the_processes_of_a_small_machine_make_a_book_behind_caddy(
    tmp_path: Path, toy_bundles_folder: Path
) -> None:
    caddy = program("caddy", "caddy")
    ports = {name: free_port() for name in ("api", "inference", "caddy")}
    stack = Stack("compose.small.yaml", tmp_path, ports)
    inference = stack.environment("inference", **{FOLDERS_VARIABLE: str(toy_bundles_folder)})
    # Without HTTPS, for which Caddy would have to be known to the world.
    proxy = clean_environment(
        KOSORONG_SITE=f"http://books.example:{ports['caddy']}",
        KOSORONG_UPSTREAM=f"127.0.0.1:{ports['api']}",
        KOSORONG_INFERENCE_UPSTREAM=f"127.0.0.1:{ports['inference']}",
        KOSORONG_DOORS="open",
        XDG_DATA_HOME=str(tmp_path),
        XDG_CONFIG_HOME=str(tmp_path),
    )
    words = [caddy, "run", "--config", str(ROOT / "deploy/Caddyfile"), "--adapter", "caddyfile"]
    with (
        running(stack.command("inference"), ports["inference"], tmp_path / "i", inference),
        running(stack.command("api"), ports["api"], tmp_path / "a", stack.environment("api")),
        running(words, ports["caddy"], tmp_path / "c", proxy),
    ):
        worker = subprocess.Popen(stack.command("worker"), env=stack.environment("worker"))
        try:
            _admin(stack, "admin", "create", "halmang")
            token = _admin(stack, "admin", "token", "halmang")
            port = ports["caddy"]
            until(lambda: ask(port, "/api/health/")[0] == 200)
            _make_a_book(port, token)
            for inside in ("/metrics", "/api/ready/"):
                assert ask(port, inside, token=token)[0] == 404
            secret = (tmp_path / "secrets" / "inference-token").read_text().strip()
            assert ask(port, "/v1/models", token=secret)[0] == 200
            assert ask(port, "/v1/models")[0] == 401
            assert ask(port, "/translate/segments", token=secret)[0] != 405
            started = time.monotonic()
            status, headers, _ = ask(port, "/api/books/1/events/", token=token)
            assert (status, headers["Content-Type"]) == (200, "text/event-stream")
            assert time.monotonic() - started < 5
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(60) == 0
        finally:
            worker.kill()
            worker.wait()
