"""Hangul syllables, modern and old, taken apart and put together.

A syllable is three letters: onset, vowel, coda. They are written with the letters people type
(compatibility jamo, `ㄱ ㅏ ㄺ`); only letters that have no such form, like the double arae-a `ᆢ`,
stand as conjoining jamo. `ㅇ` as an onset is the silent one, an empty coda is no coda.

The canonical text form (Unicode chapter 18.6, KS X 1026-1) is one precomposed character where
Unicode has one and a sequence of conjoining jamo where it has none, as in all arae-a syllables.

>>> decompose("값")
Syllable(onset='ㄱ', vowel='ㅏ', coda='ㅄ')
>>> len(compose(Syllable("ㅎ", "ㆍ", "ㄴ")))
3
>>> letters("값이")
'ㄱㅏㅂㅅㅇㅣ'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import compress
from typing import NamedTuple

ONSETS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
CODAS: tuple[str, ...] = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
ARAEA = "ㆍ"
DOUBLE_ARAEA = "ᆢ"
ARAEA_I = "ㆎ"
SILENT = "ㅇ"

_FIRST, _LAST = 0xAC00, 0xD7A3
_N_CODAS = len(CODAS)
_N_VOWELS = len(VOWELS)
_ONSET_RANGES = ((0x1100, 0x115E), (0xA960, 0xA97C))
_VOWEL_RANGES = ((0x1161, 0x11A7), (0xD7B0, 0xD7C6))
_CODA_RANGES = ((0x11A8, 0x11FF), (0xD7CB, 0xD7FB))


class Syllable(NamedTuple):
    """One syllable as letters.

    Attributes:
        onset: The first consonant; `ㅇ` where the syllable begins with its vowel.
        vowel: The vowel.
        coda: The final consonant or cluster; empty where there is none.
    """

    onset: str
    vowel: str
    coda: str


def _letter(conjoining: str) -> str:
    """Return the typed letter that shares a conjoining jamo's Unicode name, or the jamo itself."""
    name = unicodedata.name(conjoining).split(" ", 2)[2]
    if name == "ARAEA-I":
        return ARAEA_I
    try:
        return unicodedata.lookup(f"HANGUL LETTER {name}")
    except KeyError:
        return conjoining


def _table(ranges: tuple[tuple[int, int], ...]) -> dict[str, str]:
    """Return conjoining jamo → letter for code point ranges."""
    points = (point for first, last in ranges for point in range(first, last + 1))
    return {chr(point): _letter(chr(point)) for point in points}


_ONSET_LETTER = _table(_ONSET_RANGES)
_VOWEL_LETTER = _table(_VOWEL_RANGES)
_CODA_LETTER = _table(_CODA_RANGES)
CONJOINING_ONSET = {letter: jamo for jamo, letter in _ONSET_LETTER.items()}
CONJOINING_VOWEL = {letter: jamo for jamo, letter in _VOWEL_LETTER.items()}
CONJOINING_CODA = {letter: jamo for jamo, letter in _CODA_LETTER.items()}


def _span(ranges: tuple[tuple[int, int], ...]) -> str:
    """Return the inside of a regular expression class for code point ranges."""
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


ONSET_CLASS = _span(_ONSET_RANGES)
VOWEL_CLASS = _span(_VOWEL_RANGES)
CODA_CLASS = _span(_CODA_RANGES)
OPEN_CLASS = "".join(chr(point) for point in range(_FIRST, _LAST + 1, _N_CODAS))

SYLLABLE = re.compile(
    f"[{OPEN_CLASS}][{CODA_CLASS}]?|[가-힣]|[{ONSET_CLASS}][{VOWEL_CLASS}][{CODA_CLASS}]?"
)
"""Matches one syllable in any canonical form."""


def syllable_class(onsets: str = ONSETS, codas: str | tuple[str, ...] = CODAS) -> str:
    """Return the inside of a regular expression class: modern syllables of these letters.

    >>> syllable_class("ㄱ"), syllable_class("ㄱ", "ㄹ")[:3]
    ('가-깋', '갈갤걀')
    """
    wanted = [coda in tuple(codas) for coda in CODAS]
    runs: list[tuple[int, int]] = []
    for onset in map(ONSETS.index, onsets):
        for vowel in range(_N_VOWELS):
            first = _FIRST + (onset * _N_VOWELS + vowel) * _N_CODAS
            for code in compress(range(first, first + _N_CODAS), wanted):
                # Runs, and not eleven thousand letters: the patterns are made at every start.
                if runs and runs[-1][1] == code - 1:
                    runs[-1] = runs[-1][0], code
                else:
                    runs.append((code, code))
    return "".join(chr(a) if a == b else f"{chr(a)}-{chr(b)}" for a, b in runs)


def _parts(letter: str, table: dict[str, str], kind: str) -> str:
    """Return the simple letters a cluster is built of, by its Unicode name; doubles stay whole."""
    jamo = next((jamo for jamo, known in table.items() if known == letter), letter)
    name = unicodedata.name(jamo).removeprefix(f"HANGUL {kind} ")
    if "-" not in name:
        return letter
    try:
        return "".join(unicodedata.lookup(f"HANGUL LETTER {part}") for part in name.split("-"))
    except KeyError:
        return letter


CODA_PARTS = {coda: _parts(coda, _CODA_LETTER, "JONGSEONG") for coda in CONJOINING_CODA} | {"": ""}
"""Coda → the simple letters of the cluster: `ㄺ` → `ㄹㄱ`, `ㄲ` → `ㄲ`."""

ONSET_PARTS = {onset: _parts(onset, _ONSET_LETTER, "CHOSEONG") for onset in CONJOINING_ONSET}
"""Onset → its simple letters: only old onsets are clusters."""

VOWEL_PARTS = {
    **{vowel: vowel for vowel in CONJOINING_VOWEL},
    **dict(
        zip("ㅘㅙㅚㅝㅞㅟㅢ", ("ㅗㅏ", "ㅗㅐ", "ㅗㅣ", "ㅜㅓ", "ㅜㅔ", "ㅜㅣ", "ㅡㅣ"), strict=True)
    ),
}
"""Vowel → the vowels it is typed with: `ㅘ` → `ㅗㅏ`."""


def typed_letter(jamo: str) -> str:
    """Return the letter people type for a conjoining jamo; anything else comes back as it is."""
    for table in (_ONSET_LETTER, _VOWEL_LETTER, _CODA_LETTER):
        if jamo in table:
            return table[jamo]
    return jamo


def is_syllable(text: str) -> bool:
    """Say whether the text is exactly one syllable."""
    return SYLLABLE.fullmatch(text) is not None


@lru_cache(maxsize=16384)
def decompose(syllable: str) -> Syllable:
    """Take one syllable apart.

    Args:
        syllable: A precomposed syllable, one with an old coda after it, or conjoining jamo.

    Raises:
        ValueError: The text is not one syllable.
    """
    index = ord(syllable[0]) - _FIRST if syllable else -1
    if 0 <= index <= _LAST - _FIRST and len(syllable) <= 2:
        coda = CODAS[index % _N_CODAS]
        row, column = divmod(index // _N_CODAS, _N_VOWELS)
        if len(syllable) == 1:
            return Syllable(ONSETS[row], VOWELS[column], coda)
        if not coda and syllable[1] in _CODA_LETTER:
            return Syllable(ONSETS[row], VOWELS[column], _CODA_LETTER[syllable[1]])
    elif is_syllable(syllable):
        coda = _CODA_LETTER[syllable[2]] if len(syllable) > 2 else ""
        return Syllable(_ONSET_LETTER[syllable[0]], _VOWEL_LETTER[syllable[1]], coda)
    raise ValueError(f"{syllable!r} is not one Hangul syllable")


@lru_cache(maxsize=16384)
def compose(syllable: Syllable) -> str:
    """Write a syllable in canonical form: one character where Unicode has one.

    Raises:
        ValueError: A letter cannot stand where it is.
    """
    onset, vowel, coda = syllable
    row, column = ONSETS.find(onset), VOWELS.find(vowel)
    if row >= 0 and column >= 0:
        open_point = _FIRST + (row * _N_VOWELS + column) * _N_CODAS
        if coda in CODAS:
            return chr(open_point + CODAS.index(coda))
        if coda in CONJOINING_CODA:
            return chr(open_point) + CONJOINING_CODA[coda]
    try:
        tail = CONJOINING_CODA[coda] if coda else ""
        return CONJOINING_ONSET[onset] + CONJOINING_VOWEL[vowel] + tail
    except KeyError as error:
        raise ValueError(f"{syllable} is no Hangul syllable: {error} cannot stand there") from None


def last_coda(word: str) -> str:
    """Return the coda a word ends in; empty where it ends in a vowel, a mark or nothing."""
    last = word[-1:]
    if "가" <= last <= "힣":
        return CODAS[(ord(last) - _FIRST) % _N_CODAS]
    return _CODA_LETTER.get(last, "")


def split(text: str) -> Iterator[Syllable | str]:
    """Walk over a text: syllables as `Syllable`, every other character as itself."""
    position = 0
    for match in SYLLABLE.finditer(text):
        yield from text[position : match.start()]
        yield decompose(match.group())
        position = match.end()
    yield from text[position:]


def letters(text: str) -> str:
    """Spell a text letter by letter, clusters and compound vowels taken apart."""
    out: list[str] = []
    for item in split(text):
        if isinstance(item, Syllable):
            out.append(ONSET_PARTS[item.onset])
            out.append(VOWEL_PARTS[item.vowel])
            out.append(CODA_PARTS[item.coda])
        else:
            out.append(CODA_PARTS.get(item) or VOWEL_PARTS.get(item, item))
    return "".join(out)
