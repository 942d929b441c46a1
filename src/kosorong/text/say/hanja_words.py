"""Words in which a Hanja has another reading than its usual one: `data/hanja_words.tsv`.

>>> hanja_words()["音樂"], hanja_words()["許諾"], hanja_words()["漢拏"]
('음악', '허락', '한라')
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kosorong.text.tables import TEXT, read_table


@cache
def hanja_words() -> Mapping[str, str]:
    """Return each word in Hanja with its reading; read when the first Hanja comes."""
    return {row.cells[0]: row.cells[1] for row in read_table(TEXT, "hanja_words", COLUMNS)}


COLUMNS = ("written", "said")


@cache
def longest() -> int:
    """Return the signs of the longest word."""
    return max(map(len, hanja_words()))
