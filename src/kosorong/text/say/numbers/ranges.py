"""Ranges and lists of numbers before what they count.

>>> read = lambda text: " ".join(part for _, part in first_said(RANGE_RULES, text, 0).parts)
>>> read("3~5명"), read("2~3만 원"), read("1970~1980년대")
('세 명에서 다섯 명', '이만 원에서 삼만', '천구백칠십부터 천구백팔십년대')
>>> read("3,4명"), read("2·3학년"), read("20~30대"), read("2~30대")
('서너 명', '이 삼학년', '이십 대에서 삼십 대', '이삼십 대')
"""

from __future__ import annotations

import re
from dataclasses import replace

from kosorong.text.say.numbers.counter_table import NUMBERED_ONLY
from kosorong.text.say.numbers.counters import (
    WORK_PARTS,
    Counter,
    count,
    find_counter,
    is_native,
    joins,
    numbers_in_list,
)
from kosorong.text.say.numbers.numbers import big_unit, sino, sino_digits
from kosorong.text.say.numbers.numerals import numerals
from kosorong.text.say.numbers.quantities import (
    Quantity,
    counted,
    find_quantity,
    first_said,
    scale_word,
    sign_after,
)
from kosorong.text.say.scanning import Rule, Said

__all__ = ["RANGE_RULES", "first_said"]

_FROM, _SINCE = "에서", "부터"
_DATES = frozenset(("년대", "년도", "월", "시", "세기"))
_SHARED = frozenset(("년대", "년도"))
# How found: a guess, never tuned; no measurement is on record.
_FIRST_YEAR = 1000
_RANGE_SIGN = re.compile(r"\s?[~–]\s?| ?- ?")
_YEAR_LENGTH = 4
# How found: a guess, never tuned; no measurement is on record.
_ROUND = 20


def _scaled(text: str, first: Quantity, second: Quantity) -> Quantity:
    """Give the first number of `2~3만` and `3천~4천만` the scale word that both share."""
    digits, own = scale_word(text, first)
    greater, shared = scale_word(text, second)
    if own == shared or not shared.startswith(own):
        return first
    if float(digits.replace(",", "")) >= float(greater.replace(",", "")):
        return first
    return replace(first, spoken=big_unit(digits, shared), value=None)


_REST = re.compile("(?<=[만억조]) (?=[0-9]{1,4}[천백십만])")


def _with_rest(text: str, number: Quantity) -> Quantity:
    """Take in what is written apart after a scale word: `4만 5천`."""
    space = _REST.match(text, number.end)
    rest = find_quantity(text, space.end()) if space else None
    if rest is None:
        return number
    spoken, size = f"{number.spoken} {rest.spoken}", number.size + rest.size
    return replace(number, end=rest.end, spoken=spoken, size=size)


def _range(text: str, at: int) -> Said | None:
    """Read `3~5명`, `10-20%`, `2~3만 원`, `1970~1980년대`."""
    first = find_quantity(text, at)
    sign = _RANGE_SIGN.match(text, first.end) if first else None
    second = find_quantity(text, sign.end()) if sign else None
    if first is None or sign is None or second is None:
        return None
    years = (second.end - second.start, first.end - first.start) == (_YEAR_LENGTH, _YEAR_LENGTH)
    low = _scaled(text, first, second)
    second = _with_rest(text, second)
    counter = find_counter(text, second.end)
    after = sign_after(text, second.end)
    is_sure = years or counter or after or low is not first
    if "-" in sign[0] and not (is_sure and first.size < second.size):
        return None
    if after is not None:
        parts = ((at, low.spoken + _FROM), (second.start, f"{after[2]} {second.spoken}".strip()))
        return Said(after[1], (*parts, (after[0], after[3])), after_sign=True)
    if counter is None:
        return Said(second.end, ((at, low.spoken + _FROM), (second.start, second.spoken)))
    return _counted_range(text, low, second, counter)


def _is_dated(text: str, first: Quantity, counter: Counter) -> bool:
    """Say whether a range is one of calendar years or of days of a month."""
    if counter.name == "년":
        return (first.value or 0) >= _FIRST_YEAR
    return (
        counter.name == "일"
        and re.search(r"월\s?$", text[max(0, first.start - 2) : first.start]) is not None
    )


def _bounds(text: str, first: Quantity, second: Quantity, counter: Counter) -> tuple[str, str]:
    """Read the two numbers of a range before its counter."""
    numbers_parts = counter.name in (*WORK_PARTS, "번")
    if first.value == 1 and numbers_parts:  # a range from one on numbers things, it counts none
        return first.spoken, second.spoken
    low, high = counted(text, first, counter), counted(text, second, counter)
    greatest = second.value or 0
    native = greatest % 100 and is_native(text, second.start, counter, greatest)
    if (first.value or 0) >= _ROUND and not native:
        low = first.spoken  # 이십 명에서 백 명: both are round
    return low, high


def _counted_range(text: str, first: Quantity, second: Quantity, counter: Counter) -> Said:
    """Read a range before a counter, which is said twice unless it belongs to a date."""
    dated = _is_dated(text, first, counter)
    link = _SINCE if dated or counter.name in _DATES else _FROM
    low, high = _bounds(text, first, second, counter)
    space = "" if joins(counter) else " "
    name = "" if dated or counter.name in _SHARED else space + counter.name
    head = (first.start, low + name + link)
    if counter.apart:
        return Said(second.end, (head, (second.start, high)), fixes_particle=False)
    tail = (second.start, high + space + counter.name)
    return Said(counter.end, (head, tail), fixes_particle=False)


# --- 2~30대 -----------------------------------------------------------------------------------

_TENS = re.compile(r"(?<![0-9.,·~-])([2-8])(?: ?([~–]) ?|([,·-]))([3-9])(0{1,3})(?![0-9.,])")
_PLACES = {1: "십", 2: "백", 3: "천"}
_SCALE = re.compile("[만억조](?!큼)")


def _tens(text: str, at: int) -> Said | None:
    """Read `2~30대` and `7,80년대`, where the tens are written once: 이삼십, 칠팔십."""
    match = _TENS.match(text, at)
    if match is None or int(match[4]) != int(match[1]) + 1:
        return None
    if match[3] == "," and len(match[5]) > 1:  # 2,300 is one number
        return None
    scale = _SCALE.match(text, match.end())
    end = scale.end() if scale else match.end()
    counter, after = find_counter(text, end), sign_after(text, end)
    if (counter is None and after is None) or (counter and counter.name in NUMBERED_ONLY):
        return None
    number = sino_digits(match[1] + match[4]) + _PLACES[len(match[5])] + (scale[0] if scale else "")
    if after:
        return Said(after[1], ((at, f"{after[2]} {number}".strip()), (after[0], after[3])))
    if counter is None or counter.apart:
        return Said(end, ((at, number),), fixes_particle=False)
    return Said(counter.end, ((at, f"{number} {counter.name}"),), fixes_particle=False)


# --- 3,4명 ------------------------------------------------------------------------------------

_LIST = re.compile(r"(?<![0-9.,/])[0-9]{1,2}(?:(?:, ?| ?· ?)[0-9]{1,2}){1,9}(?![0-9.,/:])")
_ITEM = re.compile("([0-9]{1,2})(, ?|)")
_SOME = {(n, n + 1): said for n, said in numerals("about").items()}
"""Two numbers in a row, before a counter: about so many (표준국어대사전)."""


def _list(text: str, at: int) -> Said | None:
    """Read two numbers or more before one counter: `3,4명`, `2·3학년`, `1, 2, 3번`."""
    match = _LIST.match(text, at)
    counter = find_counter(text, match.end()) if match else None
    if match is None or counter is None or (counter.apart and "·" in match[0]):
        return None
    items = list(_ITEM.finditer(match[0]))
    numbers = [int(item[1]) for item in items]
    sino_all = numbers_in_list(text, at, counter, numbers)
    some = _SOME.get((numbers[0], numbers[-1])) if len(numbers) == 2 else None
    if some and not sino_all and " " not in match[0] and is_native(text, at, counter, numbers[0]):
        parts = [(at, some)]
    else:
        parts = [
            # One list is of one series: what stands before it says which, for all of it.
            (
                at + item.start(),
                (sino(n) if sino_all else count(text, at, counter, n)) + "," * bool(item[2]),
            )
            for item, n in zip(items, numbers, strict=True)
        ]
    joined = text[at - 1 : at] == "제"
    if counter.apart:
        return Said(match.end(), tuple(parts), joined, fixes_particle=False)
    start, last = parts[-1]
    parts[-1] = (start, last + ("" if joins(counter) else " ") + counter.name)
    return Said(counter.end, tuple(parts), joined, fixes_particle=False)


_SCALED_PAIR = re.compile("(?<![0-9.,·])([1-9])[,·] ?([2-9])(?=(?:[십백천]|만(?!큼)|억|조))")


def _scaled_pair(text: str, at: int) -> Said | None:
    """Read the digits of `4,5만 원` and `2,3천 명` in a row: 사오만, 이삼천."""
    match = _SCALED_PAIR.match(text, at)
    if match is None or int(match[2]) != int(match[1]) + 1:
        return None
    return Said(match.end(), ((at, sino_digits(match[1] + match[2])),), fixes_particle=False)


RANGE_RULES: tuple[Rule, ...] = (_tens, _scaled_pair, _list, _range)
"""Rules that begin at a digit."""
