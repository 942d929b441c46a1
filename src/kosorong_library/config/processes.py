"""Names of this machine's processes, by which what the dead held is known."""

from __future__ import annotations

import os
import socket


def worker_name() -> str:
    """Return `host:process`, by which claims and tasks of the dead are known."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


def is_dead(name: str) -> bool:
    """Say whether a name begins with that of a worker of this machine that is gone.

    Our own number on it is a predecessor's.
    """
    host, process, *_ = [*name.split(":"), ""]
    if host != worker_name().rpartition(":")[0] or not process.isdecimal():
        return False
    if int(process) == os.getpid():
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
