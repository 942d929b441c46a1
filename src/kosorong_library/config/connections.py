"""How connections are held: many, by a socket each.

Waitress hands a request to a thread once all of it is there, and sends what the thread leaves. Here
it is kept from letting threads wait for readers: nothing is held back for a thread to wait on (see
`flow`), a second request on a connection waits outside of the threads until the first answer is
nearly gone, and whoever takes nothing loses the connection.
"""

from __future__ import annotations

import resource
import socket
import struct
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from waitress.buffers import OverflowableBuffer
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer, create_server

from kosorong_library.config.flow import Flow
from kosorong_library.config.http_errors import JsonErrorTask, NoRoomError

PATIENCE = 60.0
"""Seconds without a byte, in whichever direction, after which a connection is closed."""
PLACES = 1000
"""Most connections; beyond nine tenths of them each newcomer takes the place of an idle one."""
_CROWDED = 0.9
HELD = 64 << 20
"""Bytes of answers that may wait for their readers; beyond it those go who take nothing."""
_STANDS_STILL = 5.0
# A second answer is begun when no more than this is left of the first, bytes.
_NEARLY_GONE = 1 << 18
_SENT_AHEAD = 1 << 17
_FILES = 4096


class Body(OverflowableBuffer):
    """Bytes of a request; where the disk has no room for them, it is refused at its end.

    Args:
        overflow: Bytes that are kept in memory.
        request: Whose.
    """

    def __init__(self, overflow: int, request: Request) -> None:
        super().__init__(overflow)
        self._request = request

    def append(self, data: bytes) -> None:
        """Take bytes."""
        if self._request.error is not None:
            return
        try:
            super().append(data)
        except OSError:
            self._request.error = NoRoomError("")
            with suppress(OSError):
                self.close()
            self.buf, self.strbuf = None, b""


class Request(HTTPRequestParser):
    """A request as it arrives."""

    def parse_header(self, header: bytes) -> None:
        """Read the header, and see to the body's room."""
        super().parse_header(header)
        if self.body_rcv is not None:
            self.body_rcv.buf = Body(self.adj.inbuf_overflow, self)


class Channel(HTTPChannel):
    """A connection."""

    error_task_class = JsonErrorTask
    parser_class = Request
    postponed = has_asked = False

    def __init__(self, server: Any, sock: socket.socket, *options: Any, **named: Any) -> None:
        # The kernel takes more when a third of this is gone: of the usual 2.5 MB, the third would
        # take a slow reader longer than our patience.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SENT_AHEAD)
        super().__init__(server, sock, *options, **named)
        make_place(server.active_channels.values(), places())

    @property
    def is_idle(self) -> bool:
        """Whether no thread works for it."""
        return self.postponed or not self.requests

    @property
    def held(self) -> int:
        """Bytes of memory that wait to be sent."""
        waiting = (_flow_of(buffer) or buffer for buffer in self.outbufs)
        return sum(part.held if isinstance(part, Flow) else len(part) for part in waiting)

    def drop(self) -> None:
        """End the connection from the server's own thread; what was not taken is forgotten.

        Waitress would wait until the other side takes something.
        """
        with suppress(OSError):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.will_close = True
        self.handle_close()

    def write_soon(self, data: Any) -> int:
        """Hand over what is to be sent."""
        if (flow := _flow_of(data)) is not None:
            flow.sent_by(self._wake)
        count = int(super().write_soon(data))
        if count > _NEARLY_GONE:
            make_room(self.server.active_channels.values(), HELD)
        return count

    def _wake(self) -> None:
        # A server that was closed meanwhile has nobody to wake.
        with suppress(OSError):
            self.server.pull_trigger()

    def writable(self) -> bool:
        """Say whether there is something to send; what is still being made is waited for."""
        # Asked of every connection whenever anything happens on one of them.
        if self.postponed:
            self._take_turn()
        if not self.total_outbufs_len:
            return bool(self.will_close or self.close_when_flushed)
        flow = _flow_of(self.outbufs[0])
        if flow is not None and flow.broken:
            self.will_close = True
        if flow is not None and not flow.ready:
            return bool(self.will_close)
        return bool(super().writable())

    def handle_write(self) -> None:
        """Send; where little is left, the request that stood in line has its turn."""
        super().handle_write()
        self._take_turn()

    def _take_turn(self) -> None:
        """Let a thread begin what stood in line; the server's own thread alone calls this."""
        if self.postponed and self.total_outbufs_len <= _NEARLY_GONE:
            self.postponed = False
            self.server.add_task(self)

    def service(self) -> None:
        """Answer the first request, unless much of the answer before it is not taken yet."""
        self.has_asked = True
        if self.connected and self.total_outbufs_len > _NEARLY_GONE:
            self.postponed = True
            # All of it may be gone by now, and nothing would call again.
            self.server.pull_trigger()
        else:
            super().service()


def server_of(
    application: Any, host: str, port: int, *, threads: int, most: int, proxy: Mapping[str, Any]
) -> Any:
    """Return a server that listens; `run` answers until it is stopped.

    Args:
        application: Of WSGI.
        host: Address or name to listen at.
        port: TCP port.
        threads: How many requests are worked for at once.
        most: Bytes of the largest body.
        proxy: Waitress' options of the proxy that is trusted.

    Raises:
        OSError: The address cannot be listened at.
        ValueError: There is no such address.
    """
    listening: dict[int, Any] = {}
    server = create_server(
        application,
        listening,
        host=host,
        port=port,
        threads=threads,
        channel_request_lookahead=1,
        connection_limit=places(),
        channel_timeout=PATIENCE,
        cleanup_interval=1,
        # No thread waits until much of an answer is gone, and none of it is laid on the disk.
        outbuf_high_watermark=1 << 62,
        outbuf_overflow=1 << 62,
        # `select` knows no more than 1,024 files.
        asyncore_use_poll=True,
        max_request_body_size=most,
        **proxy,
        ident="kosorong",
    )
    # A name may stand for several addresses, each with a server of its own.
    for place in [place for place in listening.values() if isinstance(place, BaseWSGIServer)]:
        place.channel_class = Channel
        place.maintenance = partial(end_stalled, place.active_channels)
    return server


def _flow_of(buffer: Any) -> Flow | None:
    file = getattr(buffer, "file", None)
    return file if isinstance(file, Flow) else None


def _longest_still(channels: Iterable[Channel]) -> list[Channel]:
    """Return connections that nobody works for, those first that did nothing for the longest time.

    One that never asked goes before one that waits to ask again, and last those that are answered.
    """
    idle = [channel for channel in list(channels) if channel.is_idle and not channel.will_close]
    return sorted(
        idle,
        key=lambda channel: (
            channel.total_outbufs_len > 0,
            channel.has_asked,
            channel.last_activity,
        ),
    )


def make_place(channels: Iterable[Channel], most: int) -> None:
    """Close the connection that is needed least where nearly as many are open as may be."""
    open_ = [channel for channel in list(channels) if not channel.will_close]
    if len(open_) > _CROWDED * most:
        for idle in _longest_still(open_)[:1]:
            idle.drop()


def make_room(channels: Iterable[Channel], most: int) -> None:
    """Mark connections that take nothing of their answers where these fill more than may be."""
    open_, now = [channel for channel in list(channels) if not channel.will_close], time.time()
    held = sum(channel.held for channel in open_)
    for idle in _longest_still(open_):
        if held <= most:
            return
        if idle.held and idle.last_activity < now - _STANDS_STILL:
            held -= idle.held
            idle.will_close = True


def places() -> int:
    """Return how many connections there may be: each may have a file open besides its socket."""
    return min(PLACES, (resource.getrlimit(resource.RLIMIT_NOFILE)[0] - 100) // 2)


def allow_files() -> None:
    """Let this process have as many files open as its places need, where the machine lets it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _FILES if hard == resource.RLIM_INFINITY else min(hard, _FILES)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def end_stalled(channels: Mapping[int, Channel], now: float) -> None:
    """Close what is marked, and connections on which nothing moved for `PATIENCE` seconds."""
    for channel in list(channels.values()):
        stalled = channel.is_idle and channel.last_activity < now - PATIENCE
        # What is marked goes by itself if the other side takes the rest of its answer.
        if stalled or (channel.will_close and channel.last_activity < now - _STANDS_STILL):
            channel.drop()
