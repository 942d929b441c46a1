"""One archive of everything that cannot be made again, made while the service runs.

The archive is a plain tar file: `files/…`, `rows/….jsonl`, `files.jsonl` (name, bytes, SHA-256 of
each file) and `backup.json`. Rows are read in one snapshot, files after it. A file that was deleted
in between takes its row along, so that rows are read again until every file of a snapshot is there;
names are never used twice, so that a file copied once need not be copied again.
"""

from __future__ import annotations

import glob
import hashlib
import io
import json
import tarfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from kosorong import __version__
from kosorong.audio.files import TEMPORARY, replacing
from kosorong.errors import StorageError
from kosorong_library.backups import rows
from kosorong_library.config.processes import is_dead, worker_name
from kosorong_library.config.scratch import scratch

FORMAT = 1
ABOUT, FILES = "backup.json", "files.jsonl"
# Each is shorter than the one before: what was copied once is not copied again.
_ROUNDS = 40
# A part that nobody wrote to for so long is nobody's.
_GRACE_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup holds.

    Attributes:
        rows: Rows of all tables.
        files: Files.
        bytes: Of those files.
        lost: Names of files that rows need and the storage does not have.
        seconds: That it took.
    """

    rows: int
    files: int
    bytes: int
    lost: tuple[str, ...]
    seconds: float


def backup(path: Path) -> BackedUp:
    """Write a backup.

    Args:
        path: Of the archive; what stood there stays until the new one is whole.

    Raises:
        StorageError: There is no room, or the library changes faster than it can be copied.
    """
    started = time.perf_counter()
    _clear_parts(path)
    with (
        replacing(path) as part,
        scratch() as folder,
        tarfile.open(part, "w") as archive,
    ):
        copier = _Copier(archive, folder)
        counts, lost = copier.run()
        copier.close(counts, lost)
    files = copier.wanted
    return BackedUp(
        sum(counts.values()),
        len(files),
        sum(copier.stored[name][0] for name in files),
        tuple(sorted(lost)),
        time.perf_counter() - started,
    )


def _clear_parts(path: Path) -> None:
    """Remove what backups to this place left that were killed."""
    ours = worker_name().rpartition(":")[0]
    old = time.time() - _GRACE_SECONDS
    for part in path.parent.glob(f".{glob.escape(path.stem[:40])}.*{TEMPORARY}{path.suffix}"):
        process = part.name.removesuffix(f"{TEMPORARY}{path.suffix}").rpartition(".")[2]
        with suppress(OSError):
            # Another machine may write to the same place.
            if is_dead(f"{ours}:{process}") and part.stat().st_mtime < old:
                part.unlink()


@dataclass(slots=True)
class _Copier:
    """Fills an archive.

    Attributes:
        archive: Open for writing.
        folder: For rows until they are whole.
        stored: Bytes and SHA-256 of each file that the archive has.
        wanted: Those that the rows need.
    """

    archive: tarfile.TarFile
    folder: Path
    stored: dict[str, tuple[int, str]] = field(default_factory=dict)
    wanted: list[str] = field(default_factory=list)

    def run(self) -> tuple[dict[str, int], set[str]]:
        """Copy until files and rows belong together; return rows by table, and files lost."""
        before: set[str] = set()
        for _ in range(_ROUNDS):
            counts, names = self._snapshot()
            missing = {name for name in names if not self._copy(name)}
            # What is missed twice while a row still names it was not deleted: it is gone.
            if missing <= before:
                self.wanted = [name for name in names if name not in missing]
                return counts, missing
            before = missing
        raise StorageError(
            f"the library changed faster than it could be copied, {_ROUNDS} times in a row.",
            cure="Try again when fewer books are deleted.",
        )

    def _snapshot(self) -> tuple[dict[str, int], list[str]]:
        counts: dict[str, int] = {}
        names: list[str] = []
        with rows.snapshot():
            for model in rows.tables():
                label = model._meta.label_lower
                counts[label] = rows.write(model, self.folder / f"{label}.jsonl")
                names += rows.names_of_files(model)
        return counts, sorted(set(names))

    def _copy(self, name: str) -> bool:
        """Copy a file; False where it is not there."""
        if name in self.stored:
            return True
        try:
            size = default_storage.size(name)
            source = _Hashed(default_storage.read(name, 0, size))
            entry = tarfile.TarInfo(f"files/{name}")
            entry.size = size
            # Opened before the archive learns of it: a file that is gone leaves no trace there.
            source.fill()
            self.archive.addfile(entry, source)
        except FileNotFoundError:
            return False
        self.stored[name] = (size, source.digest.hexdigest())
        return True

    def close(self, counts: dict[str, int], lost: set[str]) -> None:
        """Add rows, the list of files, and what this backup is."""
        for label in counts:
            self.archive.add(self.folder / f"{label}.jsonl", f"rows/{label}.jsonl")
        listed = self.folder / FILES
        with listed.open("w", encoding="utf-8", newline="\n") as file:
            for name in self.wanted:
                print(json.dumps([name, *self.stored[name]], ensure_ascii=False), file=file)
        self.archive.add(listed, FILES)
        about = {
            "format": FORMAT,
            "version": __version__,
            "made_at": timezone.now().isoformat(),
            "database": connection.vendor,
            "migrations": sorted(map(list, MigrationRecorder(connection).applied_migrations())),
            "rows": counts,
            "lost": sorted(lost),
        }
        text = json.dumps(about, ensure_ascii=False, indent=1).encode()
        entry = tarfile.TarInfo(ABOUT)
        entry.size = len(text)
        self.archive.addfile(entry, io.BytesIO(text))


class _Hashed(io.RawIOBase):
    """Pieces of bytes as a file that knows the SHA-256 of what was read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._left = pieces, b""
        self.digest = hashlib.sha256()

    def fill(self) -> None:
        """Fetch a piece where none is left."""
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return
            self._left = piece

    def read(self, size: int = -1) -> bytes:
        """Return at most `size` bytes, fewer only at the end."""
        parts, wanted = [], size
        while wanted:
            self.fill()
            if not self._left:
                break
            part, self._left = self._left[:wanted], self._left[wanted:]
            parts.append(part)
            wanted -= len(part)
        read = b"".join(parts)
        self.digest.update(read)
        return read
