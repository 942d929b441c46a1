"""Health, voices, the description of the API, the page, settings."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from drf_spectacular.drainage import GENERATOR_STATS
from library_world import let_go
from pytest_django import Settings
from rest_framework.test import APIClient
from waitress.adjustments import Adjustments

from kosorong.errors import UsageError
from kosorong_library import serve
from kosorong_library.config import env


def test_health_is_open_to_everybody(nobody: APIClient) -> None:
    answer = nobody.get("/api/health/")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert nobody.post("/api/health/").status_code == 405


def test_the_description_names_every_address(nobody: APIClient) -> None:
    schema = nobody.get("/api/schema/").json()
    assert schema["openapi"].startswith("3.1")
    assert {
        "/api/books/",
        "/api/books/{book}/events/",
        "/api/books/{book}/segments/{segment}/",
        "/api/books/{book}/exports/{format}/",
        "/api/accounts/register/",
        "/api/tokens/{token}/",
        "/api/voices/",
        "/api/health/",
    } <= set(schema["paths"])
    page = nobody.get("/api/docs/")
    assert b"/api/books/{book}/position/" in page.content
    assert b"<script" not in page.content


def test_each_operation_has_a_summary_and_one_subject_that_is_described(
    nobody: APIClient,
) -> None:
    schema = nobody.get("/api/schema/").json()
    rows = [row for path in schema["paths"].values() for row in path.values()]
    assert {tag for row in rows for tag in row["tags"]} == {tag["name"] for tag in schema["tags"]}
    assert all(len(row["tags"]) == 1 and 3 < len(row["summary"]) < 90 for row in rows)
    assert schema["servers"] == [{"url": "http://testserver"}]


def test_the_description_has_no_empty_default(nobody: APIClient) -> None:
    text = nobody.get("/api/schema/").content.decode()
    mail = json.loads(text)["components"]["schemas"]["RegisterInputRequest"]["properties"]["mail"]
    book = json.loads(text)["components"]["schemas"]["TextInputRequest"]["properties"]["language"]
    assert "default" not in json.dumps([mail, book])


@pytest.mark.parametrize("path", ["/api/books", "/api/accounts/me", "/api/books/7/audio"])
@pytest.mark.parametrize("method", ["get", "post", "put"])
def test_an_address_without_its_slash_is_led_on_with_what_was_sent(
    nobody: APIClient, path: str, method: str
) -> None:
    # As a program, without the page's proof of a write.
    nobody.handler.enforce_csrf_checks = True
    answer = getattr(nobody, method)(f"{path}?wait=1&search=%EB%88%88")
    assert answer.status_code == 308
    assert answer["Location"] == f"{path}/?wait=1&search=%EB%88%88"


@pytest.mark.parametrize("path", ["/api", "/api/nothing", "/api//evil.example", "/api/books/x"])
def test_what_is_not_there_with_a_slash_either_is_not_led_on(nobody: APIClient, path: str) -> None:
    assert nobody.get(path).status_code == 404


def test_the_description_is_made_without_a_doubt_about_a_name(
    nobody: APIClient, capsys: pytest.CaptureFixture[str]
) -> None:
    GENERATOR_STATS.reset()
    described = nobody.get("/api/schema/").json()["components"]["schemas"]
    assert not GENERATOR_STATS, capsys.readouterr().err
    assert described["SegmentState"]["enum"] == ["waiting", "done", "failed"]
    assert described["Standing"]["enum"] == ["open", "accepted", "variant", "declined"]


@pytest.mark.parametrize("path", ["/api/", "/api/nothing/", "/api/nothing", "/x.js", "/api/x/1/"])
def test_what_is_not_there_is_told_in_the_one_shape(nobody: APIClient, path: str) -> None:
    answer = nobody.get(path)
    assert answer.status_code == 404
    assert set(answer.json()) == {"message", "extra"}


def test_the_page_answers_for_its_own_addresses(
    nobody: APIClient, settings: Settings, tmp_path: Path
) -> None:
    assert "make run" in nobody.get("/").content.decode()
    settings.PAGE = tmp_path
    (tmp_path / "index.html").write_text("<title>코소롱</title>", encoding="utf-8")
    for path in ("/", "/books/7"):
        answer = nobody.get(path)
        assert b"".join(answer.streaming_content).decode() == "<title>코소롱</title>"
        let_go(answer)
        assert "script" not in answer["Content-Security-Policy"]


def test_files_of_the_page_are_served_with_their_kind(
    nobody: APIClient, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "index-AbCd_123.js").write_text("1")
    settings.WHITENOISE_ROOT = tmp_path
    settings.MIDDLEWARE = ["whitenoise.middleware.WhiteNoiseMiddleware", *settings.MIDDLEWARE]
    answer = nobody.get("/assets/index-AbCd_123.js")
    assert b"".join(answer.streaming_content) == b"1"
    assert answer["Content-Type"].startswith("text/javascript")
    assert "immutable" in answer["Cache-Control"]
    let_go(answer)


def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


class _Voices(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = json.dumps({"voices": [{"id": "jeju", "name": "제주", "gender": ""}]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: str) -> None:
        pass


def test_voices_are_those_of_the_inference_server(api: APIClient, settings: Settings) -> None:
    with HTTPServer(("127.0.0.1", 0), _Voices) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        settings.INFERENCE_URL = f"http://127.0.0.1:{server.server_port}"
        assert api.get("/api/voices/").json() == {"voices": [{"id": "jeju", "name": "제주"}]}
        port = server.server_port
    settings.INFERENCE_URL = f"http://127.0.0.1:{port}"
    away = api.get("/api/voices/")
    assert away.status_code == 503
    assert set(away.json()) == {"message", "extra"}


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda s: env.flag("N", default=True, source=s), "perhaps"),
        (lambda s: env.number("N", 1, 0, 9, source=s), "10"),
        (lambda s: env.number("N", 1, 0, 9, source=s), "x"),
        (lambda s: env.address("N", "", source=s), "ftp://a"),
        (lambda s: env.choice("N", "a", ("a", "b"), source=s), "c"),
        (lambda s: env.strong("N", s["N"]), "short"),
        (lambda s: env.strong("N", ""), ""),
    ],
)
def test_a_wrong_setting_is_named(read: Callable[..., Any], value: str) -> None:
    with pytest.raises(UsageError, match="N"):
        read({"N": value})


def test_only_the_proxy_that_is_named_is_believed(settings: Settings) -> None:
    assert Adjustments(**serve._proxy()).trusted_proxy is None
    settings.TRUSTED_PROXY = "172.18.0.2"
    given = Adjustments(**serve._proxy())
    assert (given.trusted_proxy, given.clear_untrusted_proxy_headers) == ("172.18.0.2", True)
    assert "x-forwarded-for" in given.trusted_proxy_headers


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("s" * 40 + "\n")
    assert env.secret("N", source={"N_FILE": str(path)}) == "s" * 40
    path.write_text("")
    with pytest.raises(UsageError, match="N_FILE"):
        env.secret("N", source={"N_FILE": str(path)})


_STRONG = "Xk4-vq81Zr_m0Tn7wLs3Yb6-HdPc9EjUfGa2"


def started(code: str, tmp_path: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KOSORONG_", "DJANGO_"))}
    words = [sys.executable, "-W", "ignore", "-c", code]
    given = {"KOSORONG_DATA": str(tmp_path), **settings}
    return subprocess.run(words, env={**kept, **given}, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KOSORONG_SECRET_KEY", ""),
        ("KOSORONG_SECRET_KEY", "secret"),
        ("KOSORONG_SECRET_KEY", "a" * 60),
        ("KOSORONG_INFERENCE_TOKEN", "token"),
        ("KOSORONG_METRICS_TOKEN", "1234567890"),
        ("KOSORONG_DATABASE_PASSWORD", "root"),
        ("KOSORONG_QUEUE_PASSWORD", "redis"),
    ],
)
def test_a_missing_or_weak_secret_is_refused_by_name(tmp_path: Path, name: str, value: str) -> None:
    code = "from kosorong_library.config import settings"
    given = {"KOSORONG_ALLOWED_HOSTS": "books.example", "KOSORONG_SECRET_KEY": _STRONG}
    if name == "KOSORONG_DATABASE_PASSWORD":
        given["KOSORONG_DATABASE_URL"] = "mysql://jeju@127.0.0.1/library"
    done = started(code, tmp_path, **{**given, name: value})
    assert done.returncode != 0
    assert f"{name}: is " in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KOSORONG_ALLOWED_HOSTS", "https://books.example"),
        ("KOSORONG_ALLOWED_HOSTS", "books.example:8000"),
        ("KOSORONG_TRUSTED_ORIGINS", "books.example"),
        ("KOSORONG_TRUSTED_PROXY", "10.0.0.0/8"),
        ("KOSORONG_TRUSTED_PROXY", "proxy"),
        ("KOSORONG_DATABASE_URL", "sqlite:///not/there/library.sqlite3"),
        ("KOSORONG_STORAGE", "s3://books?endpoint=minio:9000"),
        ("KOSORONG_QUEUE_URL", "redis://127.0.0.1:99999/0"),
        ("KOSORONG_PAGE", "/not/there"),
        ("KOSORONG_LOG_LEVEL", "loud"),
    ],
)
def test_a_nonsense_value_is_refused_by_name(tmp_path: Path, name: str, value: str) -> None:
    code = "from kosorong_library import serve; serve.prepare(None)"
    given = {"KOSORONG_SECRET_KEY": _STRONG, name: value}
    done = started(code, tmp_path, **given)
    assert f"UsageError: {name}: " in done.stderr


def test_names_of_hosts_are_taken_as_django_takes_them() -> None:
    given = "books.example,.jeju.example, [::1],127.0.0.1,*,a_b"
    assert len(env.hosts("N", (), source={"N": given})) == 6
    assert env.proxy("N", source={"N": "*"}) == "*"


@pytest.mark.parametrize("words", [["admin", "prune"], ["admin", "token", "halmang"], ["backup"]])
def test_a_folder_without_a_library_is_told_and_not_searched(
    tmp_path: Path, words: list[str]
) -> None:
    call = "serve.backup(Path('x.tar'), None)"
    if words[0] == "admin":
        call = f"serve.admin({words[1:]})"
    code = f"from pathlib import Path; from kosorong_library import serve; {call}"
    assert "StorageError: " in (told := started(code, tmp_path).stderr)
    assert "there is no library yet. Name the right folder" in told


def test_an_address_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code = f"from kosorong_library import serve; serve.api('127.0.0.1', {port}, None)"
        done = started(code, tmp_path)
    assert f"ServiceError: 127.0.0.1:{port}: the address cannot be listened at" in done.stderr


def test_a_machine_of_ones_own_keeps_a_secret_of_its_own(tmp_path: Path) -> None:
    code = (
        "from kosorong_library import serve; from kosorong_library.config import settings;"
        "serve.prepare(None); print(settings.SECRET_KEY)"
    )
    first, second = (started(code, tmp_path).stdout for _ in range(2))
    assert first == second
    assert len(first.strip()) > 50
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0


def test_a_secret_that_another_process_has_only_begun_to_keep_is_none(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("")
    code = (
        "from kosorong_library import serve; serve.prepare(None);"
        "from kosorong_library.config import settings;"
        "print(settings.SECRET_KEY)"
    )
    assert len(started(code, tmp_path).stdout.strip()) > 50
    assert len((tmp_path / "secret.key").read_text()) > 50


def test_the_service_loads_no_model(tmp_path: Path) -> None:
    code = (
        "import sys; from kosorong_library import serve; serve.prepare(None);"
        "import kosorong_library.api.urls, kosorong_library.studio.tasks;"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    loaded = set(started(code, tmp_path).stdout.split())
    assert "django" in loaded
    assert loaded.isdisjoint({"onnxruntime", "ctranslate2", "torch", "av", "flask"})


@pytest.mark.parametrize("path", ["/opds/other", "/rss", "/feed", "/atom/all"])
def test_readers_of_feeds_are_told_that_there_is_none(nobody: APIClient, path: str) -> None:
    assert nobody.get(path).status_code == 404
