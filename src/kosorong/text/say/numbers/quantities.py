"""Numbers with what belongs to them: scale words, counters, units, percent, exponents, money.

>>> read = lambda text: " ".join(part for _, part in first_said((read_number,), text, 0).parts)
>>> read("3권"), read("1,200원"), read("3.5%"), read("10⁶개")
('세 권', '천이백 원', '삼점오 퍼센트', '십의 육 제곱 개')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import prod

from kosorong.text.say.numbers.counters import Counter, count, find_counter, joins
from kosorong.text.say.numbers.exponents import find_power
from kosorong.text.say.numbers.numbers import MINUS, big_unit, decimal, sino_digits, sino_numeral
from kosorong.text.say.numbers.units import (
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
from kosorong.text.say.scanning import Rule, Said, first_said
from kosorong.text.words import any_of

__all__ = [
    "MONEY_RULES",
    "SIGNED_RULES",
    "Quantity",
    "counted",
    "find_quantity",
    "first_said",
    "read_number",
    "scale_word",
    "sign_after",
    "with_sign",
]

_GROUPED = "[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])"
_NUMBER = rf"(?:{_GROUPED}|[0-9]+)(?:\.[0-9]+)?"
_PLAIN = re.compile(_NUMBER)
_BIG_UNIT = f"(?:{any_of('number_words.big-unit')})"
_WITH_UNIT = re.compile(f"({_NUMBER})({_BIG_UNIT})")
_SCALES = {"십": 10.0, "백": 1e2, "천": 1e3, "만": 1e4, "억": 1e8, "조": 1e12, "경": 1e16}
_INSIDE_GROUP = re.compile("(?<=[십백천]) ")
# How found: a guess, never tuned; no measurement is on record.
_MANY_DIGITS = 3
# How found: a guess, never tuned; no measurement is on record.
_LONGEST_COUNT = 9


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number found in a text.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        spoken: Its Sino-Korean reading.
        value: Its value, where it is a whole number that may be counted.
        size: About how great it is, scale words and decimals taken in.
    """

    start: int
    end: int
    spoken: str
    value: int | None
    size: float


def find_quantity(text: str, at: int) -> Quantity | None:
    """Find the number at an offset, written units of it (만, 억 …) taken in."""
    match = _WITH_UNIT.match(text, at)
    if match is None:
        plain = _PLAIN.match(text, at)
        return _plain_quantity(plain) if plain else None
    words: list[str] = []
    end, size = at, 0.0
    bigger = text[max(0, at - 2) : at].strip()[-1:] in ("억", "조", "경")
    while match is not None:
        words.append(big_unit(match[1], match[2], leading=not words and not bigger))
        size += _size(match[1]) * prod(_SCALES[letter] for letter in match[2])
        end = match.end()
        match = _WITH_UNIT.match(text, end)
    tail = _PLAIN.match(text, end)
    if tail is not None:
        words.append(decimal(tail[0]))
        size += _size(tail[0])
        end = tail.end()
    spoken = _INSIDE_GROUP.sub("", " ".join(words))
    return Quantity(at, end, spoken, None, size)


def _size(written: str) -> float:
    """Return about how great a number in digits is."""
    return float(written.replace(",", ""))


def scale_word(text: str, quantity: Quantity) -> tuple[str, str]:
    """Return the digits that a quantity begins with and the scale word after them, if any.

    >>> scale_word("3만 5천", find_quantity("3만 5천", 0)), scale_word("20", find_quantity("20", 0))
    (('3', '만'), ('20', ''))
    """
    match = _WITH_UNIT.match(text, quantity.start)
    return (match[1], match[2]) if match else (text[quantity.start : quantity.end], "")


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
            return Quantity(start, match.end(), sino_digits(written), None, 0.0)
    whole = written.replace(",", "")
    countable = "." not in whole and len(whole) <= _LONGEST_COUNT
    value = int(whole) if countable else None
    return Quantity(start, match.end(), decimal(written), value, float(whole))


# --- what follows a number --------------------------------------------------------------------


def _joined(text: str, at: int) -> bool:
    """Say whether the number continues the prefix 제: 제삼 권."""
    return text[at - 1 : at] == "제" and not re.match("[가-힣]", text[max(0, at - 2) : at - 1])


def counted(text: str, quantity: Quantity, counter: Counter) -> str:
    """Read a number before its counter."""
    if quantity.value is None:
        return quantity.spoken
    return count(text, quantity.start, counter, quantity.value)


def _with_counter(text: str, quantity: Quantity, counter: Counter) -> Said:
    """Read a number and the counter written against it."""
    number = counted(text, quantity, counter)
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


def sign_after(text: str, end: int) -> tuple[int, int, str, str] | None:
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


def with_sign(start: int, spoken: str, sign: tuple[int, int, str, str], *, joined: bool) -> Said:
    """Read a number with the sign after it, which may be a word of its own."""
    sign_start, end, before, after = sign
    number = f"{before} {spoken}".strip()
    return Said(end, ((start, number), (sign_start, after)), joined, after_sign=True)


def _raised(text: str, quantity: Quantity) -> Said | None:
    """Read a number with its exponent and the unit or counter after that."""
    power = find_power(text, quantity.end)
    if power is None:
        return None
    end, spoken = power[0], f"{quantity.spoken}의 {power[1]}"
    sign = sign_after(text, end)
    if sign is not None:
        return with_sign(quantity.start, spoken, sign, joined=False)
    counter = find_counter(text, end)
    if counter is not None and not counter.apart:
        spoken, end = f"{spoken} {counter.name}", counter.end
    return Said(end, ((quantity.start, spoken),), fixes_particle=counter is None)


def read_number(text: str, at: int) -> Said | None:
    """Read a number and what follows it."""
    quantity = find_quantity(text, at)
    if quantity is None:
        return None
    if raised := _raised(text, quantity):
        return raised
    joined = _joined(text, at)
    sign = sign_after(text, quantity.end)
    if sign is not None:
        return with_sign(at, quantity.spoken, sign, joined=joined)
    counter = find_counter(text, quantity.end)
    if counter is not None:
        return _with_counter(text, quantity, counter)
    return Said(quantity.end, ((at, quantity.spoken),), joined)


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
