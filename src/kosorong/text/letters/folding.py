"""Texts folded for searching: whoever looks for a word need not know how it was spelled.

Arae-a is written ᆞ, ㅗ or ㅏ by different people for the same word; so are the vowels made of it.
Folding keeps one of them, drops capitals and widths, and leaves everything else alone. It finds a
little more than was asked for (솔 beside 살), and misses no spelling.

>>> fold("ᄉᆞ나이") == fold("소나이") == fold("사나이") == fold("ㅅㆍ나이")
True
>>> fold("Ｊeju  ᄇᆞ름")
'jeju 바름'
"""

from __future__ import annotations

from kosorong.text.letters.jamo import ARAEA, ARAEA_I, DOUBLE_ARAEA, Syllable, compose, split
from kosorong.text.letters.normalize import normalize

_FOLDED = {
    **dict.fromkeys((ARAEA, "ㅗ"), "ㅏ"),
    **dict.fromkeys((DOUBLE_ARAEA, "ㅛ"), "ㅑ"),
    **dict.fromkeys((ARAEA_I, "ㅔ"), "ㅐ"),
}


def fold(text: str) -> str:
    """Return a text as it is searched: arae-a spellings alike, small letters, single spaces."""
    words = " ".join(normalize(text).lower().split())
    return "".join(
        compose(letter._replace(vowel=_FOLDED.get(letter.vowel, letter.vowel)))
        if isinstance(letter, Syllable)
        else _FOLDED.get(letter, letter)
        for letter in split(words)
    )
