"""A folder that one process at a time may work in."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from kosorong.audio.files import storage
from kosorong.errors import StorageError


def take_lock(folder: Path) -> int:
    """Hold a folder's lock and return its handle; closing the handle lets go of it.

    The system lets go of it when the process ends, however it ends: a kill leaves no stale lock.

    Raises:
        StorageError: Another process holds it; the message names that process.
    """
    path = folder / "lock"
    with storage(path):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = os.read(handle, 32).decode("ascii", "replace").strip()
        os.close(handle)
        raise StorageError(
            f"another process ({holder or 'unknown'}) is making this book.",
            where=str(folder),
            cure="Wait until it is done, or stop it and run the same command again.",
        ) from None
    os.ftruncate(handle, 0)
    os.pwrite(handle, str(os.getpid()).encode(), 0)
    return handle
