"""Stems that both languages share and spell differently: `data/shared_stems.tsv`.

>>> from kosorong.text.letters.hangul import nfc
>>> {nfc(korean): nfc(jeju) for korean, jeju in to_jeju().items()}["하"]
'ᄒᆞ'
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kosorong.text.letters.hangul import nfd
from kosorong.text.tables import TRANSLATION, read_table

_KINDS = ("stem", "spelled", "syllable")


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    rows = []
    for row in read_table(TRANSLATION, "shared_stems", ("korean", "jeju", "kind")):
        korean, jeju, kind = row.cells
        if kind not in _KINDS:
            raise row.refuse(f"kind is {kind!r}.", f"Valid: {', '.join(_KINDS)}.")
        rows.append((korean, jeju, kind))
    return tuple(rows)


def to_jeju() -> Mapping[str, str]:
    """Return the ends of Korean stems and those of Jeju's, in jamo."""
    return {nfd(korean): nfd(jeju) for korean, jeju, kind in _rows() if kind == "stem"}


def to_korean() -> Mapping[str, str]:
    """Return the ends of Jeju stems, in every spelling, and those of Korean's, in jamo."""
    return {nfd(jeju): nfd(korean) for korean, jeju, kind in _rows() if kind != "syllable"}


def syllables() -> Mapping[str, str]:
    """Return syllables of 하다 and what Jeju writes for them."""
    return {korean: jeju for korean, jeju, kind in _rows() if kind == "syllable"}
