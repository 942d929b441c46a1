"""The process behind `kosorong inference`: one waitress, several threads."""

from __future__ import annotations

import logging
import signal
import socket
import sys
from dataclasses import replace
from types import FrameType
from typing import NoReturn

from kosorong import logs
from kosorong.errors import ServiceError, UsageError
from kosorong.serving.app import create_app
from kosorong.serving.models import Models
from kosorong.serving.settings import Settings

# Threads beyond those that may wait for a turn, so that /health is always answered.
_SPARE = 4

_LOCAL = ("127.0.0.1", "localhost", "::1")


def threads_for(settings: Settings, threads: int | None) -> int:
    """Return how many requests are held at once.

    Raises:
        UsageError: `threads` leaves none for requests that need no turn.
    """
    if threads is None:
        return settings.queue + _SPARE
    if threads <= settings.queue:
        raise UsageError(
            f"{threads} threads are too few for a queue of {settings.queue}.",
            where="--threads",
            cure=f"Give at least {settings.queue + 1}, or a smaller KOSORONG_INFERENCE_QUEUE.",
        )
    return threads


def serve(host: str, port: int, settings: Settings, threads: int | None = None) -> None:
    """Load the models and answer requests until stopped.

    Args:
        host: Address to listen at.
        port: Port to listen at; 0 takes a free one.
        settings: Limits and the token.
        threads: Requests held at once; None takes the queue's length and a few more.

    Raises:
        BundleError: A model is missing or damaged.
        ServiceError: The address cannot be listened at.
        UsageError: Too few threads.
    """
    from waitress import create_server

    count = threads_for(settings, threads)
    logs.begin(logging.WARNING, "kosorong inference: %(message)s")
    with listen(host, port) as place:
        server = create_server(
            create_app(Models.open(), replace(settings, local=host in _LOCAL)),
            sockets=[place],
            threads=count,
            # Beyond the app's own limit, whose answer is JSON and says the cure.
            max_request_body_size=4 * settings.body_bytes,
            channel_timeout=300,
            ident="kosorong",
            clear_untrusted_proxy_headers=True,
        )
        signal.signal(signal.SIGTERM, _stop)
        if host not in _LOCAL and not settings.token:
            _say("everybody who reaches this address may use it: set KOSORONG_INFERENCE_TOKEN")
        shown = f"[{host}]" if ":" in host else host
        _say(f"listening at http://{shown}:{place.getsockname()[1]}")
        server.run()


def listen(host: str, port: int) -> socket.socket:
    """Take a port; callers wait there until the models are loaded.

    Raises:
        ServiceError: It cannot be had.

    >>> with listen("127.0.0.1", 0) as place:
    ...     place.getsockname()[0]
    '127.0.0.1'
    """
    try:
        addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = addresses[0]
        return socket.create_server((str(address[0]), port), family=family, backlog=1024)
    except OSError as error:
        raise ServiceError(
            f"cannot listen there ({error.strerror or error}).",
            where=f"{host}:{port}",
            cure="Stop what listens there, or choose another --host or --port.",
        ) from error


def _say(message: str) -> None:
    print(f"kosorong inference: {message}", file=sys.stderr, flush=True)


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    """End as with Ctrl-C, so that answers at work are finished."""
    raise SystemExit(0)
