"""WebVTT without times of words, for readers that take those for the ends of lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kosorong.book.edition import Edition
from kosorong.book.timing import clock
from kosorong.book.writers.vtt import escape, head
from kosorong.book.writers.whole import lines, write_pieces


def write_vttplain(edition: Edition, target: Path) -> list[Path]:
    """Write the book's sentences as WebVTT; see `kosorong.book.formats.write`."""
    return write_pieces(edition, target, _pieces(edition))


def _pieces(edition: Edition) -> Iterator[str]:
    yield head(edition, edition.imprint.title)
    for _, line in lines(edition):
        # Without names of cues too, which some take for a line of the one before.
        yield f"{clock(line.begin)} --> {clock(line.end)}\n{escape(line.text)}\n\n"
