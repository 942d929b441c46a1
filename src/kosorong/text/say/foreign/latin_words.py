"""Words in Latin letters that are said in a way their letters do not tell: `latin_words.tsv`."""

from __future__ import annotations

from collections.abc import Mapping

from kosorong.text.tables import TEXT, read_table

_KINDS = ("word", "acronym", "mixed", "function")


def _by_kind() -> Mapping[str, Mapping[str, str]]:
    readings: dict[str, dict[str, str]] = {kind: {} for kind in _KINDS}
    for row in read_table(TEXT, "latin_words", ("written", "said", "kind")):
        written, reading, kind = row.cells
        if kind not in readings:
            raise row.refuse(f"kind is {kind!r}.", f"Valid: {', '.join(_KINDS)}.")
        readings[kind][written] = reading
    return readings


WORDS, ACRONYMS, MIXED, FUNCTIONS = _by_kind().values()
"""Lower-case English words; upper-case abbreviations said as a word; digits and letters that are
said the English way; functions of mathematics. Each with how it is said in Korean."""
