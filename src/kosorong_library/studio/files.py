"""Files in the storage: kept under names of their own, forgotten once nothing needs them."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import groupby
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.files import File
from django.core.files.storage import default_storage
from django.db.models import FileField
from django.utils.crypto import get_random_string

from kosorong.audio.files import storage
from kosorong.errors import StorageError
from kosorong_library.config.ranges import Reader
from kosorong_library.studio.models import Take

_BATCH = 500
# Younger files may belong to work that is not written down yet.
_GRACE = timedelta(hours=1)
_COUNTED_SECONDS = 60
_USED = "used-bytes"
_TAKE, PACKETS = ".flac", ".aac"


def keep(name: str, file: File) -> str:
    """Store a file and return the name it got.

    Raises:
        StorageError: The disk is full, or the place cannot be written.
    """
    with storage(Path(name)):
        return str(default_storage.save(name, file))


def forget(names: Iterable[str | None]) -> None:
    """Delete files, and the folders of books that are empty then."""
    folders = set()
    for name in names:
        if name:
            # What cannot be deleted now is found by the next sweep.
            with contextlib.suppress(OSError, StorageError):
                default_storage.delete(name)
                if name.endswith(_TAKE):
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


def take_name(key: str) -> str:
    """Return a new name for the audio of a take: deleting one never hits its successor."""
    return f"takes/{key[:2]}/{key}-{get_random_string(8)}{_TAKE}"


def packets_name(name: str) -> str:
    """Return where the packets lie that a take's audio was encoded into.

    No row knows of them: they go with the take, and are made again where they are missing.

    >>> packets_name("takes/ab/abcd-1.flac")
    'takes/ab/abcd-1.aac'
    """
    return name.removesuffix(_TAKE) + PACKETS


def put_in_place(name: str, file: File) -> None:
    """Store a file under exactly this name, whatever was there; left out where there is no room."""
    with contextlib.suppress(StorageError):
        got = keep(name, file)
        if got != name:
            default_storage.delete(name)
            forget([got])
            keep(name, file)


def unused_takes(candidates: set[int]) -> list[str]:
    """Delete those takes that no segment needs; return the names of their files."""
    names: list[str] = []
    waiting = sorted(candidates)
    for start in range(0, len(waiting), _BATCH):
        batch = waiting[start : start + _BATCH]
        # Held first, so that no worker hands one of them to a segment between look and deletion.
        list(Take.objects.select_for_update().filter(pk__in=batch).values_list("pk"))
        unused = Take.objects.filter(pk__in=batch, segments=None)
        found = dict(unused.values_list("pk", "audio"))
        Take.objects.filter(pk__in=found).delete()
        names += found.values()
    return names


def reader_of(name: str) -> Reader:
    """Return a reader of a stored file; it is opened when the first byte is asked for."""
    return lambda start, stop: default_storage.read(name, start, stop)


def link_to(name: str, filename: str, content_type: str) -> str:
    """Return an address from which a file can be fetched without us between; "" for none.

    Args:
        name: Of the file.
        filename: Offered for saving.
        content_type: Media type.
    """
    return str(default_storage.link(name, filename, content_type))


def used_bytes() -> int:
    """Return the bytes of everything stored, as counted within the last minute."""
    return int(cache.get_or_set(_USED, _count_bytes, _COUNTED_SECONDS))


def count_again() -> None:
    """Let the next question for `used_bytes` be answered by counting."""
    cache.delete(_USED)


def _count_bytes() -> int:
    return sum(size for _, size, _ in default_storage.walk(""))


def need_room() -> None:
    """See that the library may grow.

    Raises:
        StorageError: It holds as much as the operator allows.
    """
    if settings.QUOTA_BYTES and used_bytes() >= settings.QUOTA_BYTES:
        raise StorageError(
            "the library holds as much as it may.",
            where="KOSORONG_QUOTA_MIB",
            cure="Delete books that nobody needs, or ask the operator for more room.",
        )


def sweep() -> int:
    """Delete what killed processes left without a row; return how many files."""
    count, limit = 0, time.time() - _GRACE.total_seconds()
    others = set(named_outside_of_takes())
    for below in ("takes", "books"):
        files = default_storage.walk(below)
        for folder, group in groupby(files, lambda one: one[0].rpartition("/")[0]):
            known = others | _takes_in(folder)
            left = [name for name, _, changed in group if name not in known and changed < limit]
            forget(left)
            count += len(left)
    return count


def _takes_in(folder: str) -> set[str]:
    above, _, last = folder.rpartition("/")
    if above != "takes":
        return set()
    names = set(Take.objects.filter(key__startswith=last).values_list("audio", flat=True))
    return names | set(map(packets_name, names))


def named_outside_of_takes() -> Iterator[str]:
    """Yield the names of files that rows of any other kind need."""
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, FileField) and model is not Take:
                rows = model._default_manager.exclude(**{field.name: ""})
                yield from rows.values_list(field.name, flat=True).iterator()
