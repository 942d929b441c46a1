"""SRT: a numbered cue for each sentence of the book, the other language beneath."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kosorong.book.edition import Edition, Line
from kosorong.book.timing import clock
from kosorong.book.writers.whole import lines, write_pieces
from kosorong.text.cleaning import plain


def write_srt(edition: Edition, target: Path) -> list[Path]:
    """Write the book's sentences as SRT; see `kosorong.book.formats.write`."""
    return write_pieces(edition, target, _cues(edition))


def _cues(edition: Edition) -> Iterator[str]:
    for number, (_, line) in enumerate(lines(edition), 1):
        yield cue(number, line)


def cue(number: int, line: Line) -> str:
    """Return one cue.

    >>> print(cue(1, Line(0, 0, "body", "혼저 옵서.", "어서 오세요.", 0, 900, None, ())), end="")
    1
    00:00:00,000 --> 00:00:00,900
    혼저 옵서.
    어서 오세요.
    <BLANKLINE>
    """
    times = f"{clock(line.begin)} --> {clock(line.end)}".replace(".", ",")
    texts = (plain(text).replace("-->", "→") for text in (line.text, line.beside))
    shown = "\n".join(text for text in texts if text)
    return f"{number}\n{times}\n{shown}\n\n"
