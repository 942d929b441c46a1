"""What a hostile browser, program or connection could try on the service's door."""

import gzip
import os
import signal
import socket
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from library_world import let_go
from pytest_django import Settings
from rest_framework.test import APIClient

from kosorong_library.accounts.models import Role, User
from local_servers import clean_environment, free_port, running, until

PAGES = ("/", "/api/books/", "/api/docs/", "/api/nothing/", "/watch/", "/x.js", "/login")


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_strict_headers(
    api: APIClient, owner: User, settings: Settings, tmp_path: Path, path: str
) -> None:
    settings.DATA = tmp_path
    owner.role = Role.ADMIN
    owner.save()
    answer = api.get(path)
    policy = dict(
        part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "*" not in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Permissions-Policy"].startswith("microphone=(self)")
    assert "Server" not in answer
    let_go(answer)


def test_answers_tell_their_length_so_that_the_connection_can_be_kept(
    api: APIClient, book: dict[str, Any]
) -> None:
    for path in ("/api/health/", "/api/books/", f"/api/books/{book['id']}/", "/api/nothing/"):
        answer = api.get(path)
        assert int(answer["Content-Length"]) == len(answer.content)
    gone = api.delete(f"/api/books/{book['id']}/")
    assert gone.status_code == 204
    assert "Content-Length" not in gone


def test_text_is_compressed_for_those_who_take_it_so_and_sound_is_not(
    api: APIClient, ready: dict[str, Any], segments: list[dict[str, Any]]
) -> None:
    path = f"/api/books/{ready['id']}/segments/"
    plain = api.get(path)
    small = api.get(path, HTTP_ACCEPT_ENCODING="gzip")
    assert "Content-Encoding" not in plain
    assert small["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content) == plain.content
    assert int(small["Content-Length"]) == len(small.content) < len(plain.content) / 2
    assert "Accept-Encoding" in small["Vary"]
    # What one guesses of a secret is not to be read off the length.
    assert len({len(api.get(path, HTTP_ACCEPT_ENCODING="gzip").content) for _ in range(20)}) > 3
    for sound in (segments[0]["audio"], f"/api/books/{ready['id']}/events/"):
        answer = api.get(sound, HTTP_ACCEPT_ENCODING="gzip")
        assert "Content-Encoding" not in answer
        let_go(answer)


def test_names_that_are_not_ours_write_one_line_without_advice(
    api: APIClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO"):
        assert api.get("/api/health/", HTTP_HOST="evil.example").status_code == 400
    told = [record for record in caplog.records if "evil.example" in record.getMessage()]
    assert len(told) == 1
    assert told[0].levelname == "INFO"
    assert told[0].exc_info is None


def test_what_operators_see_stays_in_no_cache(api: APIClient, owner: User) -> None:
    owner.role = Role.ADMIN
    owner.save()
    for path in ("/watch/", "/metrics"):
        assert api.get(path)["Cache-Control"] == "no-store"


def test_pages_of_ours_hold_no_inline_script_or_style(
    api: APIClient, owner: User, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    owner.role = Role.ADMIN
    owner.save()
    for path in ("/", "/api/docs/", "/watch/"):
        page = api.get(path).content.decode()
        assert "<script" not in page
        assert "style=" not in page
        assert " on" + "click" not in page


def test_https_is_asked_for_again_where_it_is_spoken(api: APIClient, settings: Settings) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    assert "Strict-Transport-Security" not in api.get("/api/health/")
    assert api.get("/api/health/", secure=True)["Strict-Transport-Security"].startswith("max-age=")


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "a b", "127.0.0.1:x"])
def test_a_foreign_host_name_is_refused(api: APIClient, host: str) -> None:
    assert api.get("/api/books/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=0-0,1-1,2-2",
        "bytes=" + ",".join("0-" for _ in range(1000)),
        "bytes=-0",
        "bytes=9" * 40,
        "bytes=0-999999999999999999",
        "bytes=18446744073709551616-",
        "lines=1-2",
        "bytes=--1",
        "bytes=5-2",
    ],
)
def test_no_range_makes_more_than_the_file(
    api: APIClient, ready: dict[str, Any], segments: list[dict[str, Any]], asked: str
) -> None:
    address = segments[0]["audio"]
    whole = b"".join(api.get(address).streaming_content)
    answer = api.get(address, headers={"Range": asked})
    assert answer.status_code in {200, 206, 416}
    sent = b"".join(answer.streaming_content) if answer.streaming else b""
    assert len(sent) <= len(whole)


@pytest.mark.parametrize(
    "name", ["a\r\nSet-Cookie: x=1", "\u2028", "; filename=evil.exe", "../..", "\\"]
)
def test_a_title_forges_no_header_of_a_download(
    api: APIClient, work: Callable[[], int], name: str
) -> None:
    book = api.post("/api/books/", {"title": name, "text": "눈이 왔다."}).json()
    work()
    address = f"/api/books/{book['id']}/exports/vtt/"
    api.get(address, {"wait": 0})
    work()
    answer = api.get(address)
    said = Message()
    said["Content-Disposition"] = answer["Content-Disposition"]
    assert not {"\r", "\n"} & set(answer["Content-Disposition"])
    assert {key for key, _ in said.get_params(header="Content-Disposition")} <= {
        "attachment",
        "filename",
    }
    assert not {"/", "\\"} & set(said.get_filename())
    assert "Set-Cookie" not in answer
    let_go(answer)


@pytest.mark.parametrize(
    "path", ["//evil.example", "/\\evil.example", "/login?next=//evil.example"]
)
def test_nobody_is_sent_elsewhere(nobody: APIClient, path: str) -> None:
    answer = nobody.get(path)
    assert "evil" not in answer.headers.get("Location", "")
    let_go(answer)


@pytest.mark.parametrize("path", ["/watch/", "/admin/login/?next=//evil.example"])
def test_whoever_has_to_log_in_comes_back_to_us(nobody: APIClient, path: str) -> None:
    target = nobody.get(path)["Location"]
    assert target.startswith(("/login?next=%2F", "/login?next=/"))
    assert "evil" not in target


@pytest.mark.parametrize(
    "path",
    [
        "/..%2f..%2fetc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/static/../../settings.py",
        "/static/watch/..%2f..%2f..%2fconfig/settings.py",
        "/assets/..\\..\\secret.key",
        "/\x00",
    ],
)
def test_no_path_leads_out_of_the_page(nobody: APIClient, path: str) -> None:
    answer = nobody.get(path)
    assert answer.status_code in {200, 400, 404}
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert b"root:" not in body
    assert b"SECRET_KEY" not in body
    let_go(answer)


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    tmp_path = tmp_path_factory.mktemp("process")
    port = free_port()
    words = [sys.executable, "-W", "ignore", "-m", "kosorong", "api", "--port", str(port)]
    environment = clean_environment(KOSORONG_STARTER="0")
    log = tmp_path / "log"
    with running([*words, "--data", str(tmp_path / "data")], port, log, environment) as started:
        until(lambda: _answers(port))
        yield port
        started.send_signal(signal.SIGTERM)
        assert started.wait(30) == 0


def _answers(port: int) -> bool:
    address = f"http://127.0.0.1:{port}/api/health/"
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.status == 200


@pytest.mark.slow
@pytest.mark.skipif("KOSORONG_DATABASE_URL" in os.environ, reason="a process with a database")
def test_slow_clients_and_great_promises_hold_nobody_up(process: int) -> None:
    """Hold 150 half requests, each with a byte now and then, and bodies that never come."""
    slow = []
    for n in range(150):
        one = socket.create_connection(("127.0.0.1", process))
        if n % 2:
            one.sendall(b"GET /api/health/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        else:
            length = 1 << 20
            head = f"POST /api/books/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n"
            one.sendall(head.encode() + b"Content-Type: application/json\r\n\r\n{")
        slow.append(one)
    for _ in range(3):
        for one in slow:
            one.sendall(b"x")
        started = time.monotonic()
        assert _answers(process)
        assert time.monotonic() - started < 5
    for one in slow:
        one.close()
    assert _answers(process)


_POST = b"POST /api/books/ HTTP/1.1\r\nHost: localhost\r\n"


@pytest.mark.slow
@pytest.mark.skipif("KOSORONG_DATABASE_URL" in os.environ, reason="a process with a database")
@pytest.mark.parametrize(
    ("head", "status"),
    [
        (_POST + b"Content-Length: 99999999999\r\n\r\n", 413),
        (_POST + b"Content-Length: -1\r\n\r\n", 400),
        (_POST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (_POST + b"Transfer-Encoding: gzip\r\n\r\n", 501),
        (b"GET /api/health/ HTTP/1.1\r\nHost: localhost\r\nX-A: " + b"a" * 300_000, 431),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX : a\r\n\r\n", 400),
    ],
)
def test_what_is_too_large_or_smuggled_is_refused_before_it_is_read(
    process: int, head: bytes, status: int
) -> None:
    with socket.create_connection(("127.0.0.1", process), timeout=20) as one:
        one.sendall(head)
        answer = one.recv(200).decode("latin-1")
    assert answer.split()[1] == str(status), answer
