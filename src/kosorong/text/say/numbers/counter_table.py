"""What is counted and what is numbered, each group with its reason, as `data/counters.tsv` has it.

What is counted takes native numerals, what a number names takes Sino-Korean ones; the page
docs/reference/reading-conventions.md shows the groups with their sources.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from kosorong.text.tables import TEXT, Row, read_table


@dataclass(frozen=True, slots=True)
class Group:
    """Words that take one kind of numeral for one reason.

    Attributes:
        words: The words.
        reason: Why, in one line; the page of conventions repeats it.
    """

    words: tuple[str, ...]
    reason: str


def _limit(row: Row) -> tuple[str, int]:
    """Return a counter and the greatest number that it takes native numerals with."""
    word, upto = row.cells[1:3]
    if not upto.isascii() or not upto.isdigit():
        raise row.refuse(f"upto is {upto!r}.", "Write a number, or leave it empty.")
    return word, int(upto)


_ROWS = read_table(TEXT, "counters", ("group", "word", "upto", "reason"))
_GROUPS = {
    name: Group(tuple(row.cells[1] for row in rows), rows[0].cells[3])
    for name, found in groupby(_ROWS, lambda row: row.cells[0])
    for rows in (list(found),)
}

NATIVE = _GROUPS["native"]
SINO = tuple(_GROUPS[name] for name in ("measured", "ordered", "traded", "joined"))

LIMITS = dict(_limit(row) for row in _ROWS if row.cells[2])
"""The greatest number that each of these takes native numerals with."""

# How found: the language: 999 is 구백아흔아홉, a thousand no longer.
GREATEST_NATIVE = 999
"""The same for every other counter."""

NUMBERED_FIRMLY = (_GROUPS["numbered"], _GROUPS["numbered-parts"])
"""Nouns directly before a number and 번 that make it a name: 내선 십이 번."""

NUMBERED_LOOSELY = _GROUPS["numbered-loosely"]
"""Nouns before a number and 번 that make it a name unless a verb follows: 버튼 세 번 눌렀다."""

NUMBERED_AFTER = _GROUPS["numbered-after"]
"""Nouns after 번 that go by their number: 사 번 출구."""

AGAINST = _GROUPS["against"].words
"""Counters that stand against their number: 이천이십사년 삼월 오일."""

NUMBERED_ONLY = frozenset(_GROUPS["numbered-only"].words)
"""Counters that only number, so that 2~30쪽 is no 이삼십 쪽."""
