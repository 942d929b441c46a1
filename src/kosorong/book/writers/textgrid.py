"""Praat's TextGrid: both languages and every word as interval tiers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kosorong.book.edition import Edition
from kosorong.book.writers.whole import Span, length, tiers, write_pieces


def write_textgrid(edition: Edition, target: Path) -> list[Path]:
    """Write the book's times as a TextGrid; see `kosorong.book.formats.write`."""
    return write_pieces(edition, target, _pieces(edition))


def _pieces(edition: Edition) -> Iterator[str]:
    end = length(edition)
    layers = list(tiers(edition))
    yield 'File type = "ooTextFile"\nObject class = "TextGrid"\n\n'
    yield f"xmin = 0\nxmax = {_seconds(end)}\ntiers? <exists>\nsize = {len(layers)}\nitem []:\n"
    for number, (name, spans) in enumerate(layers, 1):
        # Gone through twice: how many there are stands before them.
        size = sum(1 for _ in filled(spans, end))
        yield f'    item [{number}]:\n        class = "IntervalTier"\n        name = "{name}"\n'
        yield f"        xmin = 0\n        xmax = {_seconds(end)}\n"
        yield f"        intervals: size = {size}\n"
        for place, span in enumerate(filled(spans, end), 1):
            yield f"        intervals [{place}]:\n            xmin = {_seconds(span.begin)}\n"
            yield f"            xmax = {_seconds(span.end)}\n"
            yield '            text = "{}"\n'.format(span.text.replace('"', '""'))


def filled(spans: Iterable[Span], end: int) -> Iterator[Span]:
    """Yield spans without gaps up to the end, empty where nothing is said.

    >>> [(span.begin, span.end, span.text) for span in filled([Span(5, 9, "눈")], 20)]
    [(0, 5, ''), (5, 9, '눈'), (9, 20, '')]
    """
    at = 0
    for span in spans:
        if span.begin > at:
            yield Span(at, span.begin, "")
        yield span
        at = span.end
    if at < end:
        yield Span(at, end, "")


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds / 1000:.3f}"
