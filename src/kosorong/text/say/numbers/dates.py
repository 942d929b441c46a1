"""Dates, times of the day and days of the week as they are written with digits.

>>> first_said(DATE_RULES, "2024-03-05", 0).parts
((0, '이천이십사년 삼월 오일'),)
>>> first_said(DATE_RULES, "14:05", 0).parts, first_said(DATE_RULES, "2:30", 0).parts
(((0, '십사 시 오 분'),), ((0, '두 시 삼십 분'),))
"""

from __future__ import annotations

import re

from kosorong.text.say.numbers.counters import find_counter
from kosorong.text.say.numbers.events import EVENT
from kosorong.text.say.numbers.numbers import native_counter, sino, sino_digits, sino_numeral
from kosorong.text.say.scanning import Rule, Said, first_said, pattern_rule, word_before
from kosorong.text.words import any_of

__all__ = ["DATE_RULES", "WEEKDAY", "first_said", "read_hour", "weekday"]

_NOON, _TWO_DIGITS = 12, 10
_MONTHS = {6: "유월", 10: "시월"}
_MONTH, _DAY = "(1[0-2]|0?[1-9])", "(3[01]|[12][0-9]|0?[1-9])"
_YEAR = "([12][0-9]{3})"
_SCRIPTURE = re.compile(f"(?:{any_of('number_words.scripture')})$")
_SCORE_BEFORE = re.compile(f"(?:{any_of('number_words.score-before')})[는은가이]?$")
_SCORE_AFTER = re.compile(rf"\s?(?:[가-힣]*로 ?)?(?:{any_of('number_words.score-after')})")


def read_month(month: int) -> str:
    """Read a month: 6월 is 유월, 10월 is 시월."""
    return _MONTHS.get(month, f"{sino(month)}월")


def read_date(year: str, month: str, day: str) -> str:
    """Read a date from its numbers."""
    return f"{sino_numeral(year)}년 {_month_day(month, day)}"


def read_hour(hour: int) -> str:
    """Read an hour: native up to twelve, Sino-Korean as on railway clocks above.

    >>> read_hour(3), read_hour(14), read_hour(0)
    ('세', '십사', '영')
    """
    return native_counter(hour) if 1 <= hour <= _NOON else sino(hour)


def _spaced_date(text: str, at: int) -> Said | None:
    """Read `2024. 3. 5.`; the dot after the day ends no sentence unless the text ends there."""
    match = _SPACED.match(text, at)
    if match is None or (at and text[at - 1] in "0123456789."):
        return None
    year, month, day = match.groups()
    parts = (
        (match.start(1), f"{sino_numeral(year)}년"),
        (match.start(2), read_month(int(month))),
        (match.start(3), f"{sino(int(day))}일"),
    )
    rest = text[match.end() : match.end() + 40]
    closing = rest.startswith(".") and rest[1:].strip()
    return Said(match.end() + bool(closing), parts)


_SPACED = re.compile(rf"{_YEAR}\. ?{_MONTH}\. ?{_DAY}(?![0-9])(?!\.[0-9])")
_SPACED_MONTH = rf"(?<![0-9.]){_YEAR}(?:\. {_MONTH}\.|\.(0[1-9]|1[0-2])\.)(?=[ 가-힣]|$)"


def _year_month(match: re.Match[str]) -> str:
    """Read `2024. 3.` and `2024.03.`."""
    month = match.group(2) or match.group(3)
    return f"{sino_numeral(match.group(1))}년 {read_month(int(month))}"


def _day_of_month(match: re.Match[str]) -> str:
    """Read `3/5(금)`: a date because of its day of the week."""
    return _month_day(match[1], match[2])


def _time(match: re.Match[str]) -> str | None:
    """Read `2:30`, `14:05:20`, `10:30 AM`; a score or a chapter and verse elsewhere."""
    text, start = match.string, match.start()
    before = word_before(text, start)
    hour, minute, second, half = match.groups()
    if _SCRIPTURE.search(before):
        return f"{sino(int(hour))} 장 {sino(int(minute))} 절" if second is None else None
    if _SCORE_BEFORE.search(before) or _SCORE_AFTER.match(text, match.end()):
        return None
    words = [f"{read_hour(int(hour))} 시"]
    if half:
        words.insert(0, "오전" if half in "Aa" else "오후")
    if int(minute):
        words.append(f"{sino(int(minute))} 분")
    if second is not None and int(second):
        words.append(f"{sino(int(second))} 초")
    return " ".join(words)


def _verse(match: re.Match[str]) -> str | None:
    """Read chapter and verse after the name of a book of the Bible."""
    if not _SCRIPTURE.search(word_before(match.string, match.start())):
        return None
    chapter, verse, last = match.groups()
    to = f"에서 {sino_numeral(last)}" if last else ""
    return f"{sino_numeral(chapter)} 장 {sino_numeral(verse)}{to} 절"


def _short_year(match: re.Match[str]) -> str:
    """Read `'98년`, `'98` and `'98.5.6`."""
    year, month, day = match.groups()
    if month:
        return read_date(year, month, day)
    if re.match(" ?학번", match.string[match.end() : match.end() + 3]):
        return sino_digits(year, "공")
    return f"{sino_digits(year, '공') if year[0] == '0' else sino_numeral(year)}년"


_WEEKDAY_NEXT = re.compile(r"\.?\s?\([월화수목금토일]")
_DOTTED = re.compile(rf"(?<![0-9.]){_MONTH}\. ?{_DAY}(\.?)(?![0-9])")
_DOTTED_NEXT = re.compile(
    rf"\s?[~–-]\s?(?:[0-9]{{1,2}}\. ?)?[0-9]{{1,2}}\.(?![0-9])|에(?:[는도]|서)?(?![가-힣])"
    f"|부터|까지|자(?![가-힣])| ?(?:{any_of('number_words.dotted-next')})"
)
_AFTER_DATE = re.compile(r"(?:[0-9]\.|일|\))\s?[~–-]\s?$")
_LAST_OF_SPAN = re.compile(rf"\s?[~–-]\s?{_MONTH}\.{_DAY}\.?\s?\([월화수목금토일]")
_AFTER_FULL_DATE = re.compile(r"[0-9]{4}\. ?[0-9]{1,2}\. ?[0-9]{1,2}\.?(?:\(.\))? ?[~–-] ?$")
# How found: long enough for the patterns that look there; a guess.
_MORE, _BEHIND, _FULL = 40, 6, 22
_LAST_DAY = re.compile(rf"{_DAY}(?:\.(?![0-9])|(?=\s?\([월화수목금토일]))")


def _dotted_day(text: str, at: int) -> Said | None:
    """Read `11.3(월)`, `3.5.~3.9.` and `11. 3.부터`: month and day with points."""
    match = _DOTTED.match(text, at)
    if match is None:
        return None
    end = match.end()
    closed = bool(match[3])
    spans = _AFTER_DATE.search(text[max(0, at - _BEHIND) : at])
    sign_of_date = _WEEKDAY_NEXT.match(text, end) or _LAST_OF_SPAN.match(text, end)
    sign_of_date = sign_of_date or _AFTER_FULL_DATE.search(text[max(0, at - _FULL) : at])
    if not sign_of_date and not (closed and (_DOTTED_NEXT.match(text, end) or spans)):
        return None
    parts = (
        (at, read_month(int(match[1]))),
        (match.start(2), f"{sino(int(match[2]))}일"),
    )
    return Said(end if text[end : end + _MORE].strip() else match.end(2), parts)


def _last_day(text: str, at: int) -> Said | None:
    """Read the day that ends a span, its month not written again: `3.5.~9.`, `3.5(화)~9(토)`."""
    match = _LAST_DAY.match(text, at)
    if match is None or not _AFTER_DATE.search(text[max(0, at - _BEHIND) : at]):
        return None
    dotted = text[match.end() - 1] == "."
    more = text[match.end() : match.end() + _MORE].strip()
    return Said(match.end() - (dotted and not more), ((at, f"{sino(int(match[1]))}일"),))


_SLASHED = rf"(?<![0-9./]){_MONTH}/{_DAY}(?![0-9/]|\.[0-9])"
_SLASHED_SPAN = rf"(?<![0-9./]){_MONTH}/{_DAY} ?[~–-] ?{_MONTH}/{_DAY}(?![0-9/])"
_DATE_WORD = re.compile(f"(?:{any_of('number_words.date-word')})[은는이가을를]?:?$")
_DATE_NEXT = re.compile(f" ?(?:{any_of('number_words.date-next')})")
_TO_DATE = re.compile(f"에(?:[는도]|서)?(?![가-힣])(?! ?(?:{any_of('number_words.to-date')}))")


def _slashed_day(match: re.Match[str]) -> str | None:
    """Read `11/3`, `8/15에` and `12/25까지`: no fraction is written or spoken of so."""
    text, end = match.string, match.end()
    month, day = int(match[1]), int(match[2])
    sign_of_date = _DATE_NEXT.match(text, end) or _DATE_WORD.search(
        word_before(text, match.start())
    )
    likely = month > day or day > _NOON
    late = month >= _TWO_DIGITS and month > day and find_counter(text, end) is None
    if not sign_of_date and not late and not (likely and _TO_DATE.match(text, end)):
        return None
    return f"{read_month(month)} {sino(day)}일"


def _slashed_span(match: re.Match[str]) -> str | None:
    """Read `11/3~11/9` where one of the two can be no fraction."""
    first, from_day, last, to_day = map(int, match.groups())
    proper = max(from_day, to_day) <= _NOON and first <= from_day and last <= to_day
    if proper and not _WEEKDAY_NEXT.match(match.string, match.end()):
        return None
    return f"{read_month(first)} {sino(from_day)}일부터 {read_month(last)} {sino(to_day)}일"


_YEAR_FIRST = rf"(?<![0-9./-]){_YEAR}([-/.]){_MONTH}\2{_DAY}(?![0-9])"
_US_ORDER = rf"(?<![0-9./-]){_MONTH}/{_DAY}/{_YEAR}(?![0-9/])"
_DAY_FIRST = rf"(?<![0-9./-]){_DAY}([-/.]){_MONTH}\2{_YEAR}(?![0-9/-])(?!\.[0-9])"
_LATE_DAY = rf"(?<![0-9./-]){_MONTH}-(1[3-9]|2[0-9]|3[01])-{_YEAR}(?![0-9/-])"
_SHORT_FIRST = rf"(?<![0-9./-])([0-9]{{2}})([-/.]){_MONTH}\2{_DAY}(?![0-9/-])(?!\.[0-9])"


def _short_date(match: re.Match[str]) -> str | None:
    """Read `24/11/03` and `24.11.03`, a year of two digits first."""
    year, sign, month, day = match.groups()
    sign_of_date = _WEEKDAY_NEXT.match(match.string, match.end())
    if sign != "/" and not sign_of_date and "0" not in (month[0], day[0]):
        return None
    return f"{sino_digits(year, '공') if year[0] == '0' else sino_numeral(year)}년 " + _month_day(
        month, day
    )


def _month_day(month: str, day: str) -> str:
    """Read the day of a month."""
    return f"{read_month(int(month))} {sino(int(day))}일"


DATE_RULES: tuple[Rule, ...] = (
    _spaced_date,
    pattern_rule(_YEAR_FIRST, lambda m: read_date(m[1], m[3], m[4])),
    pattern_rule(_US_ORDER, lambda m: read_date(m[3], m[1], m[2])),
    pattern_rule(_LATE_DAY, lambda m: read_date(m[3], m[1], m[2])),
    pattern_rule(_DAY_FIRST, lambda m: read_date(m[4], m[3], m[1])),
    pattern_rule(_SHORT_FIRST, _short_date),
    _dotted_day,
    _last_day,
    pattern_rule(_SPACED_MONTH, _year_month),
    pattern_rule(rf"(?<![0-9/]){_MONTH}/{_DAY}(?=\s?\([월화수목금토일])", _day_of_month),
    pattern_rule(_SLASHED_SPAN, _slashed_span),
    pattern_rule(_SLASHED, _slashed_day),
    pattern_rule(
        r"(?<![0-9:])([01]?[0-9]|2[0-4]):([0-5][0-9])(?::([0-5][0-9]))?(?![0-9:]|,[0-9]{3})"
        r"(?:\s?([AaPp])\.?[Mm](?![A-Za-z])\.?)?",
        _time,
    ),
    pattern_rule(r"(?<![0-9:])([0-9]{1,3}):([0-9]{1,3})(?:[~-]([0-9]{1,3}))?(?![0-9:])", _verse),
    EVENT,
)
"""Rules that begin at a digit."""

SHORT_YEAR: Rule = pattern_rule(
    r"['’‘]([0-9]{2})(?:년|\.(1[0-2]|0?[1-9])\.(3[01]|[12][0-9]|0?[1-9])(?![0-9])"
    r"|(?![0-9A-Za-z'’.]))",
    _short_year,
)
"""The rule for an apostrophe before a year of two digits."""

WEEKDAY = re.compile(
    r"\(([월화수목금토일月火水木金土日])(?:요일|曜日)?(?:\s?[~-]\s?([월화수목금토일])(?:요일)?)?\)"
)
_HANJA_DAYS = dict(zip("月火水木金土日", "월화수목금토일", strict=True))


def weekday(match: re.Match[str]) -> str:
    """Read a day of the week, or a span of them, in brackets after a date."""
    first, last = match.groups()
    first = _HANJA_DAYS.get(first, first)
    return f"{first}요일부터 {last}요일" if last else f"{first}요일"
