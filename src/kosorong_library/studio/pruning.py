"""Makes room: files of whole books that can be made again at any time, and what no row names."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import FileField

from kosorong_library.config import queue
from kosorong_library.storage.files import PACKETS, count_again, forget, packets_name, used_bytes
from kosorong_library.studio.models import Export, Take

_DAY = 86_400.0
# Younger files may belong to work that is not written down yet.
_GRACE = timedelta(hours=1)
_UNREAD = 1 << 62


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was taken away.

    Attributes:
        exports: Files of whole books, and encoded takes kept for the next; asked for again, they
            are made again.
        bytes: Of those.
        left: Files that killed processes had left behind.
    """

    exports: int
    bytes: int
    left: int


def prune(days: float, *, need: int = _UNREAD, dry: bool = False) -> Pruned:
    """Delete what can be made again and is older than some days, the oldest first.

    Args:
        days: Younger ones stay.
        need: Bytes after which it is enough.
        dry: Only say what would go; nothing that was left behind is looked for.
    """
    limit = time.time() - days * _DAY
    count, freed = 0, 0
    for _, name, size in sorted([*_exports(limit), *_packets(limit)]):
        if freed >= need:
            break
        if dry or _take_back(name):
            count, freed = count + 1, freed + size
    left = 0 if dry else sweep()
    if not dry:
        queue.prune()
        count_again()
    return Pruned(count, freed, left)


def keep_to_quota() -> Pruned | None:
    """Delete as much as is over the quota; None where nothing is."""
    over = used_bytes() - settings.QUOTA_BYTES if settings.QUOTA_BYTES else 0
    return prune(0.0, need=over) if over > 0 else None


def _exports(limit: float) -> list[tuple[float, str, int]]:
    """Return time, name and bytes of the files that are old enough."""
    known = set(Export.objects.exclude(file="").values_list("file", flat=True))
    return [
        (changed, name, size)
        for name, size, changed in default_storage.walk("books")
        if name in known and changed <= limit
    ]


def _packets(limit: float) -> Iterator[tuple[float, str, int]]:
    """Yield time, name and bytes of the encoded takes that are old enough."""
    for name, size, changed in default_storage.walk("takes"):
        if name.endswith(PACKETS) and changed <= limit:
            yield changed, name, size


def _take_back(name: str) -> bool:
    """Delete a file and the row's word that it is there, in an order that survives a kill."""
    if name.endswith(PACKETS):
        forget([name])
        return True
    rows = Export.objects.filter(file=name, asked_at=None).update(file="", made=None)
    if rows:
        forget([name])
    return bool(rows)


def sweep(*, dry: bool = False) -> int:
    """Delete what killed processes left without a row, or only count it; return how many files."""
    count, limit = 0, time.time() - _GRACE.total_seconds()
    others = set(named_outside_of_takes())
    for below in ("takes", "books"):
        files = default_storage.walk(below)
        for folder, group in groupby(files, lambda file: file[0].rpartition("/")[0]):
            known = others | _takes_in(folder)
            left = [name for name, _, changed in group if name not in known and changed < limit]
            if not dry:
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
