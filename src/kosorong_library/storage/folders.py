"""Files in a folder of this machine. Whatever can be read there is whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage

from kosorong.audio.files import replacing, storage
from kosorong.errors import StorageError

_PIECE = 1 << 16
_CURE = (
    "See that the library may write into KOSORONG_STORAGE and has room there;"
    " everything goes on by itself, and finished work is kept."
)


class Folder(FileSystemStorage):
    """A folder of this machine: a file is written beside its place, forced to disk, then named."""

    def _save(self, name: str, content: File) -> str:
        try:
            self._write(Path(self.path(name)), content)
        except StorageError as error:
            # Where our files lie is nothing for whoever reads this.
            raise StorageError(error.message, where=name, cure=_CURE) from error
        return name

    def _write(self, full: Path, content: File) -> None:
        with storage(full):
            full.parent.mkdir(parents=True, exist_ok=True)
        with replacing(full) as part, part.open("wb") as target:
            for piece in content.chunks():
                target.write(piece)

    def read(self, name: str, start: int, stop: int) -> Iterator[bytes]:
        """Yield the bytes from `start` up to `stop`, in pieces."""
        with self.open(name) as file:
            file.seek(start)
            left = stop - start
            while left and (piece := file.read(min(_PIECE, left))):
                left -= len(piece)
                yield piece

    def look(self, name: str, count: int) -> tuple[int, bytes]:
        """Return how many bytes a file has, and the first `count` of them."""
        with self.open(name) as file:
            return file.size, file.read(count)

    def walk(self, below: str) -> Iterator[tuple[str, int, float]]:
        """Yield name, bytes and time of change (seconds since 1970) of every file."""
        root = Path(self.location)
        for folder, _, names in os.walk(root / below):
            for name in names:
                path = Path(folder) / name
                # Others write and delete meanwhile.
                with suppress(FileNotFoundError):
                    stat = path.stat()
                    yield str(path.relative_to(root)), stat.st_size, stat.st_mtime

    def link(self, name: str, disposition: str, content_type: str) -> str:
        """Return an address from which a file can be fetched; "" where we answer ourselves."""
        return ""
