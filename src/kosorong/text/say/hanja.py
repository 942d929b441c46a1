"""Hanja and their Sino-Korean readings, with the rule for initial ㄴ and ㄹ (두음법칙).

Every sign of the table (`data/hanja.tsv`: the 1,800 taught at school, the signs of the Korean
standards and of names) has its usual reading; words in which it has another one stand in
`kosorong.text.say.hanja_words`.

>>> read_run("父母"), read_run("女子"), read_run("不動産"), read_run("歷史")
(('부모', ()), ('여자', ()), ('부동산', ()), ('역사', ()))
>>> read_run("漢拏山"), read_run("音樂"), read_run("男尊女卑")
(('한라산', ()), ('음악', ()), ('남존여비', ()))
"""

from __future__ import annotations

import re
from functools import cache

from kosorong.text.letters.hangul import nfc
from kosorong.text.letters.jamo import Syllable, compose, decompose
from kosorong.text.say.hanja_words import hanja_words, longest
from kosorong.text.say.numbers.numbers import sino_numeral
from kosorong.text.tables import TEXT, read_table

HANJA = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""Inside of a regular-expression class: Hanja, the signs beyond the basic plane too."""


@cache
def readings() -> dict[str, str]:
    """Return every Hanja of the table with its usual reading, not at the beginning of a word.

    Read when the first Hanja comes; the table's header says where it is from.
    """
    rows = (row.cells for row in read_table(TEXT, "hanja", ("reading", "school", "other")))
    return {sign: reading for reading, school, others in rows for sign in school + others}


_IOTISED = frozenset("ㅑㅕㅖㅛㅠㅣ")


def initial(reading: str) -> str:
    """Return a reading as it is said at the beginning of a word (한글 맞춤법 제10–12항).

    >>> initial("녀"), initial("력"), initial("로"), initial("국")
    ('여', '역', '노', '국')
    """
    onset, vowel, coda = decompose(reading)
    if onset in "ㄴㄹ" and vowel in _IOTISED:
        return compose(Syllable("ㅇ", vowel, coda))
    return compose(Syllable("ㄴ", vowel, coda)) if onset == "ㄹ" else reading


def _inside(reading: str, before: str) -> str:
    """Return a reading inside of a word: 렬 and 률 lose ㄹ after a vowel or ㄴ."""
    if reading in "렬률" and decompose(before).coda in ("", "ㄴ"):
        return initial(reading)
    return reading


def _not(following: str) -> str:
    """Return the reading of 不: 부 before ㄷ and ㅈ, else 불."""
    reading = readings().get(following)
    return "부" if reading and decompose(reading).onset in "ㄷㅈ" else "불"


def _usual(run: str, index: int, before: str) -> str:
    """Return the reading of one sign where no word decides it, empty where it has none."""
    sign = run[index]
    if sign == "不":
        return _not(run[index + 1 : index + 2])
    if sign == "々" and before:
        return before[-1]
    return readings().get(sign) or readings().get(nfc(sign), "")


def _word_at(run: str, index: int) -> str:
    """Return the longest word with a reading of its own that begins at a sign, empty without."""
    lengths = range(min(longest(), len(run) - index), 1, -1)
    words = (run[index : index + length] for length in lengths)
    return next((word for word in words if word in hanja_words()), "")


_YEAR = re.compile("[〇零一二三四五六七八九]{4}(?=年)")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
# How found: words of four signs are mostly two of two; set by hand, not counted.
_COMPOUND = 4
_SUFFIXES = "的者家性化上下中式學界法"


def _is_compound(run: str) -> bool:
    """Say whether a run is two words of two signs: 男尊 女卑 (한글 맞춤법 제10항 붙임 2)."""
    return len(run) == _COMPOUND and run[-1] not in _SUFFIXES


def _fitted(reading: str, before: str, *, opens: bool) -> str:
    """Fit a reading to its place: at the beginning of a word, or after what is said."""
    if opens:
        return initial(reading)
    return _inside(reading, before[-1]) if before else reading


def read_run(run: str, *, word_start: bool = True) -> tuple[str, tuple[int, ...]]:
    """Read a run of Hanja.

    Args:
        run: Hanja only.
        word_start: False where Hangul stands directly before it.

    Returns:
        The reading of all that is known, and the indices of what is not.
    """
    year = _YEAR.match(run)
    hangul, index = (sino_numeral(year[0].translate(_DIGITS)), year.end()) if year else ("", 0)
    unknown: list[int] = []
    while index < len(run):
        word = _word_at(run, index)
        if word:
            hangul += hanja_words()[word]
            index += len(word)
            continue
        reading = _usual(run, index, hangul)
        opens = word_start and (not hangul or (index == 2 and _is_compound(run)))
        hangul += _fitted(reading, hangul, opens=opens) if reading else ""
        if not reading:
            unknown.append(index)
        index += 1
    return hangul, tuple(unknown)


# How found: how much a warning shows; decides nothing.
_QUOTED = 20


def without_reading(run: str, index: int) -> str:
    """Say in a few words why a sign of a run is not read, and which word lacks it.

    >>> without_reading("𪚥", 0)
    'Hanja without a reading in the table'
    """
    reason = "Hanja without a reading in the table"
    if len(run) == 1:
        return reason
    first = max(0, index - _QUOTED // 2)
    return f"{reason}; the word {run[first : first + _QUOTED]} is said without it"
