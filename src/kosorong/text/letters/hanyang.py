r"""Arae-a syllables of the Hanyang private use area, as old Hangul word processor files hold them.

Before Unicode had conjoining jamo fonts, Hanyang's code gave each attested old syllable a private
character (U+E0BC to U+F8F7), ordered by onset, vowel and coda. The area is therefore made of runs:
one onset and vowel, first without a coda, then with each attested coda. Listed are the runs of
ㆍ, ㆎ and ᆢ with modern onsets, which Jeju texts need (`data/hanyang.tsv`); other private
characters stay unread.

>>> ascii(hanyang()["\uf538"])
"'\\u1112\\u119e\\u11a8'"
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from kosorong.text.letters.jamo import Syllable, compose
from kosorong.text.tables import TEXT, read_table

FIRST, LAST = 0xE0BC, 0xF8F7


def _pairs() -> Iterator[tuple[str, str]]:
    """Yield each private character with the syllable it stands for."""
    for row in read_table(TEXT, "hanyang", ("first", "syllable", "codas")):
        first, syllable, codas = row.cells
        for offset, coda in enumerate(("", *codas)):
            yield chr(int(first, 16) + offset), compose(Syllable(syllable[0], syllable[1], coda))


@cache
def hanyang() -> Mapping[str, str]:
    """Return each private character with its syllable; read when the first one comes."""
    return dict(_pairs())
