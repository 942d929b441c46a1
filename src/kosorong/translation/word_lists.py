"""Lists of stems and endings in jamo, from `data/word_lists.tsv`."""

from __future__ import annotations

from kosorong.text.letters.hangul import nfd
from kosorong.text.tables import TRANSLATION
from kosorong.text.words import word_list


def listed(name: str) -> tuple[str, ...]:
    """Return a list in jamo; the table's head says what each is for.

    >>> from kosorong.text.letters.hangul import nfc
    >>> [nfc(stem) for stem in listed("irregular-s")]
    ['짓', '낫', '붓', '긋', '젓']
    """
    return tuple(map(nfd, word_list(f"word_lists.{name}", TRANSLATION)))
