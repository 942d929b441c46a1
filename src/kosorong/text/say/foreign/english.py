"""A plain grapheme reading of Latin-letter words in Hangul.

It follows the loanword rules for English (외래어 표기법, chapter 3, section 1) as far as spelling
tells the sound: final p, t, k close a syllable after a short vowel, other consonants before a
consonant get ㅡ, l between vowels is ㄹㄹ, r before a consonant is silent. It makes an unknown name
understandable; it does not know English.

>>> hangul("robot"), hangul("blue"), hangul("station"), hangul("lamp")
('로봇', '블루', '스타션', '람프')
"""

from __future__ import annotations

import re

from kosorong.text.letters.jamo import SILENT, Syllable, compose
from kosorong.text.tables import TEXT, read_table

_ROWS = read_table(TEXT, "english_sounds", ("spelling", "sounds"))
_GRAPHEMES = {row.cells[0]: row.cells[1] for row in _ROWS}
_BEFORE_NO_VOWEL = frozenset(("ay", "ey", "oy"))
_GRAPHEME = re.compile(
    "|".join(
        spelling + "(?![aeiou])" * (spelling in _BEFORE_NO_VOWEL)
        for spelling in sorted(_GRAPHEMES, key=len, reverse=True)
    )
)

_RESPELLINGS = (
    (re.compile(r"([b-df-hj-np-tv-z])\1"), r"\1"),
    (re.compile(r"(?<=[a-z]{2})ge$"), "j"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"a([b-df-hj-np-tvz])e$"), r"ai\1"),
    (re.compile(r"i([b-df-hj-np-tvz])e$"), r"igh\1"),
    (re.compile(r"([ou])([b-df-hj-np-tvz])e$"), r"\1\2"),
    (re.compile(r"(?<=[aeiou][b-df-hj-np-tvxz])e$"), ""),
    (re.compile(r"(?<=[b-df-hj-np-tvxz])le$"), "l"),
    (re.compile(r"[eiu]r(?![aeiouy])"), "eo"),
    (re.compile(r"([ao])r(?![aeiouy])"), r"\1"),
    (re.compile(r"y(?![aeiou])"), "i"),
)

_VOWELS = frozenset("ㅏㅐㅓㅔㅕㅗㅜㅠㅡㅣ")
_W = dict(zip("ㅏㅔㅣㅗㅓㅐ", "ㅘㅞㅟㅝㅝㅙ", strict=True))
_Y = dict(zip("ㅏㅓㅗㅜㅔㅐ", "ㅑㅕㅛㅠㅖㅒ", strict=True))
_CLOSING = {"ㅍ": "ㅂ", "ㅌ": "ㅅ", "ㅋ": "ㄱ"}
_PALATAL = frozenset("ㅊㅈ")
_LIQUIDS = frozenset(("L", "ㄹ"))
_ONSETS = {"L": "ㄹ", "F": "ㅍ"}


def _phones(word: str) -> list[str]:
    """Return the phones of a lower-case word."""
    for pattern, respelled in _RESPELLINGS:
        word = pattern.sub(respelled, word)
    return [phone for match in _GRAPHEME.finditer(word) for phone in _GRAPHEMES[match.group()]]


class _Syllables:
    """The syllables so far, the last one open to a coda."""

    def __init__(self) -> None:
        self._done: list[list[str]] = []
        self.short = False

    def open(self, onset: str, vowel: str, *, short: bool) -> None:
        """Begin a syllable; a short vowel may be closed by p, t or k."""
        self._done.append([onset, vowel, ""])
        self.short = short

    def close(self, coda: str) -> bool:
        """Close the last syllable, where it is open."""
        if not self._done or self._done[-1][2]:
            return False
        self._done[-1][2] = coda
        self.short = False
        return True

    def text(self) -> str:
        """Return the syllables as Hangul."""
        return "".join(compose(Syllable(*letters)) for letters in self._done)


def _lone_consonant(out: _Syllables, phone: str, following: str) -> None:
    """Place a consonant that no vowel follows."""
    if phone in "ㅁㄴㅇ" and out.close(phone):
        return
    if phone == "L" and out.close("ㄹ"):
        return
    if phone in _CLOSING and out.short and following not in _LIQUIDS and out.close(_CLOSING[phone]):
        return
    onset = {**_ONSETS, "w": SILENT, "y": SILENT}.get(phone, phone)
    vowel = {"w": "ㅜ", "y": "ㅣ"}.get(phone, "ㅣ" if phone in _PALATAL else "ㅡ")
    out.open(onset, vowel, short=False)


def _glided(phones: list[str], at: int) -> tuple[str, int]:
    """Return the vowel at a position, a glide before it taken in, and the position after it."""
    glide = phones[at] if phones[at] in ("w", "y") else ""
    vowel_at = at + 1 if glide else at
    if vowel_at >= len(phones) or phones[vowel_at] not in _VOWELS:
        return "", at
    vowel = phones[vowel_at]
    table = _W if glide == "w" else (_Y if glide == "y" else {})
    return table.get(vowel, vowel), vowel_at + 1


def hangul(word: str) -> str:
    """Read a word of Latin letters.

    Args:
        word: ASCII letters; case does not matter, anything else is left out.
    """
    phones = _phones("".join(letter for letter in word.lower() if "a" <= letter <= "z"))
    out, at = _Syllables(), 0
    while at < len(phones):
        vowel, after = _glided(phones, at)
        if vowel:
            out.open(SILENT, vowel, short=True)
            at = after
            continue
        phone = phones[at]
        vowel, after = _glided(phones, at + 1) if at + 1 < len(phones) else ("", at)
        if vowel and phone not in ("w", "y", "ㅇ"):
            if phone == "L" and at:
                out.close("ㄹ")
            out.open(_ONSETS.get(phone, phone), vowel, short=True)
            at = after
        elif phone == "ㅅ" and phones[at + 1 : at + 2] == ["y"]:
            out.open("ㅅ", "ㅣ", short=False)
            at += 2
        else:
            following = phones[at + 1] if at + 1 < len(phones) else ""
            _lone_consonant(out, phone, following)
            at += 1
    return out.text()
