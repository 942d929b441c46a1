"""WebVTT: a cue for each sentence of a chapter, each word with its time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kosorong.audio.files import storage
from kosorong.book.edition import Edition, Line, Part
from kosorong.book.timing import clock
from kosorong.book.writers.files import chapter_name
from kosorong.book.writers.whole import lines
from kosorong.text.cleaning import plain


def write_vtt(edition: Edition, target: Path) -> list[Path]:
    """Write a book's timings as one WebVTT file for each chapter, times from its beginning.

    Args:
        edition: The book.
        target: A folder; each file in it is written whole or not at all.

    Returns:
        The files in order.

    Raises:
        StorageError: The disk is full.
    """
    paths = []
    with storage(target):
        target.mkdir(exist_ok=True)
    for part in edition.parts:
        path = target / chapter_name(part, len(edition.parts), ".vtt")
        with (
            edition.replacing(path) as place,
            place.open("w", encoding="utf-8", newline="\n") as file,
        ):
            for piece in _chapter(edition, part):
                file.write(piece)
        paths.append(path)
    return paths


def write_one(edition: Edition, target: Path) -> list[Path]:
    """Write one WebVTT file with times from the beginning of the book, as its M4B has them.

    Args:
        edition: The book.
        target: The file.

    Returns:
        The file alone.

    Raises:
        StorageError: The disk is full.
    """
    with storage(target), target.open("w", encoding="utf-8", newline="\n") as file:
        file.write(head(edition, edition.imprint.title))
        for _, line in lines(edition):
            file.write(cue(line))
    return [target]


def head(edition: Edition, title: str) -> str:
    """Return the beginning of a file."""
    imprint = edition.imprint
    return (
        f"WEBVTT {_one_line(title)}\nLanguage: {imprint.language}\n\n"
        f"NOTE\n{_one_line(imprint.comment)}\n\n"
    )


def _chapter(edition: Edition, part: Part) -> Iterator[str]:
    yield head(edition, part.title)
    for line in edition.lines(part):
        if line.end > line.begin:
            yield cue(line)


def cue(line: Line) -> str:
    """Return the cue of one segment.

    >>> from kosorong.book.edition import TimedWord
    >>> words = (TimedWord("혼저", 0, None), TimedWord("옵서.", 400, None))
    >>> print(cue(Line(0, 0, "body", "혼저 옵서.", "", 0, 900, None, words)), end="")
    s1
    00:00:00.000 --> 00:00:00.900
    혼저 <00:00:00.400>옵서.
    <BLANKLINE>
    """
    pieces = [escape(line.text)]
    if line.words:
        pieces = [escape(line.words[0].text)]
        at = line.begin
        for word in line.words[1:]:
            # The standard wants times inside a cue to grow, and to lie within it.
            if at < word.begin < line.end:
                at = word.begin
                pieces.append(f"<{clock(at)}>{escape(word.text)}")
            else:
                pieces.append(escape(word.text))
    times = f"{clock(line.begin)} --> {clock(line.end)}"
    return f"s{line.position + 1}\n{times}\n{' '.join(pieces)}\n\n"


def escape(text: str) -> str:
    """Return a text as it stands in a cue.

    >>> escape("a < b & c --> d")
    'a &lt; b &amp; c --&gt; d'
    """
    safe = plain(text).replace("&", "&amp;")
    return safe.replace("<", "&lt;").replace(">", "&gt;")


def _one_line(text: str) -> str:
    return plain(text).replace("-->", "→")
