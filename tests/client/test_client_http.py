"""The transport against servers that misbehave."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from kosorong.client.http import Patience, Server
from kosorong.client.models import RemoteTranslator, RemoteVoice
from kosorong.errors import ServiceError, UsageError

QUICK = Patience(connect=2.0, answer=0.3, tries=3, pause=0.001)


def answer(body: bytes, status: str = "200 OK", length: int | None = None) -> bytes:
    size = len(body) if length is None else length
    return f"HTTP/1.1 {status}\r\nContent-Length: {size}\r\n\r\n".encode() + body


@contextmanager
def answering(*answers: bytes | None) -> Iterator[tuple[Server, Callable[[], int]]]:
    """A server that gives these answers, one a connection; None breaks the connection off."""
    listener = socket.create_server(("127.0.0.1", 0))
    count = 0

    def run() -> None:
        nonlocal count
        for one in answers:
            connection, _ = listener.accept()
            with connection:
                count += 1
                connection.settimeout(5)
                connection.recv(65536)
                if one is None:
                    # An immediate reset, not an orderly end.
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                elif one:
                    connection.sendall(one)
                else:
                    silent.wait(5)

    silent = threading.Event()
    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield Server(f"http://127.0.0.1:{listener.getsockname()[1]}", "t", QUICK), lambda: count
    finally:
        silent.set()
        thread.join(10)
        listener.close()


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def test_a_connection_that_breaks_is_tried_again() -> None:
    with answering(None, None, answer(b'{"status": "ok"}')) as (server, count):
        assert server.get("/health") == {"status": "ok"}
        assert count() == 3


def test_an_answer_that_is_an_error_is_not_asked_for_again() -> None:
    body = json.dumps({"message": "Full.", "where": "", "cure": "Wait."}).encode()
    with answering(answer(body, "503 Busy")) as (server, count):
        with pytest.raises(ServiceError, match=r"Full\. Wait\."):
            server.get("/v1/models")
        assert count() == 1


def test_silence_is_given_up_and_not_tried_again() -> None:
    with answering(b"") as (server, count):
        with pytest.raises(ServiceError, match="does not answer"):
            server.get("/health")
        assert count() == 1


def test_nobody_there_is_said_with_address_and_cure() -> None:
    server = Server(f"http://127.0.0.1:{closed_port()}", patience=QUICK)
    with pytest.raises(ServiceError, match=r"127\.0\.0\.1.*kosorong inference") as raised:
        server.get("/health")
    assert not raised.value.permanent
    assert not server.healthy()


def test_an_answer_cut_short_is_an_error() -> None:
    with answering(answer(b'{"id": 1}\n{"id"', length=900)) as (server, _):
        rows = server.post_lines("/synthesize", {})
        assert next(rows) == {"id": 1}
        with pytest.raises(ServiceError, match=r"broke off|no answer"):
            next(rows)


def test_an_error_in_a_stream_is_raised_at_its_line() -> None:
    failure = {"error": {"message": "The server failed.", "where": "", "cure": "Try again."}}
    body = b'{"id": 1}\n' + json.dumps(failure).encode() + b"\n"
    with answering(answer(body)) as (server, _):
        rows = server.post_lines("/synthesize", {})
        next(rows)
        with pytest.raises(ServiceError, match="The server failed"):
            next(rows)


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"\xff", b'{"data": 3}', b'{"data": [3]}'])
def test_something_else_that_answers_is_told_from_a_server(body: bytes) -> None:
    with answering(answer(body)) as (server, _), pytest.raises(ServiceError, match="no answer of"):
        _ = RemoteTranslator(server).fingerprint


@pytest.mark.parametrize(
    "body", [b"<html>Bad gateway</html>", b'{"error": "proxy"}', b"[1]", b'{"error": {}}']
)
def test_errors_of_proxies_are_said_with_their_status(body: bytes) -> None:
    with (
        answering(answer(body, "502 Bad")) as (server, _),
        pytest.raises(ServiceError, match="answered 502"),
    ):
        server.get("/v1/models")


MODELS = {"data": [{"kind": "translator", "fingerprint": "f1"}]}
VOICES = {"voices": [{"id": "v", "fingerprint": "f1", "sample_rate": 22050, "credit": "c"}]}
ROW = {"text": "가", "links": [], "confidence": 1.0, "provenance": "", "warnings": []}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({**ROW, "id": 0, "fingerprint": "f2"}, "another model"),
        ({**ROW, "id": 1, "fingerprint": "f1"}, "came back"),
        ({"id": 0, "fingerprint": "f1"}, "same version"),
        ({**ROW, "id": 0, "fingerprint": "f1", "links": [[1]]}, "same version"),
    ],
)
def test_translations_of_another_model_or_shape_are_refused(row: object, said: str) -> None:
    bodies = [answer(json.dumps(one).encode()) for one in (row, MODELS)]
    with answering(*bodies) as (server, _), pytest.raises(ServiceError, match=said):
        RemoteTranslator(server).translate(["가"])


@pytest.mark.parametrize("audio", ["###", "AAAA", 3])
def test_audio_that_is_none_is_refused(audio: object) -> None:
    row = {"id": 0, "fingerprint": "f1", "audio": audio, "words": [], "warnings": []}
    bodies = [answer(json.dumps(one).encode()) for one in (VOICES, row)]
    with answering(*bodies) as (server, _), pytest.raises(ServiceError, match="same version"):
        RemoteVoice(server).speak("가")


@pytest.mark.parametrize("address", ["", "localhost:8001", "ftp://a", "http://", "http://a:x"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="127"):
        Server(address)


def test_a_path_of_a_proxy_stands_before_every_route() -> None:
    server = Server("https://example.org/kosorong/")
    assert (server.address, server._base) == ("https://example.org/kosorong", "/kosorong")
