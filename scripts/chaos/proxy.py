"""A door before a server, which can be shut while the server keeps what it has."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from local_servers import free_port


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    target = 0


class _Pipe(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        """Pass bytes on in both directions until one side ends."""
        with socket.create_connection(("127.0.0.1", self.server.target)) as behind:
            back = threading.Thread(target=_pour, args=(behind, self.request), daemon=True)
            back.start()
            _pour(self.request, behind)
            back.join()


def _pour(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(1 << 16):
            target.sendall(piece)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


class Proxy:
    """Passes connections on to a port of this machine.

    Args:
        target: The port.

    Attributes:
        port: Its own.
    """

    def __init__(self, target: int) -> None:
        self._target, self.port = target, free_port()
        self._server: _Server | None = None

    def __enter__(self) -> Proxy:
        self._server = _Server(("127.0.0.1", self.port), _Pipe)
        self._server.target = self._target
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Refuse every new connection until the block ends."""
        self.__exit__()
        try:
            yield
        finally:
            self.__enter__()
