"""Files in the storage: kept under names of their own, forgotten once nothing needs them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.crypto import get_random_string

from kosorong.audio.files import storage
from kosorong.errors import StorageError
from kosorong_library.studio.models import Take

_BATCH = 500
# Younger files may belong to work that is not written down yet.
_GRACE = timedelta(hours=1)


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
            default_storage.delete(name)
            if name.startswith("books/"):
                folders.add(name.rpartition("/")[0])
    for folder in folders:
        # The storage's delete removes an empty folder and refuses one that is not.
        with contextlib.suppress(OSError):
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
    return f"takes/{key[:2]}/{key}-{get_random_string(8)}.flac"


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


def sweep() -> int:
    """Delete audio that a killed worker left without a row; return how many files."""
    if not default_storage.exists("takes"):
        return 0
    count, limit = 0, timezone.now() - _GRACE
    for folder in default_storage.listdir("takes")[0]:
        names = [f"takes/{folder}/{name}" for name in default_storage.listdir(f"takes/{folder}")[1]]
        known = set(Take.objects.filter(key__startswith=folder).values_list("audio", flat=True))
        for name in set(names) - known:
            if default_storage.get_modified_time(name) < limit:
                default_storage.delete(name)
                count += 1
    return count
