"""Fractions, ratios and scores: numbers said against one another.

>>> read = lambda text: " ".join(part for _, part in first_said(FRACTION_RULES, text, 0).parts)
>>> read("1/2"), read("1/1,000"), read("3:2"), read("1:50,000"), read("2대 1")
('이 분의 일', '천 분의 일', '삼 대 이', '일 대 오만', '이 대 일')
"""

from __future__ import annotations

import re

from kosorong.text.letters.hangul import has_coda
from kosorong.text.say.numbers.counters import find_counter
from kosorong.text.say.numbers.numbers import sino_numeral
from kosorong.text.say.numbers.quantities import find_quantity, sign_after, with_sign
from kosorong.text.say.scanning import Rule, Said, first_said, pattern_rule
from kosorong.text.words import any_of

__all__ = ["FRACTION_RULES", "first_said", "fraction", "read_root"]

_WHOLE = "(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,24})"
_FRACTION = re.compile(rf"(?<![0-9/.])(√?)({_WHOLE})[/⁄](√?)({_WHOLE})(?![0-9/])(?!,[0-9]{{3}})")
# How found: of more digits nobody says a fraction; a guess.
_LONGEST_PART = 9
# How found: a guess, never tuned; no measurement is on record.
_SMALL_DENOMINATOR = 20


def read_root(number: str) -> str:
    """Read what stands under a root sign: √2 루트 이."""
    return f"루트 {sino_numeral(number)}"


def _is_fraction(top: str, bottom: str) -> bool:
    """Say whether two numbers with a slash are a fraction and not a code: 192/24, 1998/1999."""
    if max(len(top), len(bottom)) > _LONGEST_PART:
        return False
    return int(top) < int(bottom) or int(bottom) <= _SMALL_DENOMINATOR


def fraction(text: str, at: int) -> Said | None:
    """Read `1/2`, `1/1,000`, `1/5만` and `√1/2`, with a unit after it if there is one."""
    match = _FRACTION.match(text, at)
    if match is None:
        return None
    top, bottom = match[2].replace(",", ""), match[4].replace(",", "")
    if not _is_fraction(top, bottom):
        return Said(match.end(), ((at, f"{sino_numeral(top)} 슬래시 {sino_numeral(bottom)}"),))
    numerator = read_root(top) if match[1] else sino_numeral(top)
    scaled = None if match[3] else find_quantity(text, match.start(4))
    end = scaled.end if scaled else match.end()
    denominator = scaled.spoken if scaled else read_root(bottom)
    spoken = f"{denominator} 분의 {numerator}"
    sign = sign_after(text, end)
    if sign is not None:
        return with_sign(at, spoken, sign, joined=False)
    counter = find_counter(text, end)
    if counter is not None and not counter.apart:
        return Said(counter.end, ((at, f"{spoken} {counter.name}"),), fixes_particle=False)
    return Said(end, ((at, spoken),))


_MIXED = re.compile(rf"({_WHOLE}) (?=[0-9]{{1,3}}[/⁄][0-9]{{1,3}}(?![0-9/]))")
_SMALL_FRACTION = re.compile("([0-9]{1,3})[/⁄]([0-9]{1,3})")
_HALVES = re.compile(rf"({_WHOLE})(?=[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])")


def _mixed(text: str, at: int) -> Said | None:
    """Read the whole number of `2 1/2` and `2½`: 이와 이 분의 일."""
    match = _HALVES.match(text, at) or _MIXED.match(text, at)
    if match is None:
        return None
    parts = _SMALL_FRACTION.match(text, match.end())
    if parts and int(parts[1]) >= int(parts[2]):
        return None
    number = sino_numeral(match[1])
    spoken = number + ("과" if has_coda(number) else "와")
    return Said(match.end(), ((at, spoken),), fixes_particle=False)


_QUARTER = r"([1-4])/4(?= ?분기| ?[~,·-] ?[1-4]/4 ?분기)"
# How found: a guess, never tuned; no measurement is on record.
_MOST_TERMS = 4


def _ratio(text: str, at: int) -> Said | None:
    """Read `3:2`, `3:2:1` and `1:50,000`."""
    if re.match("[0-9:]", text[at - 1 : at] if at else ""):
        return None
    terms: list[str] = []
    end = at
    while (quantity := find_quantity(text, end)) is not None:
        terms.append(quantity.spoken)
        end = quantity.end
        if not re.match(":[0-9]", text[end : end + 2]):
            break
        end += 1
    fits = 1 < len(terms) <= _MOST_TERMS and text[end : end + 1] != ":"
    return Said(end, ((at, " 대 ".join(terms)),)) if fits else None


_AGAINST = re.compile(rf"(?<![0-9.,])({_WHOLE}) ?(대) ?(?=[0-9])")
# How found: a guess, never tuned; no measurement is on record.
_MOST_AGAINST = 3


def _against(text: str, at: int) -> Said | None:
    """Read `3대2` and `1대 1,000`; vehicles before another count stay vehicles."""
    match = _AGAINST.match(text, at)
    second = find_quantity(text, match.end()) if match else None
    if match is None or second is None or len(match[1]) > _MOST_AGAINST:
        return None
    if find_counter(text, second.end) is not None:
        return None
    numbers = (at, sino_numeral(match[1])), (second.start, second.spoken)
    return Said(second.end, (numbers[0], (match.start(2), "대"), numbers[1]))


_SCORE = (
    f"([0-9]{{1,3}})-([0-9]{{1,3}})(?=(?:으?로)? ?[가-힣]{{0,4}} ?(?:"
    f"{any_of('number_words.score-won')}))"
)


def _score(match: re.Match[str]) -> str:
    """Read a score written with a hyphen."""
    return f"{sino_numeral(match[1])} 대 {sino_numeral(match[2])}"


FRACTION_RULES: tuple[Rule, ...] = (
    pattern_rule(_QUARTER, lambda match: sino_numeral(match[1]) + "사"),
    _mixed,
    fraction,
    _ratio,
    pattern_rule(_SCORE, _score),
    _against,
)
"""Rules that begin at a digit."""
