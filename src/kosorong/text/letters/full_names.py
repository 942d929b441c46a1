"""Full Korean names, told by their shape: a surname before two syllables of given names.

>>> is_full_name("김영수"), is_full_name("바닷가")
(True, False)
"""

from __future__ import annotations

from kosorong.text.words import word_list

SURNAMES = frozenset(word_list("names.surname"))
COMPOUND_SURNAMES = frozenset(word_list("names.compound"))
_GIVEN = frozenset(word_list("names.given"))
_RARELY_GIVEN = frozenset(word_list("names.rarely-given"))


def is_full_name(word: str, *, rare: bool = False) -> bool:
    """Tell whether a word reads like a surname of one syllable and a given name of two.

    Args:
        word: In Hangul.
        rare: Take syllables too that seldom stand in names and often in other words.

    >>> is_full_name("주요섭"), is_full_name("주요섭", rare=True)
    (False, True)
    """
    return len(word) == 3 and word[0] in SURNAMES and is_given_name(word[1:], rare=rare)


def is_given_name(word: str, *, rare: bool = False) -> bool:
    """Tell whether a word reads like a given name of two syllables."""
    return len(word) == 2 and all(c in _GIVEN or (rare and c in _RARELY_GIVEN) for c in word)
