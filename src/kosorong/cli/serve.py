"""`kosorong serve`."""

from __future__ import annotations

import argparse
import os
import secrets
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

from kosorong.cli.common import Commands, need_extra, ranged
from kosorong.cli.supervisor import ServiceProcess, Supervisor
from kosorong.errors import UsageError
from kosorong.serving.settings import DEFAULT_PORT, whole_number

# Whoever listens or reads is answered first: what is made can be made a moment later.
_STANDS_BACK = 5
# How long the page may take to answer before the log says that it does not, seconds.
_PATIENCE = 60.0


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("serve", help="the whole service on one machine")
    parser.add_argument("--host", default="127.0.0.1", help="address of the page")
    parser.add_argument("--port", type=ranged(int, 1, 65535), default=8000, help="of the page")
    parser.add_argument("--data", type=Path, help="folder of database and files")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Run page, worker and inference until Ctrl-C."""
    need_extra("serve", "onnxruntime", "ctranslate2", "flask", "django", "waitress")
    if not _is_free(args.host, args.port):
        raise UsageError(
            f"port {args.port} is taken.",
            where=f"{args.host}:{args.port}",
            cure="Stop what uses it, or choose another with --port.",
        )
    address = f"http://{args.host}:{args.port}"
    watcher = threading.Thread(target=_tell_when_ready, args=(address,), daemon=True)
    Supervisor(processes_of(args.host, args.port, args.data)).run(ready=watcher.start)


def processes_of(host: str, port: int, data: Path | None) -> list[ServiceProcess]:
    """Return the three processes, told where the others are."""
    inference = whole_number(os.environ, "PORT", DEFAULT_PORT, 1, 65535)
    if not _is_free("127.0.0.1", inference):
        inference = _free_port()
    secret = _token()
    environment = {"KOSORONG_INFERENCE_URL": f"http://127.0.0.1:{inference}", **secret}
    # -P: files of the current folder are no modules, whatever they are called.
    kosorong = [sys.executable, "-P", "-m", "kosorong"]
    where = ["--data", str(data)] if data else []
    return [
        # Whoever reads goes on where making stands still.
        ServiceProcess(
            "inference",
            [*kosorong, "inference", "--port", str(inference)],
            secret,
            nice=_STANDS_BACK,
            vital=False,
        ),
        ServiceProcess(
            "api", [*kosorong, "api", "--host", host, "--port", str(port), *where], environment
        ),
        ServiceProcess(
            "worker", [*kosorong, "worker", *where], environment, nice=_STANDS_BACK, vital=False
        ),
    ]


def _token() -> dict[str, str]:
    """Return a token for the parts alone, unless the operator gave one."""
    name = "KOSORONG_INFERENCE_TOKEN"
    if os.environ.get(name) or os.environ.get(f"{name}_FILE"):
        return {}
    return {name: secrets.token_urlsafe(32)}


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _tell_when_ready(address: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/api/health/", timeout=5):  # noqa: S310 (own address)
                print(f"Kosorong is ready: open {address}", file=sys.stderr, flush=True)
                return
        except (OSError, urllib.error.URLError):
            time.sleep(0.2)
    print(f"Kosorong does not answer at {address} yet; see above.", file=sys.stderr, flush=True)
