"""Tables of tests that are written as words in a row."""

from __future__ import annotations


def pairs(table: str) -> list[tuple[str, str]]:
    """Return the pairs of a table: every word with the one after it.

    >>> pairs("map 맙 cake 케익")
    [('map', '맙'), ('cake', '케익')]
    """
    words = table.split()
    return list(zip(words[::2], words[1::2], strict=True))
