"""Which numerals a counter takes: 세 권 but 삼 층, and how a context decides where both are said.

Native numerals are said for the last two digits up to nine hundred and ninety-nine (times of the
day to twelve, hours to twenty-three), Sino-Korean ones above. A noun that is no counter leaves the
number Sino-Korean; `kosorong.text.say.numbers.counter_table` lists the counters with their reasons.

Counters with two readings follow their context (권, 장, 편, 대, 번, 분, 부 …): see `_sino_here`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kosorong.text.letters.hangul import HANGUL
from kosorong.text.say.numbers.counter_table import AGAINST, GREATEST_NATIVE, LIMITS, NATIVE, SINO
from kosorong.text.say.numbers.numbered import names_by_number
from kosorong.text.say.numbers.numbers import native_counter, rank, sino, sino_digits
from kosorong.text.say.numbers.numerals import before_counters, numerals
from kosorong.text.say.numbers.persons import counts_persons
from kosorong.text.say.scanning import line_start, word_before
from kosorong.text.words import any_of

_ALL = tuple(
    sorted(
        {name for group in (NATIVE, *SINO) for name in group.words} | set(AGAINST),
        key=lambda name: (-len(name), name),
    )
)
_NATIVE_SET = frozenset(NATIVE.words)
_JOINED_SET = frozenset(AGAINST)
_COUNTER = re.compile(f"([ \\u00a0\\u3000]?)({'|'.join(_ALL)})")

_SUFFIX = re.compile(f"{any_of('number_words.behind-counter', HANGUL=HANGUL)}")
_FREE_AFTER = frozenset(("개", "명", "년", "월", "살", "시간", "원"))
"""Counters that any word may follow without a space: 3개국어 and the like stand above."""

_SPECIAL = before_counters()
_MONTHS = numerals("month")
_SHORT_YEAR = re.compile("0[0-9](?![0-9])")
WORK_PARTS = ("권", "장", "편", "막", "부")
"""Counters that number the parts of a work where the first of them is one."""


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter found after a number.

    Attributes:
        name: The counter.
        start: Where it begins in the text.
        end: Where it ends.
        apart: True where a space stands before it.
    """

    name: str
    start: int
    end: int
    apart: bool


def find_counter(text: str, at: int) -> Counter | None:
    """Find the counter that the number ending at offset `at` belongs to, if any.

    >>> find_counter("3권을", 1).name, find_counter("5 명", 1).apart, find_counter("2 배우", 1)
    ('권', True, None)
    """
    match = _COUNTER.match(text, at)
    while match is not None:
        space, name = match.group(1), match.group(2)
        apart = bool(space)
        free = not apart and (name in _FREE_AFTER or len(name) > 1)
        if free or (_SUFFIX.match(text, match.end()) and not _is_verb(text, match)):
            return Counter(name, match.start(2), match.end(), apart)
        shorter = [other for other in _ALL if len(other) < len(name) and name.startswith(other)]
        match = (
            re.compile(f"([ \\u00a0\\u3000]?)({shorter[0]})").match(text, at) if shorter else None
        )
    return None


def _is_verb(text: str, match: re.Match[str]) -> bool:
    """Say whether 되 is the verb and not the measure: 10되고."""
    return match[2] == "되" and text[match.end() : match.end() + 1] in tuple("고는지었겠기어면니")


# --- contexts ---------------------------------------------------------------------------------

_SERIES = re.compile(f"(?:{any_of('number_words.series')})(?:의|은|는|,)?[\"'』》」〉>]*$")
_TOTAL = re.compile(f"(?:{any_of('number_words.total')})$")
_FROM_PLACE = re.compile(any_of("number_words.volume-behind"))
_VOLUME_NEXT = re.compile(rf"\s?,?\s?[0-9]+\s?(?:{any_of('number_words.volume-next')})")
_MACHINES = re.compile(f"(?:{any_of('number_words.machines')})(?:도|를|을|는|은|만)?,?$")
_GENERATIONS = re.compile(rf"\s?(?:{any_of('number_words.reigns')})")
_PAPERS = re.compile(f"(?:{any_of('number_words.papers')})(?:를|을)?$")
_PICTURES = re.compile(f"(?:{any_of('number_words.pictures')})(?:이|을|를)?$")
_PEELS = re.compile(f"(?:{any_of('number_words.peels')})$")
_SHOWS = re.compile(f"(?:{any_of('number_words.shows')})$")
_VEGETABLES = re.compile(f"(?:{any_of('number_words.vegetables')})$")


def _other_volumes(text: str, counter: Counter, n: int) -> bool:
    """Say whether the text names the volume before or after too: 1권을 읽고 2권을."""
    near = text[max(0, counter.start - 60) : counter.end + 60]
    # The last of a list, as 4 in `3, 4권을`, names no other volume than the list does.
    alone = "(?<![0-9])(?<![0-9],)(?<![0-9], )(?<![0-9]·)"
    return any(
        re.search(rf"{alone}{other}\s?{counter.name}(?=[은이을과에도,])", near) is not None
        for other in (n - 1, n + 1)
        if other > 0
    )


def _is_part(text: str, start: int, counter: Counter, n: int) -> bool:
    """Say whether 권, 장, 편, 막, 곡 numbers a part of a work and does not count pieces."""
    before = word_before(text, start)
    counts_on = text.startswith("째", counter.end)
    if counts_on or _TOTAL.search(before) or _SHOWS.search(before):
        return False
    if counter.name == "편" and text[counter.end : counter.end + 1] != "의":
        return True
    heading = line_start(text, start) and re.match(
        r"\s*(?:$|[.:\n]|[^\n]{1,24}$)", text[counter.end :]
    )
    return bool(
        _SERIES.search(before)
        or (counter.name != "권" and re.search(r"[0-9]\s?(?:권|부|막)$", before))
        or _FROM_PLACE.match(text, counter.end)
        or (n == 1 and text.startswith("은", counter.end))
        or _VOLUME_NEXT.match(text, counter.end)
        or (
            heading
            and counter.name in ("장", "편", "막")
            and text[counter.end : counter.end + 1] in " .:\n"
        )
        or _other_volumes(text, counter, n)
    )


def _sino_here(text: str, start: int, counter: Counter, n: int) -> bool:
    """Decide for a counter with two readings whether it takes Sino-Korean numerals here."""
    before, after = word_before(text, start), counter.end
    match counter.name:
        case "권" | "장" | "편" | "막" | "곡":
            return _is_part(text, start, counter, n)
        case "대":
            tens = n % 10 == 0 and not _MACHINES.search(before) and text[after : after + 1] != "의"
            return tens or _GENERATIONS.match(text, after) is not None
        case "번":
            return names_by_number(text, start, after, n)
        case "분":
            return not counts_persons(text, start, after)
        case "부":
            return not _PAPERS.search(before)
        case "점":
            return not _PICTURES.search(before)
        case "쪽":
            return not _PEELS.search(before)
        case "단":
            return not _VEGETABLES.search(before)
        case _:
            return False


def _takes_sino(text: str, start: int, counter: Counter, n: int) -> bool:
    """Say whether the counter takes Sino-Korean numerals for this number here."""
    name = counter.name
    if name not in _NATIVE_SET or n > LIMITS.get(name, GREATEST_NATIVE) or n == 0:
        return True
    ordinal = text[start - 1 : start] == "제" or word_before(text, start) == "제"
    if ordinal and name not in ("번째", "째"):
        return True
    return _sino_here(text, start, counter, n)


def count(text: str, start: int, counter: Counter, n: int) -> str:
    """Read the number that stands at `start` before its counter, without the counter.

    Args:
        text: The text.
        start: Where the number begins.
        counter: The counter found after it.
        n: The number.

    >>> text = "책 3권을 6월에"
    >>> count(text, 2, find_counter(text, 3), 3), count(text, 6, find_counter(text, 7), 6)
    ('세', '유')
    """
    name = counter.name
    if name == "번" and text[start] == "0" and n:
        return sino_digits(text[start : start + len(str(n)) + 1], zero="공")
    if name == "년" and _SHORT_YEAR.match(text, start):
        return sino_digits(text[start : start + 2], zero="공")
    if name == "월":
        return _MONTHS.get(n, sino(n))
    if _takes_sino(text, start, counter, n):
        return sino(n)
    if name == "번째" and n == 1:
        return "첫"
    if name == "째":
        return rank(n).removesuffix("째")
    return _SPECIAL.get(name, {}).get(n) or native_counter(n)


def numbers_in_list(text: str, start: int, counter: Counter, numbers: list[int]) -> bool:
    """Say whether a list of numbers names things and does not count them: 1, 2, 3번.

    Args:
        text: The text.
        start: Where the list begins.
        counter: The counter after it.
        numbers: Its numbers, in order.
    """
    if counter.name == "월":
        return False
    if counter.name == "번":
        return (
            numbers[0] == 1
            or len(numbers) > 2
            or not all(is_native(text, start, counter, n) for n in numbers)
        )
    if counter.name in WORK_PARTS and numbers[0] == 1:
        return True
    return not all(is_native(text, start, counter, n) for n in numbers)


def is_native(text: str, start: int, counter: Counter, n: int) -> bool:
    """Say whether the counter is said with native numerals here."""
    return counter.name != "월" and not _takes_sino(text, start, counter, n)


def joins(counter: Counter) -> bool:
    """Say whether the counter is written against its number: 삼월, 오일, 셋째."""
    return counter.name in _JOINED_SET or counter.name == "째"
