"""Names of letters: `data/letter_names.tsv`.

>>> names_of("hangul")["ㄱ"], names_of("greek")["α"]
('기역', '알파')
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kosorong.text.tables import TEXT, read_table

_KINDS = ("latin", "greek", "hangul", "paper")


@cache
def _by_kind() -> Mapping[str, Mapping[str, str]]:
    names: dict[str, dict[str, str]] = {kind: {} for kind in _KINDS}
    for row in read_table(TEXT, "letter_names", ("letter", "said", "kind")):
        letter, name, kind = row.cells
        if kind not in names:
            raise row.refuse(f"kind is {kind!r}.", f"Valid: {', '.join(_KINDS)}.")
        names[kind][letter] = name
    return names


def names_of(kind: str) -> Mapping[str, str]:
    """Return the letters of an alphabet with their Korean names.

    Args:
        kind: `latin`, `greek`, `hangul`, or `paper` for the numbers of sizes of paper.
    """
    return _by_kind()[kind]
