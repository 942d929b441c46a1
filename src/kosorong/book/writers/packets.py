"""A chapter's packets and their sizes, each take's read once for a file."""

from __future__ import annotations

import shutil
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import IO

from kosorong.audio.aac import FRAME
from kosorong.book.edition import Edition, Part
from kosorong.errors import StorageError


@dataclass(frozen=True, slots=True)
class Gathered:
    """A part's packets.

    Attributes:
        sizes: Bytes of each.
        write: Writes them one behind another into a file, once.
    """

    sizes: array[int]
    write: Callable[[IO[bytes]], object]


@contextmanager
def gathered(edition: Edition, part: Part) -> Iterator[Gathered]:
    """Give a part's packets to a file that tells their sizes before them.

    Raises:
        StorageError: The disk is full, or the audio of a segment is damaged.
    """
    known = edition.sizes.get(part.number)
    if known is not None:
        yield Gathered(known, partial(copy_packets, edition, part))
        return
    # From a bucket each take comes by a request of its own: none is asked for twice.
    with edition.spool() as file:
        sizes = copy_packets(edition, part, file)
        file.seek(0)
        yield Gathered(sizes, partial(shutil.copyfileobj, file))


def copy_packets(edition: Edition, part: Part, file: IO[bytes]) -> array[int]:
    """Write a part's packets one behind another; return the bytes of each.

    Raises:
        StorageError: The audio of a segment is damaged, or changed meanwhile.
    """
    known = edition.sizes.get(part.number)
    sizes = array("H")
    for packets in edition.packets(part, trusted=known is not None):
        file.write(packets.data)
        sizes.extend(packets.sizes)
    # What stands in a file's head, in its chapters and in the text's times follows from the rows.
    if len(sizes) != part.samples // FRAME or known not in (None, sizes):
        raise StorageError(
            f"the sound of chapter {part.number} changed while it was being written.",
            where=part.title,
            cure="Run the same command again.",
        )
    edition.sizes[part.number] = sizes
    return sizes
