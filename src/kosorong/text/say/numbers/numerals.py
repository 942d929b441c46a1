"""Words of numbers: `data/numerals.tsv`.

>>> numerals("native")[1], numerals("days")[3], numerals("about")[3]
('하나', '사흘', '서너')
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kosorong.text.tables import TEXT, read_table


@cache
def _by_kind() -> Mapping[str, Mapping[int, str]]:
    numerals: dict[str, dict[int, str]] = {}
    for row in read_table(TEXT, "numerals", ("kind", "number", "said")):
        kind, number, numeral = row.cells
        if not number.isascii() or not number.isdigit():
            raise row.refuse(f"number is {number!r}.", "Write it in figures.")
        numerals.setdefault(kind, {})[int(number)] = numeral
    return numerals


def numerals(kind: str) -> Mapping[int, str]:
    """Return words of one kind by their number; the table's head names the kinds."""
    return _by_kind()[kind]


def before_counters() -> Mapping[str, Mapping[int, str]]:
    """Return the numerals that some counters have of their own: 서 말, 석 냥."""
    before = "before-"
    kinds = _by_kind().items()
    return {
        kind.removeprefix(before): numerals for kind, numerals in kinds if kind.startswith(before)
    }
