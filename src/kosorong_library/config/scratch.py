"""Folders for files on their way; those of a killed process are found and removed."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kosorong.audio.files import storage

_PREFIX = "kosorong-work-"
# A younger folder may be one that its maker has not locked yet.
_GRACE_SECONDS = 60.0


@contextmanager
def scratch() -> Iterator[Path]:
    """Give an empty folder that is gone when the block ends.

    Raises:
        StorageError: It cannot be made, or the disk is full.
    """
    above = Path(tempfile.gettempdir())
    with storage(above), tempfile.TemporaryDirectory(prefix=_PREFIX, dir=above) as name:
        lock = os.open(name, os.O_RDONLY)
        try:
            # Held as long as this process lives, however it dies.
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield Path(name)
        finally:
            os.close(lock)


def clear() -> int:
    """Remove what killed processes left; return how many folders."""
    young, count = time.time() - _GRACE_SECONDS, 0
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        # Others may be faster, and folders of other users are theirs.
        with suppress(OSError):
            stat = folder.stat()
            if stat.st_uid == os.geteuid() and stat.st_mtime < young and _is_left(folder):
                shutil.rmtree(folder)
                count += 1
    return count


def _is_left(folder: Path) -> bool:
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(lock)
    return True
