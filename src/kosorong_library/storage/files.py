"""Files in the storage: kept under names of their own, forgotten once nothing needs them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.core.cache import cache
from django.core.files import File
from django.core.files.storage import default_storage

from kosorong.audio.files import storage
from kosorong.errors import StorageError

_COUNTED_SECONDS = 60
_USED = "used-bytes"
SOUND, PACKETS = ".flac", ".aac"

Reader = Callable[[int, int], Iterator[bytes]]
"""Yields the bytes from the first position up to the second, in pieces."""


def keep(name: str, file: File) -> str:
    """Store a file and return the name it got.

    Raises:
        StorageError: The disk is full, or the place cannot be written.
    """
    with storage(Path(name)):
        kept = str(default_storage.save(name, file))
    # Whoever brings much within a minute is to be noticed within that minute.
    with contextlib.suppress(ValueError):
        cache.incr(_USED, file.size)
    return kept


def forget(names: Iterable[str | None]) -> None:
    """Delete files, and the folders of books that are empty then."""
    folders = set()
    for name in names:
        if name:
            # What cannot be deleted now is found by the next sweep.
            with contextlib.suppress(OSError, StorageError):
                default_storage.delete(name)
                if name.endswith(SOUND):
                    default_storage.delete(packets_name(name))
            if name.startswith("books/"):
                folders.add(name.rpartition("/")[0])
    for folder in folders:
        # The storage's delete removes an empty folder and refuses one that is not.
        with contextlib.suppress(OSError, StorageError):
            default_storage.delete(folder)


def size_of(name: str) -> int:
    """Return the bytes of a stored file.

    Raises:
        StorageError: It is gone.
    """
    try:
        return int(default_storage.size(name))
    except FileNotFoundError as error:
        raise StorageError(
            "a file is gone.", where=name, cure="Restore it from a backup, or make it again."
        ) from error


def look(name: str, count: int) -> tuple[int, bytes]:
    """Return the bytes of a stored file, how many and the first of them.

    Raises:
        FileNotFoundError: It is gone.
        StorageError: The storage does not answer.
    """
    size, head = default_storage.look(name, count)
    return int(size), bytes(head)


def packets_name(name: str) -> str:
    """Return where the packets lie that a take's audio was encoded into.

    No row knows of them: they go with the take, and are made again where they are missing.

    >>> packets_name("takes/ab/abcd-1.flac")
    'takes/ab/abcd-1.aac'
    """
    return name.removesuffix(SOUND) + PACKETS


def put_in_place(name: str, file: File) -> None:
    """Store a file under exactly this name, whatever was there; left out where there is no room."""
    with contextlib.suppress(StorageError):
        got = keep(name, file)
        if got != name:
            default_storage.delete(name)
            forget([got])
            keep(name, file)


def reader_of(name: str) -> Reader:
    """Return a reader of a stored file; it is opened when the first byte is asked for."""
    return lambda start, stop: default_storage.read(name, start, stop)


def link_to(name: str, disposition: str, content_type: str) -> str:
    """Return an address from which a file can be fetched without us between; "" for none.

    Args:
        name: Of the file.
        disposition: Header that says how it is called; see `saved_as`.
        content_type: Media type.
    """
    return str(default_storage.link(name, disposition, content_type))


def saved_as(filename: str, plain: str) -> str:
    r"""Return the header that says how a file is called where it is saved.

    Args:
        filename: In any letters.
        plain: In ASCII letters, for programs such as `curl -OJ` that know no others.

    >>> saved_as("겨울.m4b", "book-1.m4b")
    'attachment; filename="book-1.m4b"; filename*=UTF-8\'\'%EA%B2%A8%EC%9A%B8.m4b'
    """
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"


def used_bytes() -> int:
    """Return the bytes of everything stored, as counted within the last minute."""
    return int(cache.get_or_set(_USED, _count_bytes, _COUNTED_SECONDS))


def count_again() -> None:
    """Let the next question for `used_bytes` be answered by counting."""
    cache.delete(_USED)


def _count_bytes() -> int:
    return sum(size for _, size, _ in default_storage.walk(""))


def check_quota(more: int = 0) -> None:
    """See that the library may grow.

    Args:
        more: Bytes by which.

    Raises:
        StorageError: It holds as much as the operator allows, or would then.
    """
    if settings.QUOTA_BYTES and used_bytes() + max(1, more) > settings.QUOTA_BYTES:
        raise StorageError(
            "the library holds as much as it may.",
            where="KOSORONG_QUOTA_MIB",
            cure="Delete books that nobody needs, or ask the operator for more room.",
        )
