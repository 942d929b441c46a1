"""Reads TextGrids of Praat: the long and the short form, in any encoding that Praat writes.

>>> labels_of('ooTextFile "TextGrid" 0 1 <exists> 1 "IntervalTier" "말" 0 1 1 0 1 "예."', "a")
[('말', [Label(begin=0.0, end=1.0, text='예.')])]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers.draft import Draft
from kosorong.book.readers.encoding import decode
from kosorong.book.readers.limits import MAX_OFFICE_ELEMENTS, MAX_TEXT_BYTES, read_bytes
from kosorong.book.readers.transcript import Label, read_tiers, tier_of
from kosorong.errors import InputError

_BINARY = b"ooBinaryFile"
# Praat takes only what stands free: numbers, "texts" (a quote is doubled), and <flags>.
_TOKEN = re.compile(
    r'"(?P<text>(?:[^"]|"")*+)"|(?<![^\s\[(=])(?P<number>[-+]?\d{1,15}(?:\.\d{0,20})?(?:[eE][-+]?\d{1,3})?)'
    r"(?![^\s!])|(?P<flag><[a-z]{1,10}>)|![^\n]*"
)
_INTERVALS, _POINTS = "IntervalTier", "TextTier"


def read_textgrid(
    path: Path, *, title: str = "", author: str = "", language: str = ""
) -> Manuscript:
    """Read a TextGrid.

    Args:
        path: The file.
        title: Of the book; the file's name where empty.
        author: Of the book.
        language: `ko` or `jje`; Korean where not given.

    Raises:
        InputError: It is damaged, binary, too large, no TextGrid, or has no text.
    """
    data = read_bytes(path, MAX_TEXT_BYTES)
    if data.startswith(_BINARY):
        raise InputError(
            "The TextGrid is a binary one.",
            where=path.name,
            cure="Open it in Praat and choose Save as text file…",
            reason="wrong_kind",
        )
    decoded = decode(data, path.name)
    draft = Draft(path.name, warnings=list(decoded.warnings))
    tiers = [tier_of(name, labels) for name, labels in labels_of(decoded.text, path.name)]
    return read_tiers(draft, tiers, path, title, author, language)


def labels_of(text: str, where: str) -> list[tuple[str, list[Label]]]:
    """Return the tiers of a TextGrid: name, and intervals or points (of no length).

    Args:
        text: The file.
        where: Its name, for messages.

    Raises:
        InputError: It is cut off, or no TextGrid.
    """
    start = text.find("TextGrid")
    if start < 0:
        raise _damaged(where, "it does not say that it is one")
    tokens = _Tokens(text, start + len('TextGrid"'), where)
    tokens.number(), tokens.number()
    if tokens.flag() != "<exists>":
        return []
    return [_tier(tokens) for _ in range(tokens.count())]


class _Tokens:
    """The values of a file, one after another."""

    def __init__(self, text: str, start: int, where: str) -> None:
        self._where = where
        self._found = self._walk(text, start)

    def _walk(self, text: str, start: int) -> Iterator[re.Match[str]]:
        for match in _TOKEN.finditer(text, start):
            if match.lastgroup:
                yield match

    def _next(self, group: str) -> str:
        match = next(self._found, None)
        if match is None:
            raise _damaged(self._where, "it ends too early")
        value = match[group]
        if value is None:
            raise _damaged(self._where, f"a {group} is missing at character {match.start() + 1}")
        return str(value)

    def number(self) -> float:
        """Return the next value, a number."""
        return float(self._next("number"))

    def count(self) -> int:
        """Return the next value, how many things follow."""
        count = int(self.number())
        if not 0 <= count <= MAX_OFFICE_ELEMENTS:
            raise _damaged(self._where, f"it says that it has {count} entries")
        return count

    def text(self) -> str:
        """Return the next value, a text."""
        return self._next("text").replace('""', '"')

    def flag(self) -> str:
        """Return the next value, a flag."""
        return self._next("flag")


def _tier(tokens: _Tokens) -> tuple[str, list[Label]]:
    kind, name = tokens.text(), tokens.text()
    tokens.number(), tokens.number()
    labels: list[Label] = []
    for _ in range(tokens.count()):
        begin = tokens.number()
        end = tokens.number() if kind == _INTERVALS else begin
        labels.append(Label(begin, end, tokens.text()))
    return name, labels


def _damaged(where: str, why: str) -> InputError:
    return InputError(
        f"The TextGrid is damaged: {why}.",
        where=where,
        cure="Open it in Praat and save it anew as text file.",
        reason="damaged",
    )
