r"""Feet and inches, minutes and seconds of arc or of time: numbers with marks like quotation marks.

>>> first_said(MEASURE_RULES, "5'10\"", 0).parts, first_said(MEASURE_RULES, '21" 화면', 0).parts
(((0, '오 피트 십 인치'),), ((0, '이십일 인치'),))
>>> first_said(MEASURE_RULES, "126°30′15″", 0).parts
((0, '백이십육 도 삼십 분 십오 초'),)
"""

from __future__ import annotations

import re

from kosorong.text.say.numbers.numbers import decimal, sino_numeral
from kosorong.text.say.scanning import Rule, Said, first_said, word_before

__all__ = ["MEASURE_RULES", "first_said"]

_NUMBER = r"[0-9]{1,4}(?:\.[0-9]{1,3})?"
_ONE, _TWO = "['′’]", "(?:[\"″”]|''|′′|’’)"
_ANGLE = re.compile(rf"([0-9]{{1,3}}) ?° ?([0-9]{{1,2}}) ?{_ONE}(?: ?({_NUMBER}) ?{_TWO})?")
_PAIR = re.compile(rf"(?<![0-9.°])([0-9]{{1,3}}) ?{_ONE} ?({_NUMBER}) ?{_TWO}")
_INCHES = re.compile(rf"(?<![0-9.])({_NUMBER}) ?([\"″])(?![0-9])")
_TIMED = re.compile("(?:기록|시간|랩|초|완주|평균|페이스)[은는이가을를]?:?$")
# How found: no person is taller than eight feet; a foot has twelve inches.
_TALLEST, _FOOT = 8, 12
# How found: bounds the search; a guess.
_LINE = 300


def _angle(text: str, at: int) -> Said | None:
    """Read `126°30′15″` in degrees, minutes and seconds."""
    match = _ANGLE.match(text, at)
    if match is None:
        return None
    spoken = f"{sino_numeral(match[1])} 도 {sino_numeral(match[2])} 분"
    if match[3]:
        spoken += f" {decimal(match[3])} 초"
    return Said(match.end(), ((at, spoken),), after_sign=True)


def _pair(text: str, at: int) -> Said | None:
    """Read `5'10"` as feet and inches, `2'05"` and `30′15″` as minutes and seconds."""
    match = _PAIR.match(text, at)
    if match is None:
        return None
    great, small = match[1], match[2]
    feet = int(great) <= _TALLEST and float(small) < _FOOT and (small[0] != "0" or small == "0")
    feet = feet and not _TIMED.search(word_before(text, at))
    names = ("피트", "인치") if feet else ("분", "초")
    spoken = f"{sino_numeral(great)} {names[0]} {decimal(small)} {names[1]}"
    return Said(match.end(), ((at, spoken),), after_sign=True)


def _inches(text: str, at: int) -> Said | None:
    """Read `21"` where the mark closes no quotation."""
    match = _INCHES.match(text, at)
    if match is None or (match[2] == '"' and _closes_quotation(text, match.start(2))):
        return None
    return Said(match.end(), ((at, f"{decimal(match[1])} 인치"),), after_sign=True)


def _closes_quotation(text: str, at: int) -> bool:
    """Say whether the mark at an offset is the second of a pair on its line."""
    before = text[max(0, at - _LINE) : at].rpartition("\n")[2]
    after = text[at + 1 : at + _LINE].partition("\n")[0]
    opened = False
    for mark in re.finditer('([0-9]?)"', before):
        opened = not opened if opened or not mark[1] else False
    return opened and after.count('"') % 2 == 0


_FEET = re.compile(f"(?<![0-9.])([1-9]){_ONE}(?![0-9A-Za-z])")
_TALL = re.compile("(?:키|신장|높이|길이|깊이)[는은이가를을도]?$")


def _feet(text: str, at: int) -> Said | None:
    """Read `6'` after a word for a height or a length."""
    match = _FEET.match(text, at)
    if match is None or not _TALL.search(word_before(text, at)):
        return None
    return Said(match.end(), ((at, f"{sino_numeral(match[1])} 피트"),), after_sign=True)


MEASURE_RULES: tuple[Rule, ...] = (_angle, _pair, _inches, _feet)
"""Rules that begin at a digit."""
