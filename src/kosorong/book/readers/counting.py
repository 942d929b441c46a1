"""The numbers that word processors draw before paragraphs: how they are counted and written.

>>> levels = {0: ListLevel("decimal", template("제%1장")), 1: ListLevel("ganada", template("%2."))}
>>> counts = Counts()
>>> [counts.next("1", levels, level) for level in (0, 1, 1, 0, 1)]
['제1장 ', '가. ', '나. ', '제2장 ', '가. ']
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kosorong.book.manuscript import ParagraphKind
from kosorong.book.readers.headings import heading_level
from kosorong.text.say.numbers.numbers import native, sino

MOST_LEVELS = 10
"""Levels of a list, at most."""

_LARGEST = 32_767  # as Word counts
_LONGEST_ROMAN, _MOST_DOUBLED = 3_999, 30
_LONGEST_TEXT = 100  # characters before a paragraph
_TOKEN = re.compile(r"[%^](?P<level>10|[1-9])|\^(?P<path>[nN])")
_WORDED = re.compile(r"[제第]\s?\S|\d\s?[가-힣]|[A-Za-z]{4,} ")  # 제1장, 1과, Chapter 1
_GANADA, _CHOSUNG = "가나다라마바사아자차카타파하", "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_HANJA = str.maketrans("일이삼사오육칠팔구십백천만", "一二三四五六七八九十百千萬")
_DIGITS = ("영일이삼사오육칠팔구", "零一二三四五六七八九")
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def _signs(first: int, count: int) -> str:
    return "".join(map(chr, range(first, first + count)))


_DOUBLED = {"upperletter": _CAPITALS, "lowerletter": _CAPITALS.lower()}
_CYCLES = {
    **dict.fromkeys(("chosung", "hangul_jamo"), _CHOSUNG),
    **dict.fromkeys(("ideographtraditional", "decagon_circle_hanja"), _STEMS),
    "ganada": _GANADA,
    # 하 is followed by 거, as in papers of offices.
    "hangul_syllable": "".join(
        chr(ord(letter) + 28 * vowel) for vowel in (0, 4, 8, 13, 18, 20) for letter in _GANADA
    ),
    "latin_capital": _CAPITALS,
    "latin_small": _CAPITALS.lower(),
    "decagon_circle": "갑을병정무기경신임계",
    "ideographzodiac": _BRANCHES,
    "circled_digit": _signs(0x2460, 20),
    "circled_hangul_syllable": _signs(0x326E, 14),
    "circled_hangul_jamo": _signs(0x3260, 14),
    "circled_latin_capital": _signs(0x24B6, 26),
    "circled_latin_small": _signs(0x24D0, 26),
}
"""Signs that begin again behind the last one."""

_RINGED = _signs(0x2460, 20) + _signs(0x3251, 15) + _signs(0x32B1, 15)
_SINO = frozenset({"koreancounting", "hangul_phonetic"})
_HANJA_COUNTS = frozenset({
    *("chinesecounting", "chinesecountingthousand", "japanesecounting", "taiwanesecounting"),
    *("taiwanesecountingthousand", "ideographenclosedcircle", "ideograph", "circled_ideograph"),
})  # fmt: skip
_HANJA_DIGITS = frozenset({
    *("koreandigital2", "ideographdigital", "japanesedigitaltenthousand", "taiwanesedigital"),
})  # fmt: skip
_SILENT = frozenset({"bullet", "none", "symbol", "user_char", "user_hangul"})

LabelPart = str | int
"""A text, or a level (from 0) whose number stands there."""


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How a level of a list is numbered.

    Attributes:
        format: How its numbers are written, as the document calls it, in lower case.
        parts: What stands before the paragraph.
        start: Its first number.
        restart: It begins anew behind levels higher than this (from 1); 0 for never, -1 for
            behind any that is higher.
        plain: The numbers of all levels are written in digits.
    """

    format: str = "decimal"
    parts: tuple[LabelPart, ...] = ()
    start: int = 1
    restart: int = -1
    plain: bool = False


@dataclass(slots=True)
class Counts:
    """How far the lists of a document have been counted."""

    _lists: dict[str, dict[int, int]] = field(default_factory=dict)

    def copy(self) -> Counts:
        """Return the counts as they are now."""
        return Counts({key: dict(counts) for key, counts in self._lists.items()})

    def begin(self, key: str, level: int) -> None:
        """Begin a level of a list anew, with what is under it."""
        counts = self._lists.setdefault(key, {})
        for deeper in [deeper for deeper in counts if deeper >= level]:
            del counts[deeper]

    def next(self, key: str, levels: Mapping[int, ListLevel], level: int) -> str:
        """Count a paragraph and return what stands before it, "" for a bullet.

        Args:
            key: Which list is counted.
            levels: Its levels, from 0.
            level: Of the paragraph.
        """
        numbering = levels.get(level)
        if numbering is None:
            return ""
        counts = self._lists.setdefault(key, {})
        counts[level] = counts[level] + 1 if level in counts else numbering.start
        # Word counts a level that stands over the first of a deeper one as begun: 1.1 and then 2.
        for above in range(level):
            counts.setdefault(above, levels.get(above, ListLevel()).start)
        for deeper in [other for other in counts if other > level]:
            restart = levels[deeper].restart if deeper in levels else -1
            if restart < 0 or level < restart:
                del counts[deeper]
        if numbering.format in _SILENT or _is_bullet(numbering.parts):
            return ""
        text = "".join(_said(part, counts, levels, numbering.plain) for part in numbering.parts)
        # A space also where the document has no gap, so that the two are not heard as one word.
        return f"{text} " if text.strip() else ""


def _is_bullet(parts: tuple[LabelPart, ...]) -> bool:
    """Tell whether what stands before a paragraph is one sign without a number, like `ㅇ`."""
    texts = [part for part in parts if isinstance(part, str)]
    return len(texts) == len(parts) and sum(map(str.isalnum, "".join(texts))) < 2


def _said(
    part: LabelPart, counts: Mapping[int, int], levels: Mapping[int, ListLevel], plain: bool
) -> str:
    if isinstance(part, str):
        return part
    level = levels.get(part, ListLevel())
    return number_text(counts.get(part, level.start), "decimal" if plain else level.format)


def template(text: str, level: int = 0) -> tuple[LabelPart, ...]:
    """Return what stands before a paragraph: `%1` in DOCX, `^1` in HWPX is a level's number.

    Args:
        text: As the document has it; `^n` is the path of numbers down to `level`, `^N` the same
            with a full stop.
        level: Whose text it is, from 0.

    >>> template("제%1장"), template("^N", 1)
    (('제', 0, '장'), (0, '.', 1, '.'))
    """
    parts: list[LabelPart] = []
    end = 0
    text = text[:_LONGEST_TEXT]
    for match in _TOKEN.finditer(text):
        parts.append(text[end : match.start()])
        end = match.end()
        if match["level"]:
            parts.append(int(match["level"]) - 1)
            continue
        path = [part for i in range(level + 1) for part in (i, ".")]
        parts += path if match["path"] == "N" else path[:-1]
    parts.append(text[end:])
    return tuple(part for part in parts if part != "")


def number_text(number: int, form: str) -> str:
    """Return a number as a format writes it, in digits where the format has no sign for it.

    Args:
        number: From 0.
        form: As DOCX (ECMA-376, 17.18.59) or HWPX (KS X 6101) calls it, in lower case.

    >>> [number_text(3, form) for form in ("decimal", "ganada", "upperroman", "circled_digit")]
    ['3', '다', 'Ⅲ', '③']
    """
    if form in _SILENT:
        return ""
    if not 0 < number <= _LARGEST:
        return str(number)
    if signs := _CYCLES.get(form):
        return signs[(number - 1) % len(signs)]
    if letters := _DOUBLED.get(form):
        again, place = divmod(number - 1, len(letters))
        return letters[place] * (again + 1) if again < _MOST_DOUBLED else str(number)
    writer = _WRITERS.get(form)
    return writer(number) if writer else str(number)


def _roman(number: int) -> str:
    """Return a Roman number: a single sign to twelve, so that I is not heard as a letter."""
    if number <= 12:
        return chr(0x2160 + number - 1)
    if number > _LONGEST_ROMAN:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _small_roman(number: int) -> str:
    # Small letters are heard as an English word; capitals as the number.
    return chr(0x2170 + number - 1) if number <= 12 else _roman(number)


def _digitwise(number: int, digits: str) -> str:
    return "".join(digits[int(digit)] for digit in str(number))


_WRITERS: Mapping[str, Callable[[int], str]] = {
    **dict.fromkeys(("upperroman", "roman_capital"), _roman),
    **dict.fromkeys(("lowerroman", "roman_small"), _small_roman),
    **dict.fromkeys(_SINO, lambda number: sino(number).replace(" ", "")),
    **dict.fromkeys(_HANJA_COUNTS, lambda number: sino(number).replace(" ", "").translate(_HANJA)),
    **dict.fromkeys(_HANJA_DIGITS, lambda number: _digitwise(number, _DIGITS[1])),
    **dict.fromkeys(
        ("decimalenclosedcircle", "decimalenclosedcirclechinese"),
        lambda number: _RINGED[number - 1] if number <= len(_RINGED) else str(number),
    ),
    "koreandigital": lambda number: _digitwise(number, _DIGITS[0]),
    "koreanlegal": native,
    "decimalzero": lambda number: f"{number:02}",
    "decimalenclosedparen": lambda number: f"({number})",
    "decimalenclosedfullstop": lambda number: f"{number}.",
    "numberindash": lambda number: f"- {number} -",
    "hex": lambda number: f"{number:X}",
}


def kind_of(mark: str) -> ParagraphKind:
    """Return what a numbered paragraph is: `body` where it may be a heading, else `list`.

    >>> kind_of("제1장 "), kind_of("1. ")
    ('body', 'list')
    """
    return "body" if _WORDED.match(mark) and heading_level(mark.strip()) else "list"


def whole(text: str, default: int = 0) -> int:
    """Return a whole number of a document, the default for anything else.

    >>> whole("12"), whole("x", 1), whole("9" * 99)
    (12, 1, 0)
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default
