"""MP3: a tagged file for each chapter, in a folder."""

from __future__ import annotations

import shutil
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
