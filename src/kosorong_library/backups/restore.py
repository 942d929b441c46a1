"""Puts a backup back into an empty library, of any database and any storage."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.core.exceptions import SuspiciousOperation
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from kosorong.audio.files import storage
from kosorong.errors import InputError, StorageError, UsageError
from kosorong_library.accounts.models import User
from kosorong_library.backups import rows
from kosorong_library.backups.backup import ABOUT, FILES, FORMAT
from kosorong_library.library import search
from kosorong_library.library.models import Book, Segment
from kosorong_library.storage.files import keep

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back.

    Attributes:
        rows: Rows of all tables.
        files: Files.
        seconds: That it took.
    """

    rows: int
    files: int
    seconds: float


def restore(path: Path) -> Restored:
    """Put a backup back.

    Files come first and rows in one transaction after them: a restore that is broken off leaves an
    empty library, and can be begun again.

    Args:
        path: What `backup` wrote.

    Raises:
        UsageError: The library here is not empty.
        InputError: This is no backup, it is damaged, or a newer version made it.
        StorageError: There is no room.
    """
    started = time.perf_counter()
    try:
        with tarfile.open(path) as archive:
            about = _about(archive, path)
            _prepare(about)
            files = _files(archive)
            with connection.constraint_checks_disabled(), transaction.atomic():
                count = _rows(archive, about)
                # Nobody is at work on what was in hand then.
                Segment.objects.update(claimed_by="", claimed_until=None, not_before=None)
                search.learn_all()
            connection.check_constraints()
    except (tarfile.TarError, EOFError, KeyError, ValueError, SuspiciousOperation) as error:
        raise _damaged(path, str(error)) from error
    except FileNotFoundError as error:
        raise InputError("there is no such file.", where=str(path), cure="Check it.") from error
    return Restored(count, files, time.perf_counter() - started)


def _damaged(path: Path | str, why: str) -> InputError:
    return InputError(
        f"this is no whole backup ({why}).",
        where=str(path),
        cure="Copy it again from where it was made, or take another.",
    )


def _about(archive: tarfile.TarFile, path: Path) -> dict[str, Any]:
    with _member(archive, ABOUT) as file:
        about: dict[str, Any] = json.load(file)
    if about["format"] != FORMAT:
        raise InputError(
            f"its format is {about['format']}, and this version reads {FORMAT}.",
            where=str(path),
            cure="Restore it with the version that made it.",
        )
    return about


def _member(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    file = archive.extractfile(name)
    if file is None:
        raise KeyError(name)
    return file


def _prepare(about: dict[str, Any]) -> None:
    """Make the tables, see that they are empty, and that this version knows those of the backup."""
    unknown = {tuple(migration) for migration in about["migrations"]} - set(
        MigrationLoader(connection).disk_migrations
    )
    # Apps that only one of two settings installs have no rows in a backup.
    ours = sorted(
        migration
        for migration in unknown
        if migration[0] in {m._meta.app_label for m in rows.tables()}
    )
    if ours:
        raise InputError(
            f"a newer version made it ({ours[0][0]}.{ours[0][1]} is not known here).",
            cure="Install that version, or a later one.",
        )
    call_command("migrate", verbosity=0, interactive=False)
    if User.objects.exists() or Book.objects.exists():
        raise UsageError(
            "this library is not empty, and a backup replaces nothing.",
            cure="Name an empty folder with --data, or an empty database and storage.",
        )


def _files(archive: tarfile.TarFile) -> int:
    count = 0
    with _member(archive, FILES) as listed:
        for line in listed:
            name, size, digest = json.loads(line)
            with _member(archive, f"files/{name}") as source:
                _put(name, size, digest, source)
            count += 1
    return count


def _put(name: str, size: int, digest: str, source: IO[bytes]) -> None:
    """Store a file under the very name that its row has."""
    hashed = hashlib.sha256()
    while piece := source.read(_PIECE):
        hashed.update(piece)
    if hashed.hexdigest() != digest:
        raise _damaged(name, "its bytes are not those that were written")
    source.seek(0)
    with storage(Path(name)):
        if default_storage.exists(name):
            # Of a restore that was broken off.
            default_storage.delete(name)
    if keep(name, File(source, name=name)) != name or default_storage.size(name) != size:
        raise StorageError(
            "the storage gave it another name or size.", where=name, cure="Empty it, try again."
        )


def _rows(archive: tarfile.TarFile, about: dict[str, Any]) -> int:
    models = {model._meta.label_lower: model for model in rows.tables()}
    count = 0
    for label, wanted in about["rows"].items():
        if label not in models:
            raise KeyError(label)
        with _member(archive, f"rows/{label}.jsonl") as file:
            restored = rows.read(models[label], _lines(file))
        if restored != wanted:
            raise ValueError(f"{label} has {restored} rows and should have {wanted}")
        count += restored
    return count


def _lines(file: IO[bytes]) -> Iterator[str]:
    yield from io.TextIOWrapper(file, encoding="utf-8", newline="\n")
