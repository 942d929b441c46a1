"""Requests to an inference server: JSON in, JSON or lines of JSON out, errors as our own.

Only the standard library, so that the library service needs no HTTP package for this.
"""

from __future__ import annotations

import http.client
import json
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import urlsplit

from kosorong.errors import InputError, KosorongError, ServiceError, UsageError
from kosorong.logs import HEADER, current

_CURE = "Check that `kosorong inference` runs there."
_JSON = "application/json"
_WRONG_REQUEST = (400, 413, 422)
_NO_ENTRY = (401, 403)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, and how often to try.

    Attributes:
        connect: Seconds until a connection stands.
        answer: Seconds of silence after which an answer is given up; a server with others before
            us is silent while we wait.
        tries: Times that a connection is tried in all.
        pause: Seconds before the second try; doubles with each.
    """

    connect: float = 5.0
    answer: float = 300.0
    tries: int = 4
    pause: float = 0.2


class Server:
    """An inference server somewhere; may be used from several threads.

    Args:
        address: `http://host:port` or `https://…`, with a path where a proxy adds one.
        token: What the server was told in `KOSORONG_INFERENCE_TOKEN`; "" where it wants none.
        patience: How long to wait.

    Raises:
        UsageError: The address is none.

    >>> Server("http://127.0.0.1:8001/").address
    'http://127.0.0.1:8001'
    """

    def __init__(self, address: str, token: str = "", patience: Patience | None = None) -> None:
        parts = _parse(address)
        self.address = address.rstrip("/")
        self._secure, self._host, self._port, self._base = parts
        self._token = token
        self._patience = patience or Patience()

    def healthy(self) -> bool:
        """Say whether the server answers and is well."""
        try:
            return bool(self.get("/health").get("status") == "ok")
        except KosorongError:
            return False

    def get(self, path: str) -> dict[str, Any]:
        """Return the JSON object at a path.

        Raises:
            ServiceError: The server does not answer, or with something else.
        """
        with self._asked("GET", path, None) as response, self._listening():
            return self._object(response.read())

    def post_lines(self, path: str, content: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Send JSON and yield the objects of the answer, each as it comes.

        Raises:
            InputError: The server cannot take what was sent.
            ServiceError: The server does not answer, breaks off or fails.
        """
        body = json.dumps(content).encode()
        with self._asked("POST", path, body) as response, self._listening():
            for line in response:
                yield self._object(line)

    def post_form(self, path: str, fields: Mapping[str, str], file: bytes) -> dict[str, Any]:
        """Send a form (`multipart/form-data`) with a sound; return the JSON object of the answer.

        Args:
            path: Of the route.
            fields: Texts of the form.
            file: The field `audio`.

        Raises:
            InputError: The server cannot take what was sent.
            ServiceError: The server does not answer, breaks off or fails.
        """
        boundary = secrets.token_hex(16)
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        ]
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="audio"; filename="audio"\r\n'
        body = "".join([*parts, head, "\r\n"]).encode() + file + f"\r\n--{boundary}--\r\n".encode()
        kind = f"multipart/form-data; boundary={boundary}"
        with self._asked("POST", path, body, kind) as response, self._listening():
            return self._object(response.read())

    @contextmanager
    def _asked(
        self, method: str, path: str, body: bytes | None, kind: str = _JSON
    ) -> Iterator[http.client.HTTPResponse]:
        connection, response = self._ask(method, path, body, kind)
        try:
            if response.status >= 300:
                with self._listening():
                    self._refuse(response, path)
            yield response
        finally:
            response.close()
            connection.close()

    def _ask(
        self, method: str, path: str, body: bytes | None, kind: str
    ) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
        """Return the answer's beginning; asking twice does no harm, the server keeps no state."""
        tried, pause = 0, self._patience.pause
        while True:
            connection = self._connection()
            try:
                connection.connect()
                connection.sock.settimeout(self._patience.answer)
                connection.request(method, self._base + path, body, self._headers(body, kind))
                return connection, connection.getresponse()
            except (OSError, http.client.HTTPException) as error:
                tried += 1
                # A server that is slow would only have more to do; one that is gone may be back.
                slow = connection.sock is not None and isinstance(error, TimeoutError)
                connection.close()
                if slow or tried >= self._patience.tries or not isinstance(error, OSError):
                    self._give_up("does not answer", error)
            time.sleep(pause)
            pause *= 2

    def _connection(self) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self._secure else http.client.HTTPConnection
        return kind(self._host, self._port, timeout=self._patience.connect)

    def _headers(self, body: bytes | None, kind: str) -> dict[str, str]:
        headers = {"Accept": _JSON}
        if current():
            headers[HEADER] = current()
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        if body is not None:
            headers["Content-Type"] = kind
        return headers

    @contextmanager
    def _listening(self) -> Iterator[None]:
        try:
            yield
        except (OSError, http.client.HTTPException) as error:
            self._give_up("broke off in the middle of its answer", error)

    def _give_up(self, what: str, error: Exception) -> NoReturn:
        why = str(error) or type(error).__name__
        raise ServiceError(
            f"the inference server {what} ({why}).", where=self.address, cure=_CURE
        ) from error

    def _object(self, data: bytes) -> dict[str, Any]:
        try:
            content = json.loads(data)
        except (ValueError, RecursionError):
            content = None
        if not isinstance(content, dict):
            raise ServiceError(
                "this is no answer of an inference server.",
                where=self.address,
                cure="Check the address, and what stands between here and there.",
            )
        if isinstance(content.get("error"), dict):
            raise self._failure(500, content["error"])
        return content

    def _refuse(self, response: http.client.HTTPResponse, path: str) -> NoReturn:
        try:
            content = json.loads(response.read())
        except (ValueError, RecursionError):
            content = {}
        if not isinstance(content, dict):
            content = {}
        inner = content.get("error")
        problem = inner if isinstance(inner, dict) else content
        problem.setdefault("message", f"the inference server answered {response.status} to {path}.")
        raise self._failure(response.status, problem)

    def _failure(self, status: int, problem: dict[str, Any]) -> KosorongError:
        message, cure = str(problem.get("message", "")), str(problem.get("cure", ""))
        where = str(problem.get("where") or problem.get("param") or self.address)
        if status in _WRONG_REQUEST:
            return InputError(message, where=where, cure=cure)
        if status in _NO_ENTRY:
            error = ServiceError(message, where=self.address, cure=cure)
            error.permanent = True
            return error
        return ServiceError(message, where=self.address, cure=cure or "Try again later.")


def _parse(address: str) -> tuple[bool, str, int | None, str]:
    """Return whether it is encrypted, host, port and the path before every route."""
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in ("http", "https") or not parts.hostname or port == -1:
        raise UsageError(
            f"{address!r} is no address of a server.", cure="Give one like http://127.0.0.1:8001."
        )
    return parts.scheme == "https", parts.hostname, port, parts.path.rstrip("/")
