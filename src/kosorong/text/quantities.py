"""Numbers with what belongs to them: counters, units, percent, money, fractions, ranges, ratios.

>>> read = lambda text: " ".join(part for _, part in first_said(NUMBER_RULES, text, 0).parts)
>>> read("3권"), read("1,200원"), read("3.5%"), read("1/2"), read("3~5명"), read("3:2")
('세 권', '천이백 원', '삼점오 퍼센트', '이 분의 일', '세 명에서 다섯 명', '삼 대 이')
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kosorong.text.addresses import read_version
from kosorong.text.counters import Counter, count, find_counter, is_native, joins
from kosorong.text.numbers import MINUS, big_unit, decimal, sino_digits, sino_numeral
from kosorong.text.scanning import Rule, Said, first_said, pattern_rule
from kosorong.text.units import (
    CENTS,
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    DEGREE,
    PERCENT,
    UNIT,
    read_percent,
    read_unit,
    scale_of,
)

__all__ = ["MONEY_RULES", "NUMBER_RULES", "first_said", "read_root"]

_GROUPED = "[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])"
_NUMBER = rf"(?:{_GROUPED}|[0-9]+)(?:\.[0-9]+)?"
_PLAIN = re.compile(_NUMBER)
_BIG_UNIT = (
    "(?:[십백천](?:[만억조경])|만(?!큼)|억|조(?![각직항림용])|경(?![기우주계])|천(?!사|국|막|장|재|둥)|"
    "백(?!합|인|색|제|화점)|십(?!자))"
)
_WITH_UNIT = re.compile(f"({_NUMBER})({_BIG_UNIT})")
_INSIDE_GROUP = re.compile("(?<=[십백천]) ")
_MANY_DIGITS = 3
_LONGEST_COUNT = 9


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number found in a text.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        spoken: Its Sino-Korean reading.
        value: Its value, where it is a whole number that may be counted.
    """

    start: int
    end: int
    spoken: str
    value: int | None


def find_quantity(text: str, at: int) -> Quantity | None:
    """Find the number at an offset, written units of it (만, 억 …) taken in."""
    match = _WITH_UNIT.match(text, at)
    if match is None:
        plain = _PLAIN.match(text, at)
        return _plain_quantity(plain) if plain else None
    said: list[str] = []
    end = at
    bigger = text[max(0, at - 2) : at].strip()[-1:] in ("억", "조", "경")
    while match is not None:
        said.append(big_unit(match[1], match[2], leading=not said and not bigger))
        end = match.end()
        match = _WITH_UNIT.match(text, end)
    tail = _PLAIN.match(text, end)
    if tail is not None:
        said.append(decimal(tail[0]))
        end = tail.end()
    spoken = _INSIDE_GROUP.sub("", " ".join(said))
    return Quantity(at, end, spoken, None)


def _plain_quantity(match: re.Match[str]) -> Quantity:
    """Make a quantity of digits; after a Latin letter three digits or more are read one by one."""
    written = match[0]
    text, start = match.string, match.start()
    if (
        written.isdigit()
        and len(written) >= _MANY_DIGITS
        and re.match("[A-Za-z-]", text[start - 1 : start])
    ):
        letters = re.search("[A-Za-z]-?$", text[max(0, start - 2) : start])
        if letters:
            return Quantity(start, match.end(), sino_digits(written), None)
    whole = written.replace(",", "")
    countable = "." not in whole and len(whole) <= _LONGEST_COUNT
    return Quantity(start, match.end(), decimal(written), int(whole) if countable else None)


# --- what follows a number --------------------------------------------------------------------


def _joined(text: str, at: int) -> bool:
    """Say whether the number continues the prefix 제: 제삼 권."""
    return text[at - 1 : at] == "제" and not re.match("[가-힣]", text[max(0, at - 2) : at - 1])


def _counted(text: str, quantity: Quantity, counter: Counter) -> str:
    """Read a number before its counter."""
    if quantity.value is None:
        return quantity.spoken
    return count(text, quantity.start, counter, quantity.value)


def _with_counter(text: str, quantity: Quantity, counter: Counter) -> Said:
    """Read a number and the counter written against it."""
    number = _counted(text, quantity, counter)
    joined = _joined(text, quantity.start)
    if counter.apart:
        return Said(quantity.end, ((quantity.start, number),), joined, fixes_particle=False)
    space = "" if joins(counter) else " "
    spoken = number + space + counter.name
    return Said(counter.end, ((quantity.start, spoken),), joined, fixes_particle=False)


_CODE = "|".join(sorted(map(re.escape, CURRENCY_CODES), key=len, reverse=True))
_SIGN = "".join(map(re.escape, CURRENCY_SIGNS))
_MONEY_AFTER = re.compile(rf"\s?(?:([{_SIGN}])|({_CODE})(?![A-Za-z]))")
_BLANK = re.compile(r"[ \u00a0]?")


def _sign_after(text: str, end: int) -> tuple[int, int, str, str] | None:
    """Find percent, degrees, a unit or money after a number.

    Returns:
        Where the sign begins and ends, what is said before the number and after it.
    """
    blank = _BLANK.match(text, end)
    start = blank.end() if blank else end
    if percent := PERCENT.match(text, start):
        return start, percent.end(), "", read_percent(percent[0])
    if degree := DEGREE.match(text, start):
        return start, degree.end(), scale_of(degree[0]), "도"
    if unit := UNIT.match(text, start):
        return start, unit.end(), "", read_unit(unit[0])
    if money := _MONEY_AFTER.match(text, end):
        name = CURRENCY_SIGNS[money[1]] if money[1] else CURRENCY_CODES[money[2]]
        return money.start(money.lastindex or 0), money.end(), "", name
    return None


def _with_sign(start: int, spoken: str, sign: tuple[int, int, str, str], *, joined: bool) -> Said:
    """Read a number with the sign after it, which may be a word of its own."""
    sign_start, end, before, after = sign
    number = f"{before} {spoken}".strip()
    return Said(end, ((start, number), (sign_start, after)), joined)


def _number(text: str, at: int) -> Said | None:
    """Read a number and what follows it."""
    quantity = find_quantity(text, at)
    if quantity is None:
        return None
    joined = _joined(text, at)
    sign = _sign_after(text, quantity.end)
    if sign is not None:
        return _with_sign(at, quantity.spoken, sign, joined=joined)
    counter = find_counter(text, quantity.end)
    if counter is not None:
        return _with_counter(text, quantity, counter)
    return Said(quantity.end, ((at, quantity.spoken),), joined)


# --- ranges, ratios, fractions ----------------------------------------------------------------

_FROM, _SINCE = "에서", "부터"
_DATES = frozenset(("년대", "년도", "월", "시", "세기"))
_SHARED = frozenset(("년대", "년도"))
_FIRST_YEAR = 1000
_RANGE_SIGN = re.compile(r"\s?[~–]\s?| ?- ?")
_YEAR_LENGTH = 4


def _range(text: str, at: int) -> Said | None:
    """Read `3~5명`, `10-20%`, `1970~1980년대`."""
    first = find_quantity(text, at)
    sign = _RANGE_SIGN.match(text, first.end) if first else None
    second = find_quantity(text, sign.end()) if sign else None
    if first is None or sign is None or second is None:
        return None
    years = (second.end - second.start, first.end - first.start) == (_YEAR_LENGTH, _YEAR_LENGTH)
    counter = find_counter(text, second.end)
    after = _sign_after(text, second.end)
    doubtful = not (years or counter or after) or not _rising(first, second)
    if "-" in sign[0] and doubtful:
        return None
    if after is not None:
        parts = ((at, first.spoken + _FROM), (second.start, f"{after[2]} {second.spoken}".strip()))
        return Said(after[1], (*parts, (after[0], after[3])))
    if counter is None:
        return Said(second.end, ((at, first.spoken + _FROM), (second.start, second.spoken)))
    return _counted_range(text, first, second, counter)


def _rising(first: Quantity, second: Quantity) -> bool:
    """Say whether a hyphen may stand for `to`: the second number is the greater one."""
    return first.value is not None and second.value is not None and first.value < second.value


def _is_dated(text: str, first: Quantity, counter: Counter) -> bool:
    """Say whether a range is one of calendar years or of days of a month."""
    if counter.name == "년":
        return (first.value or 0) >= _FIRST_YEAR
    return (
        counter.name == "일"
        and re.search(r"월\s?$", text[max(0, first.start - 2) : first.start]) is not None
    )


def _counted_range(text: str, first: Quantity, second: Quantity, counter: Counter) -> Said:
    """Read a range before a counter, which is said twice unless it belongs to a date."""
    dated = _is_dated(text, first, counter)
    link = _SINCE if dated or counter.name in _DATES else _FROM
    if first.value == 1 and counter.name in ("권", "장", "편", "막", "부"):
        low, high = first.spoken, second.spoken  # a range from one on numbers the parts of a work
    else:
        low, high = _counted(text, first, counter), _counted(text, second, counter)
        both_native = first.value is not None and is_native(text, first.start, counter, first.value)
        if both_native and not is_native(text, second.start, counter, second.value or 0):
            low = first.spoken
    space = "" if joins(counter) else " "
    name = "" if dated or counter.name in _SHARED else space + counter.name
    said = (first.start, low + name + link)
    if counter.apart:
        return Said(second.end, (said, (second.start, high)), fixes_particle=False)
    tail = (second.start, high + space + counter.name)
    return Said(counter.end, (said, tail), fixes_particle=False)


_FRACTION = re.compile(r"(?<![0-9/.])(√?)([0-9,]{1,24})[/⁄](√?)([0-9,]{1,24})(?![0-9/])")
_SMALL_DENOMINATOR = 20


def read_root(number: str) -> str:
    """Read what stands under a root sign: √2 루트 이."""
    return f"루트 {sino_numeral(number)}"


def _fraction(text: str, at: int) -> Said | None:
    """Read `1/2` and `√1/2`, with a unit after it if there is one."""
    match = _FRACTION.match(text, at)
    if match is None:
        return None
    top, bottom = match[2].replace(",", ""), match[4].replace(",", "")
    if not top or not bottom:
        return None
    if len(bottom) > 2 or (int(top) >= int(bottom) > _SMALL_DENOMINATOR) or len(top) > _YEAR_LENGTH:
        return Said(match.end(), ((at, f"{sino_numeral(top)} 슬래시 {sino_numeral(bottom)}"),))
    numerator = read_root(top) if match[1] else sino_numeral(top)
    denominator = read_root(bottom) if match[3] else sino_numeral(bottom)
    spoken = f"{denominator} 분의 {numerator}"
    sign = _sign_after(text, match.end())
    if sign is not None:
        return _with_sign(at, spoken, sign, joined=False)
    counter = find_counter(text, match.end())
    if counter is not None and not counter.apart:
        return Said(counter.end, ((at, f"{spoken} {counter.name}"),), fixes_particle=False)
    return Said(match.end(), ((at, spoken),))


def _ratio(match: re.Match[str]) -> str:
    """Read `3:2` and `3:2:1`."""
    return " 대 ".join(decimal(number) for number in match[0].split(":"))


_AGAINST = re.compile(r"(?<![0-9.,])([0-9]{1,3}) ?(대) ?([0-9]{1,3})(?![0-9])")


def _against(text: str, at: int) -> Said | None:
    """Read `3대2` and `2대 1`; vehicles before another count stay vehicles."""
    match = _AGAINST.match(text, at)
    if match is None or find_counter(text, match.end()) is not None:
        return None
    numbers = (at, sino_numeral(match[1])), (match.start(3), sino_numeral(match[3]))
    parts = numbers[0], (match.start(2), "대"), numbers[1]
    return Said(match.end(), parts)


_SCORE = (
    r"([0-9]{1,3})-([0-9]{1,3})"
    "(?=(?:으?로)? ?[가-힣]{0,4} ?(?:이[기겼긴길]|졌|지고|패|승|무승부|역전|앞서|꺾|물리|눌))"
)


def _score(match: re.Match[str]) -> str:
    """Read a score written with a hyphen."""
    return f"{sino_numeral(match[1])} 대 {sino_numeral(match[2])}"


_FEW_PLACES = r"(?<![0-9.])([0-9]{1,2})·([0-9]{1,2})(?=월|층|학년|번|호|등|차|위|세|급|권|년|일)"


def _two_numbers(text: str, at: int) -> Said | None:
    """Read `3·4월`, two numbers before one counter."""
    match = _PAIR.match(text, at)
    if match is None:
        return None
    counter = find_counter(text, match.end())
    number = int(match[1])
    first = (
        count(text, at, counter, number)
        if counter and counter.name == "월"
        else sino_numeral(match[1])
    )
    return Said(match.end(1), ((at, first),))


_PAIR = re.compile(_FEW_PLACES)

NUMBER_RULES: tuple[Rule, ...] = (
    pattern_rule(r"(?<![0-9.])[0-9]+(?:\.[0-9]+){2,}(?![0-9])", lambda m: read_version(m[0])),
    _fraction,
    pattern_rule(
        r"(?<![0-9:])[0-9][0-9.]{0,8}(?::[0-9][0-9.]{0,8}){1,3}(?<=[0-9])(?![0-9:])", _ratio
    ),
    pattern_rule(_SCORE, _score),
    _against,
    _two_numbers,
    _range,
    _number,
)
"""Rules that begin at a digit."""


# --- money ------------------------------------------------------------------------------------

_MONEY = re.compile(rf"(?:({_CODE})|([{_SIGN}]))\s?(?=[0-9])", re.IGNORECASE)
_CENTS = re.compile(r"([0-9,]+)\.([0-9]{2})(?![0-9])")


def _money(text: str, at: int) -> Said | None:
    """Read money whose currency stands before the number."""
    match = _MONEY.match(text, at)
    quantity = find_quantity(text, match.end()) if match else None
    if match is None or quantity is None:
        return None
    name = CURRENCY_CODES[match[1].upper()] if match[1] else CURRENCY_SIGNS[match[2]]
    start = match.end()
    cents = _CENTS.fullmatch(text[start : quantity.end])
    if cents and name in CENTS and cents[2] != "00":
        spoken = f"{sino_numeral(cents[1])} {name} {sino_numeral(cents[2])} {CENTS[name]}"
    else:
        spoken = f"{quantity.spoken} {name}"
    return Said(quantity.end, ((start, spoken),))


def _signed(text: str, at: int) -> Said | None:
    """Read the minus or plus of a number that follows; the number is read on its own."""
    match = _SIGNED.match(text, at)
    if match is None:
        return None
    quantity = find_quantity(text, match.end())
    degree = DEGREE.match(text, quantity.end) if quantity else None
    if quantity and degree and match[0] != "+":
        spoken = f"{scale_of(degree[0])} 영하 {quantity.spoken} 도"
        return Said(degree.end(), ((at, spoken),))
    return Said(match.end(), ((at, MINUS if match[0] in "-−–" else "플러스"),))


_SIGNED = re.compile(rf"(?:(?<![\w)\]%-])|(?<=~))[-−–+](?=[0-9√{_SIGN}]|\.[0-9])")

MONEY_RULES: tuple[Rule, ...] = (_money,)
"""Rules that begin at a currency sign or code."""

SIGNED_RULES: tuple[Rule, ...] = (_signed,)
"""Rules that begin at a minus or plus."""
