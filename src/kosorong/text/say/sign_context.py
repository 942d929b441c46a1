"""What stands around a sign and decides how it is said: sums, ratios, spans.

>>> span_link("3월~5월", 2, 3, "삼월"), span_link("약 ~10명", 2, 3, "약")
('부터', '')
"""

from __future__ import annotations

import re

from kosorong.text.letters.hangul import HANGUL, LATIN
from kosorong.text.say.scanning import word_before
from kosorong.text.words import any_of

_DATE_END = re.compile("(?:년대|[년월일시]|요일|세기|학년)$")
_CLOCK_END = re.compile(" [분초]$")
_HOUR = re.compile(r"[0-9]{1,2} ?(?:시(?!간)|:)")
_DAY_NAMES = re.compile("[월화수목금토일]요일|오전|오후|다음|이듬|[0-9]")
_LEFT_OF_SPAN = re.compile(rf"[{HANGUL}{LATIN}0-9%℃°①-⑳Ⅰ-Ⅻ]")
_RIGHT_OF_SPAN = re.compile("[₩$€¥£]?[0-9①-⑳Ⅰ-Ⅻ]")
_LETTER = re.compile("[A-Za-z](?![A-Za-z])")
_WEEKDAYS = re.compile("[^가-힣]?[월화수목금토일]~[월화수목금토일][^가-힣]?")
# How found: two to five letters of a place and what parts it from the word before.
_PLACE = 8
_PLACE_BEFORE = re.compile("(?:^|[^가-힣])[가-힣]{2,5}$")
_PLACE_AFTER = re.compile(
    f" ?[가-힣]{{2,5}}(?:(?:간|행)(?![가-힣])| (?:{any_of('number_words.place-behind')}))"
)
_NUMBER_NEXT = re.compile("[0-9₩$]")


def is_clock_span(text: str, start: int, end: int) -> bool:
    """Say whether a dash stands between two times of the day: 9:00-18:00."""
    before, after = text[max(0, start - 3) : start], text[end : end + 5]
    return bool(re.fullmatch(":[0-5][0-9]", before) and re.match("[0-9]{1,2}:[0-5]", after))


def between_digits(text: str, start: int, end: int) -> bool:
    """Say whether digits stand on both sides of a sign, spaces allowed."""
    left, right = text[max(0, start - 2) : start], text[end : end + 2]
    return left.rstrip()[-1:].isdigit() and right.lstrip()[:1].isdigit()


def in_equation(text: str, start: int, end: int) -> bool:
    """Say whether a sign stands in a sum: numbers on both sides, an equals sign after it."""
    left = text[max(0, start - 3) : start].rstrip()[-1:]
    right = text[end : end + 24]
    return bool(left.isdigit() and re.match(r"\s?[0-9][^가-힣]{0,20}=", right))


def _opens_number(text: str, start: int, end: int) -> bool:
    """Say whether a tilde opens a number and spans nothing: 약 ~10명."""
    if text[max(0, start - 1) : start].strip() or not _NUMBER_NEXT.match(text, end):
        return False
    return not re.search("[0-9]", word_before(text, start))


def span_link(text: str, start: int, end: int, last: str) -> str:
    """Return the particle that a tilde stands for, empty where it is not said.

    Args:
        text: The text.
        start: Where the tilde begins.
        end: Where it ends.
        last: What was said last.
    """
    if _opens_number(text, start, end):
        return ""
    left = text[max(0, start - 3) : start].rstrip()[-1:]
    right = text[end : end + 8].lstrip().lstrip("'’")
    dated = _DATE_END.search(last) and " 분의 " not in last and _DAY_NAMES.match(right)
    if dated or (_CLOCK_END.search(last) and _HOUR.match(right)):
        return "부터"
    spans = _LEFT_OF_SPAN.match(left) and _RIGHT_OF_SPAN.match(right)
    if _WEEKDAYS.fullmatch(text[max(0, start - 2) : end + 2].strip()):
        return "부터"
    places = _PLACE_BEFORE.search(text[max(0, start - _PLACE) : start])
    spans = spans or (_LETTER.match(left) and _LETTER.match(right))
    return "에서" if spans or (places and _PLACE_AFTER.match(text, end)) else ""
