"""Files that are either whole or not there.

A file is written beside its place under a temporary name, forced to disk and renamed, so that
neither a kill nor a full disk leaves half a file under the real name.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kosorong.errors import StorageError

TEMPORARY = ".part"

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def storage(where: Path) -> Iterator[None]:
    """Turn the operating system's errors on writing into `StorageError`.

    Raises:
        StorageError: The disk is full, or the place cannot be written.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StorageError(
                "the disk is full or the file too large for it.",
                where=str(where),
                cure="Free some space and run the same command again: finished work is kept.",
            ) from error
        raise StorageError(
            f"cannot be written ({error.strerror or error}).",
            where=str(where),
            cure="Check that the folder exists and that you may write there.",
        ) from error


def sync_folder(folder: Path) -> None:
    """Force a folder's entries (a rename just made) to disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def replacing(path: Path, scratch: Path | None = None, *, durable: bool = True) -> Iterator[Path]:
    """Give a temporary path whose file becomes `path` when the block ends well.

    The temporary name keeps the ending, by which encoders tell the format. When the block fails,
    the temporary file is removed and what stood at `path` is left as it was.

    Args:
        path: Where the file shall stand.
        scratch: Folder for the temporary file, on the same file system; beside `path` where None.
        durable: Forced to disk. A file that can be told from a damaged one and made again may be
            spoilt by a crash of the machine.

    Raises:
        StorageError: The disk is full, or the place cannot be written.

    >>> import tempfile
    >>> place = Path(tempfile.mkdtemp()) / "a.txt"
    >>> with replacing(place) as part:
    ...     _ = part.write_text("whole")
    >>> place.read_text()
    'whole'
    """
    # Forty letters of three bytes each stay within what file systems take.
    name = f".{path.stem[:40]}.{os.getpid()}{TEMPORARY}{path.suffix}"
    part = (scratch or path.parent) / name
    with storage(path):
        try:
            yield part
            if durable:
                with part.open("rb") as handle:
                    os.fsync(handle.fileno())
            part.replace(path)
            if durable:
                sync_folder(path.parent)
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        StorageError: The disk is full, or the place cannot be written.
    """
    with replacing(path) as part:
        part.write_bytes(data)
