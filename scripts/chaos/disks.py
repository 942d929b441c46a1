"""Small disks that fill up and refuse; they are mounted, which wants root."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

_MIB = 32
# Less than one segment needs: a page of the database and a little sound.
_LEFT = 16 << 10


@contextmanager
def mounted(place: Path) -> Iterator[Path]:
    """Mount a small tmpfs until the block ends, or skip where that is not allowed."""
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={_MIB}m", "tmpfs", str(place)]
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"a tmpfs cannot be mounted here ({done.stderr.strip()})")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@contextmanager
def filled(place: Path) -> Iterator[None]:
    """Leave next to no room on a small disk until the block ends."""
    ballast, size = place / "ballast", 0
    with ballast.open("wb") as file:
        # Others take and give back room at the same time.
        for _ in range(100):
            more = shutil.disk_usage(place).free - _LEFT
            if more > 0:
                with suppress(OSError):
                    os.posix_fallocate(file.fileno(), size, more)
                    size += more
    try:
        yield
    finally:
        ballast.unlink()


@contextmanager
def read_only(place: Path) -> Iterator[None]:
    """Refuse every write to a mounted disk until the block ends."""
    _remount(place, "ro")
    try:
        yield
    finally:
        _remount(place, "rw")


def _remount(place: Path, way: str) -> None:
    words = ["mount", "-o", f"remount,{way}", str(place)]
    for _ in range(100):
        # Busy as long as somebody has a file open for writing.
        if subprocess.run(words, check=False, capture_output=True).returncode == 0:
            return
        time.sleep(0.05)
    subprocess.run(words, check=True)
