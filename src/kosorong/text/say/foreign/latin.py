"""Latin and Greek letters said in Korean: letter names, abbreviations, English words, numerals.

An upper-case word of up to five letters is spelled out unless it is known as a word (NASA); other
words come from a small list or, failing that, from a plain grapheme reading. A word without vowels
is spelled out whatever its case.

>>> read_word("KBS"), read_word("NASA"), read_word("love"), read_word("robot")
('케이비에스', '나사', '러브', '로봇')
"""

from __future__ import annotations

import re
import unicodedata

from kosorong.text.letters.letter_names import names_of
from kosorong.text.say.foreign.english import hangul
from kosorong.text.say.foreign.latin_words import ACRONYMS, FUNCTIONS, WORDS

LETTERS = names_of("latin")
"""Upper-case letter → its Korean name."""

GREEK = names_of("greek")
"""Lower-case Greek letter → its Korean name."""

# How found: set by hand; no count is on record.
_SPELLED_AT_MOST = 5
# How found: set by hand; no count is on record.
_SHOUTED_FROM = 4
_UNSAYABLE = re.compile(
    "(?![bcfgps]l|[bcdfgptw]r|[cpstw]h|[dstq]w|s[ckmnpqt]|kn|gn|ps|rh|ts|sch)"
    "[b-df-hj-np-tv-xz]{2}[a-z]{0,3}$"
)
_VOWEL = re.compile("[aeiouy]", re.IGNORECASE)
_HUMPS = re.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_ROMAN = re.compile("(X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


def spell(word: str) -> str:
    """Spell Latin letters out, one after the other.

    >>> spell("TV"), spell("dna")
    ('티브이', '디엔에이')
    """
    return "".join(LETTERS[letter] for letter in word.upper() if letter in LETTERS)


_UNDECOMPOSED = str.maketrans(
    dict(zip("øØłŁđĐðÐıħĦ’ʼ", "oOlLdDdDihH''", strict=True))
    | {"æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ß": "ss", "þ": "th", "Þ": "Th"}
)


def bare(word: str) -> str:
    """Return a Latin word without accents: café → cafe."""
    decomposed = unicodedata.normalize("NFKD", word.translate(_UNDECOMPOSED))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _read_hump(part: str) -> str:
    """Read one run of letters between two changes of case."""
    known = WORDS.get(part.lower())
    if part.isupper() and len(part) <= _SPELLED_AT_MOST:
        return ACRONYMS.get(part) or spell(part)
    if known:
        return known
    if not _VOWEL.search(part) or len(part) == 1 or _UNSAYABLE.match(part.lower()):
        return spell(part)
    return ACRONYMS.get(part) or hangul(part)


def read_word(word: str) -> str:
    """Read a word of Latin letters, apostrophes and accents allowed.

    >>> read_word("iPhone"), read_word("YouTube"), read_word("don't"), read_word("café")
    ('아이폰', '유튜브', '돈트', '카페')
    """
    plain = bare(word)
    if plain in ACRONYMS:
        return ACRONYMS[plain]
    # Small letters only: Tan is a name, and Sin stands on a book.
    if plain in FUNCTIONS:
        return FUNCTIONS[plain]
    loud = plain.isupper() and len(plain) < _SHOUTED_FROM
    if not loud and len(plain) > 1 and plain.lower() in WORDS:
        return WORDS[plain.lower()]
    return "".join(_read_hump(part) for part in _HUMPS.findall(plain.replace("'", "")))


def roman_value(numeral: str) -> int:
    """Return the value of a Roman numeral up to thirty-nine, 0 where it is none.

    >>> roman_value("VIII"), roman_value("XIV"), roman_value("IIX")
    (8, 14, 0)
    """
    if not numeral or not _ROMAN.fullmatch(numeral):
        return 0
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))
