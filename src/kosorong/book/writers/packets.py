"""A chapter's packets and their sizes, gone through as seldom as may be."""

from __future__ import annotations

from array import array
from typing import IO

from kosorong.book.edition import Edition, Part
from kosorong.errors import StorageError


def sizes_of(edition: Edition, part: Part) -> array[int]:
    """Return the bytes of each of a part's packets, known once they were gone through."""
    if part.number not in edition.sizes:
        sizes = array("H")
        for packets in edition.packets(part):
            sizes.extend(packets.sizes)
        edition.sizes[part.number] = sizes
    return edition.sizes[part.number]


def copy_packets(edition: Edition, part: Part, file: IO[bytes]) -> array[int]:
    """Write a part's packets one behind another; return the bytes of each.

    Raises:
        StorageError: The audio of a segment is damaged, or changed between two formats.
    """
    known = edition.sizes.get(part.number)
    sizes = array("H")
    for packets in edition.packets(part, trusted=known is not None):
        file.write(packets.data)
        sizes.extend(packets.sizes)
    if known not in (None, sizes):
        raise StorageError(
            f"the sound of chapter {part.number} changed while it was being written.",
            where=part.title,
            cure="Run the same command again.",
        )
    edition.sizes[part.number] = sizes
    return sizes
