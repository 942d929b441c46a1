"""A whole book as one run of lines, with times from its beginning, as its M4B has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from kosorong.audio.files import storage
from kosorong.book.edition import Edition, Line, Part
from kosorong.text.cleaning import plain


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time with a text.

    Attributes:
        begin: Milliseconds from the beginning of the book.
        end: The same.
        text: On one line.
    """

    begin: int
    end: int
    text: str


def lines(edition: Edition) -> Iterator[tuple[Part, Line]]:
    """Yield every line that is heard, with its chapter."""
    before = 0
    for part in edition.parts:
        offset = round(before * 1000 / edition.sample_rate)
        for line in edition.lines(part):
            if line.end > line.begin:
                yield part, _moved(line, offset)
        before += part.samples


def _moved(line: Line, offset: int) -> Line:
    """Return a line so many milliseconds later."""
    words = tuple(replace(word, begin=word.begin + offset) for word in line.words)
    return replace(line, begin=line.begin + offset, end=line.end + offset, words=words)


def length(edition: Edition) -> int:
    """Return the milliseconds of the whole book."""
    return round(sum(part.samples for part in edition.parts) * 1000 / edition.sample_rate)


def tiers(edition: Edition) -> Iterator[tuple[str, Iterable[Span]]]:
    """Yield name and spans of each layer: the language read, the one beside, the words."""
    imprint = edition.imprint
    yield imprint.language, _Spans(edition, "text")
    if imprint.beside:
        yield imprint.beside, _Spans(edition, "beside")
    yield "words", _Spans(edition, "words")


class _Spans:
    """Spans that can be gone through more than once, none of them held."""

    def __init__(self, edition: Edition, layer: str) -> None:
        self._edition, self._layer = edition, layer

    def __iter__(self) -> Iterator[Span]:
        at = 0
        for _, line in lines(self._edition):
            for span in self._of(line):
                # What overlaps by a rounding would be against the formats.
                begin = max(span.begin, at)
                if span.end > begin and span.text:
                    at = span.end
                    yield Span(begin, span.end, span.text)

    def _of(self, line: Line) -> Iterator[Span]:
        if self._layer == "words":
            edges = [word.begin for word in line.words] + [line.end]
            for word, (begin, end) in zip(line.words, pairwise(edges), strict=True):
                yield Span(begin, end, plain(word.text))
        else:
            text = line.text if self._layer == "text" else line.beside
            yield Span(line.begin, line.end, plain(text))


def write_pieces(edition: Edition, target: Path, pieces: Iterable[str]) -> list[Path]:
    """Write a text file, whole or not at all.

    Args:
        edition: The book.
        target: The file.
        pieces: Of its text, in order.

    Returns:
        The file alone.

    Raises:
        StorageError: The disk is full.
    """
    with (
        storage(target),
        edition.replacing(target) as place,
        place.open("w", encoding="utf-8", newline="\n") as file,
    ):
        file.writelines(pieces)
    return [target]
