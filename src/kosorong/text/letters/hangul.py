"""What a letter of Hangul is: normal form, codas, arae-a, and the marks around a word.

Whatever asks one of these of a text asks it here; `jamo` beside it takes syllables apart.

>>> has_coda("섬"), ends_in_rieul("ᄃᆞᆯ"), has_araea("ᄆᆡ일"), bare_word("“가자!”")
(True, True, True, '가자')
"""

from __future__ import annotations

import re
import unicodedata

from kosorong.text.letters.jamo import (
    ARAEA,
    ARAEA_I,
    CODA_CLASS,
    CONJOINING_VOWEL,
    DOUBLE_ARAEA,
    ONSET_CLASS,
    last_coda,
)

JAMO = "\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb"
"""Inside of a regular-expression class: conjoining jamo."""

HANGUL = f"가-힣{JAMO}"
"""Inside of a regular-expression class: precomposed syllables and conjoining jamo."""

HANGUL_RUN = re.compile(f"[{HANGUL}]+")

TYPED = "\u3131-\u318e"
"""Inside of a regular-expression class: letters typed alone, ㅋㅋ."""

LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"
"""Inside of a regular-expression class: Latin letters with and without marks."""

LONE_ARAEA, LONE_DOUBLE_ARAEA, LONE_ARAEA_I = (
    CONJOINING_VOWEL[vowel] for vowel in (ARAEA, DOUBLE_ARAEA, ARAEA_I)
)
"""The vowels ㆍ, ᆢ and ㆎ as they stand between the other letters of a syllable."""

ARAEA_VOWELS = LONE_ARAEA + LONE_DOUBLE_ARAEA + LONE_ARAEA_I
"""Every vowel that Korean lost with arae-a; stands in a regular-expression class too."""

ARAEA_SYLLABLE = re.compile(f"[{ONSET_CLASS}][{ARAEA_VOWELS}][{CODA_CLASS}]?")

EDGE_MARKS = ".,?!`'\"()[]{}<>…~·:;‘’“”「」『』《》〈〉 "
"""What stands around a word and is no part of it."""

_ARAEA = re.compile(f"[{ARAEA_VOWELS}]")
_JAMO = re.compile(f"[{JAMO}]")
_HANGUL = re.compile(f"[{HANGUL}]")


def nfd(text: str) -> str:
    """Return a text in conjoining jamo (NFD).

    >>> len(nfd("값"))
    3
    """
    return unicodedata.normalize("NFD", text)


def nfc(text: str) -> str:
    """Return a text of conjoining jamo as it is written (NFC)."""
    return unicodedata.normalize("NFC", text)


def has_hangul(text: str) -> bool:
    """Tell whether a text holds a Hangul syllable or conjoining jamo.

    >>> has_hangul("KTX 12 😀"), has_hangul("밥"), has_hangul("ㅋㅋ")
    (False, True, False)
    """
    return _HANGUL.search(text) is not None


def has_araea(text: str) -> bool:
    """Tell whether a text holds arae-a, which Korean lost.

    Args:
        text: In canonical form, where the letter ㆍ by itself is a dot between words.

    >>> [has_araea(text) for text in ("ᄒᆞᆫ저", "ᄋᆢ라", "ᄆᆡ일", "초ㆍ중학교")]
    [True, True, True, False]
    """
    return _ARAEA.search(text) is not None


def has_coda(text: str) -> bool:
    """Tell whether a text, composed or in jamo, ends in a consonant.

    >>> has_coda("삼"), has_coda("이"), has_coda(nfd("ᄃᆞᆯ"))
    (True, False, True)
    """
    return last_coda(text) != ""


def ends_in_rieul(text: str) -> bool:
    """Tell whether a text, composed or in jamo, ends in ㄹ and not in a cluster with it.

    >>> ends_in_rieul("물"), ends_in_rieul("닭"), ends_in_rieul("바다")
    (True, False, False)
    """
    return last_coda(text) == "ㄹ"


def broken_jamo(text: str) -> int:
    """Count conjoining jamo outside syllables, in a composed text.

    >>> broken_jamo("ᄒᆞᆫ저"), broken_jamo("ᄆᆡ일"), broken_jamo("ᆼ허")
    (0, 0, 1)
    """
    return len(_JAMO.findall(ARAEA_SYLLABLE.sub("", text)))


def bare_word(word: str) -> str:
    """Return a word without the punctuation around it.

    >>> bare_word("“가자!”")
    '가자'
    """
    return word.strip(EDGE_MARKS)


def around(word: str) -> tuple[str, str, str]:
    """Return the punctuation before a word, the word, and the punctuation after it.

    >>> around("(바당)을!")
    ('(', '바당)을', '!')
    """
    core = bare_word(word)
    if not core:
        return word, "", ""
    start = word.index(core)
    return word[:start], core, word[start + len(core) :]
