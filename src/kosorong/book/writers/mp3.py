"""MP3: a tagged file for each chapter, in a folder."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from kosorong.audio.files import storage
from kosorong.book.edition import Edition
from kosorong.book.writers.files import chapter_name


def write_mp3(edition: Edition, target: Path) -> list[Path]:
    """Write a book as one MP3 for each chapter (mono, 64 kbit/s, ID3 tags).

    Args:
        edition: The book.
        target: A folder; each file in it is written whole or not at all.

    Returns:
        The files in order.

    Raises:
        StorageError: The disk is full, or the audio of a segment is damaged.
    """
    paths = []
    with storage(target):
        target.mkdir(exist_ok=True)
    for part in edition.parts:
        path = target / chapter_name(part, len(edition.parts), ".mp3")
        with edition.replacing(path) as place:
            shutil.copyfile(edition.mp3(part), place)
        paths.append(path)
    return paths


def write_one(edition: Edition, target: Path) -> list[Path]:
    """Write the chapters' MP3 files into one archive.

    Args:
        edition: The book.
        target: The archive.

    Returns:
        The archive alone.

    Raises:
        StorageError: The disk is full, or the audio of a segment is damaged.
    """
    with storage(target), zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for file in write_mp3(edition, target.with_suffix("")):
            archive.write(file, file.name)
            file.unlink()
    return [target]
