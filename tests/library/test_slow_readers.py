"""Whoever takes an answer slowly, or not at all, holds a socket and nothing that others need."""

import http.client
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any, BinaryIO

import pytest

from kosorong_library.config import connections
from kosorong_library.config.flow import Flow
from local_servers import free_port

Asking = Callable[..., socket.socket]

PIECE, COUNT = 300_000, 100
THREADS = 2


def pieces(count: int = COUNT) -> Iterator[bytes]:
    for number in range(count):
        yield bytes([number % 251]) * PIECE


def answers(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer `/flow` with 30 MB, `/broken` with half of them, `/json` with 5 MB, and "ok"."""
    path = environ["PATH_INFO"]
    length = PIECE * COUNT
    if path in {"/flow", "/broken"}:
        made = pieces(COUNT if path == "/flow" else COUNT // 2)
        start_response("200 OK", [("Content-Length", str(length))])
        return environ["wsgi.file_wrapper"](Flow(made, length))
    body = b"x" * 5_000_000 if path == "/json" else b"ok"
    if environ["REQUEST_METHOD"] == "POST":
        body = str(len(environ["wsgi.input"].read())).encode()
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


@contextmanager
def served() -> Iterator[tuple[int, Any]]:
    port = free_port()
    server = connections.server_of(
        answers, "127.0.0.1", port, threads=THREADS, most=1 << 30, proxy={}
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield port, server
    finally:
        server.task_dispatcher.shutdown()
        for one in list(server._map.values()):
            server._map.clear()
            with suppress(OSError):
                one.close()
        thread.join(5)


@pytest.fixture
def port() -> Iterator[int]:
    with served() as (port, _):
        yield port


@pytest.fixture
def asking() -> Iterator[Asking]:
    """Open connections on which paths are asked for, and nothing is read."""
    with ExitStack() as stack:

        def ask(port: int, *paths: str) -> socket.socket:
            one = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
            for path in paths:
                one.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            return one

        yield ask


def get(
    port: int, path: str = "/", method: str = "GET", body: Iterable[bytes] | bytes | None = None
) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, body)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def body_of(file: BinaryIO) -> bytes:
    """Return the body of the next answer on a connection."""
    length = 0
    while line := file.readline().strip():
        if line.lower().startswith(b"content-length:"):
            length = int(line.split()[1])
    return file.read(length)


def seconds_to_answer(port: int) -> float:
    begun = time.monotonic()
    assert get(port) == (200, b"ok")
    return time.monotonic() - begun


def test_what_is_made_while_it_is_sent_arrives_whole_and_in_order(port: int) -> None:
    assert get(port, "/flow") == (200, b"".join(pieces()))


def test_readers_who_stop_hold_no_thread(port: int, asking: Asking) -> None:
    _ = [asking(port, path) for path in ("/flow", "/json") for _ in range(4 * THREADS)]
    time.sleep(0.5)
    assert max(seconds_to_answer(port) for _ in range(5)) < 2


def test_requests_behind_an_answer_that_nobody_takes_hold_no_thread(
    port: int, asking: Asking
) -> None:
    _ = [asking(port, *["/json"] * 20, *["/flow"] * 20) for _ in range(4 * THREADS)]
    time.sleep(0.5)
    assert max(seconds_to_answer(port) for _ in range(5)) < 2


def test_several_requests_at_once_are_answered_one_after_another(port: int, asking: Asking) -> None:
    with asking(port, "/json", "/", "/flow", "/") as one, one.makefile("rb") as file:
        bodies = [body_of(file) for _ in range(4)]
    assert bodies == [b"x" * 5_000_000, b"ok", b"".join(pieces()), b"ok"]


def test_a_reader_who_stops_holds_a_piece_of_memory_and_nothing_on_the_disk(
    monkeypatch: pytest.MonkeyPatch, asking: Asking
) -> None:
    monkeypatch.setattr(tempfile, "TemporaryFile", None)
    with served() as (port, server):
        _ = [asking(port, "/flow") for _ in range(10)]
        time.sleep(1)
        held = [one.held for one in server.active_channels.values()]
        assert len(held) == 10
        assert max(held) <= 3 * PIECE


def test_an_answer_that_breaks_off_ends_the_connection(port: int) -> None:
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        get(port, "/broken")
    assert get(port) == (200, b"ok")


@pytest.mark.parametrize("paths", [("/flow",), ("/json",), ("/json", "/flow", "/"), ()])
def test_connections_on_which_nothing_moves_are_ended(
    monkeypatch: pytest.MonkeyPatch, paths: tuple[str, ...], asking: Asking
) -> None:
    monkeypatch.setattr(connections, "PATIENCE", 1.0)
    with served() as (port, server), asking(port, *paths):
        time.sleep(4)
        assert not server.active_channels


def test_a_slow_reader_who_goes_on_keeps_the_connection(
    monkeypatch: pytest.MonkeyPatch, asking: Asking
) -> None:
    monkeypatch.setattr(connections, "PATIENCE", 2.0)
    with served() as (port, server), asking(port, "/flow") as one:
        one.settimeout(0.2)
        for _ in range(20):
            time.sleep(0.2)
            assert one.recv(200_000)
        assert server.active_channels


def test_newcomers_take_the_place_of_those_who_say_nothing(
    monkeypatch: pytest.MonkeyPatch, asking: Asking
) -> None:
    monkeypatch.setattr(connections, "places", lambda: 40)
    with served() as (port, server):
        reader = asking(port, "/flow")
        assert reader.recv(1)
        kept = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        kept.request("GET", "/")
        assert kept.getresponse().read() == b"ok"
        _ = [asking(port) for _ in range(60)]
        assert seconds_to_answer(port) < 2
        assert len(server.active_channels) <= 40
        # Whoever reads, or has read, is not sent away for those who never asked.
        kept.request("GET", "/")
        assert kept.getresponse().read() == b"ok"
        assert reader.recv(4096)
        kept.close()


def test_answers_that_fill_the_memory_end_with_those_who_take_nothing(
    monkeypatch: pytest.MonkeyPatch, asking: Asking
) -> None:
    monkeypatch.setattr(connections, "HELD", 20_000_000)
    monkeypatch.setattr(connections, "_STANDS_STILL", 0.5)
    with served() as (port, server):
        for _ in range(12):
            asking(port, "/json")
            time.sleep(0.3)
        time.sleep(2)
        assert sum(one.held for one in server.active_channels.values()) <= 20_000_000 + 5_000_000


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_that_finds_no_room_is_answered_with_the_cure(
    monkeypatch: pytest.MonkeyPatch, port: int, chunked: bool
) -> None:
    def full(*words: object) -> None:
        raise OSError(28, "No space left on device")

    body = b"x" * 2_000_000
    assert get(port, "/", "POST", iter([body]) if chunked else body)[1] == b"2000000"
    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    status, told = get(port, "/", "POST", iter([body]) if chunked else body)
    assert status == 507
    assert b"no room" in told
    assert get(port) == (200, b"ok")
