"""Strings of digits and addresses: telephone, card and code numbers, e-mail, web, file names.

Korean telephone numbers say 공 for zero, as people do; every other string of digits says 영.

>>> first_said(DIGIT_STRING_RULES, "010-1234-5678", 0).parts
((0, '공일공'), (4, '일이삼사'), (9, '오육칠팔'))
>>> read_address("kim@example.com"), read_address("www.jeju.go.kr")
('킴 골뱅이 이그잼플 닷컴', '더블유더블유더블유 닷 제주 닷 지오 닷 케이알')
"""

from __future__ import annotations

import re

from kosorong.text.letters.hangul import HANGUL
from kosorong.text.say.foreign.latin import read_word, spell
from kosorong.text.say.numbers.numbers import sino_digits, sino_numeral
from kosorong.text.say.scanning import Rule, Said, first_said, pattern_rule, word_before
from kosorong.text.say.signs import SIGNS_OF_ADDRESSES
from kosorong.text.words import any_of

__all__ = [
    "ADDRESS",
    "DIGIT_STRING_RULES",
    "FILE_ENDING",
    "first_said",
    "international",
    "read_address",
]

_SPOKEN_ZERO = "공"
_KOREAN_AREA = re.compile("0(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|80|50[0-9]?|1[016789])$")
_END = "(?![0-9])(?!-[0-9])"

_NATIONAL = re.compile(
    r"(?:\(([0-9]{2,4})\)[ -]?\s?|(?<![0-9.-])([0-9]{2,4})[-. )])"
    rf"([0-9]{{3,4}})[-.]([0-9]{{4}}){_END}"
)
_INTERNATIONAL = re.compile(
    r"\+([0-9]{1,3})[ .-]{0,2}(?:\(([0-9]{1,4})\)|([0-9]{1,4}))[ .-]{1,2}"
    rf"([0-9]{{3,4}})[ .-]([0-9]{{3,4}}){_END}"
)
_CARD = re.compile(r"(?<![0-9-])([0-9]{4})([- ])([0-9]{4})\2([0-9]{4})\2([0-9]{4})(?![0-9-])")
_CALL = re.compile(f"(?:{any_of('number_words.telephone')})[:.은는]?:?$")


def _groups(
    match: re.Match[str], groups: tuple[int, ...], zero: str
) -> tuple[tuple[int, str], ...]:
    """Return the digits of some groups of a match as parts."""
    return tuple(
        (match.start(group), sino_digits(match[group], zero))
        for group in groups
        if match[group] is not None
    )


def national(text: str, at: int) -> Said | None:
    """Read a telephone number of three groups of digits."""
    match = _NATIONAL.match(text, at)
    if match is None:
        return None
    area = match[1] or match[2]
    zero = _SPOKEN_ZERO if _KOREAN_AREA.match(area) else "영"
    if " " in text[at : match.start(3)] and match[2]:
        return None
    return Said(match.end(), _groups(match, (1, 2, 3, 4), zero))


def international(text: str, at: int) -> Said | None:
    """Read a telephone number with its country code."""
    match = _INTERNATIONAL.match(text, at)
    if match is None:
        return None
    code = (at, f"국가번호 {sino_digits(match[1])}")
    return Said(match.end(), (code, *_groups(match, (2, 3, 4, 5), "영")))


def card(text: str, at: int) -> Said | None:
    """Read a card number of four groups of four digits."""
    match = _CARD.match(text, at)
    return Said(match.end(), _groups(match, (1, 3, 4, 5), "영")) if match else None


def _mobile(match: re.Match[str]) -> str:
    """Read a mobile number written in one."""
    return " ".join(sino_digits(part, _SPOKEN_ZERO) for part in match.groups())


def _is_service_number(first: str, second: str) -> bool:
    """Say whether two groups are a number like 1588-1588 and not a span of years."""
    return re.match("1[568][0-9]{2}", first) is not None and not first < second < _LAST_YEAR


def _two_groups(match: re.Match[str]) -> str | None:
    """Read a number of two groups after a word that says it is a telephone number."""
    called = _CALL.search(word_before(match.string, match.start()))
    if not called and not _is_service_number(*match.groups()):
        return None
    return " ".join(sino_digits(part, _SPOKEN_ZERO) for part in match.groups())


_LAST_YEAR = "2100"
_EMERGENCY = (
    f"(?<![0-9.,-])(?:11[2349]|911)(?= ?(?:{any_of('number_words.emergency')}))|"
    "(?<![0-9.,-])11[29](?=(?:[을를에로가는은이의도]|에서|으로|한테)(?![가-힣]))"
)
_CODE_WORD = re.compile(f"(?:{any_of('number_words.code')})[은는가이를을]?:?$")


def _code(match: re.Match[str]) -> str | None:
    """Read the digits of a code: after a word for one, or with a zero in front."""
    digits = match[0]
    called = _CODE_WORD.search(word_before(match.string, match.start()))
    minimum = 4
    if (called and len(digits) >= minimum) or digits[0] == "0":
        return sino_digits(digits)
    return None


DIGIT_STRING_RULES: tuple[Rule, ...] = (
    card,
    national,
    pattern_rule(rf"(?<![0-9-])([0-9]{{3,4}})-([0-9]{{4}}){_END}", _two_groups),
    pattern_rule(r"(?<![0-9-])(01[016789])([0-9]{3,4})([0-9]{4})(?![0-9-])", _mobile),
    pattern_rule(
        r"(?<![0-9-])([0-9]{6})-([1-8][0-9]{6})(?![0-9-])",
        lambda m: f"{sino_digits(m[1])} {sino_digits(m[2])}",
    ),
    pattern_rule(_EMERGENCY, lambda m: sino_digits(m[0])),
    pattern_rule(
        rf"(?<![0-9.,])(?:[0-9]{{4,}}|0[0-9]+)(?![0-9]|[.,:/][0-9]|\s?[{HANGUL}%℃])", _code
    ),
)
"""Rules that begin at a digit or at the bracket around an area code."""

ADDRESS = re.compile(
    r"(?:https?://|ftp://)[!-~]{1,2000}"
    r"|[A-Za-z0-9_%+-][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}"
    r"|www\.[!-~]{1,2000}"
    r"|[A-Za-z0-9-]{2,63}(?:\.[A-Za-z0-9-]{2,63}){0,6}\.(?:com|net|org|kr|jp|cn|io|edu|gov|us|uk|de|fr|it)"
    r"(?:/[!-~]{0,2000})?(?![A-Za-z0-9.])"
    r"|[A-Za-z0-9_-]{1,63}\.(?:jpe?g|png|gif|pdf|docx?|xlsx?|pptx?|txt|hwpx?|mp[34]|wav|zip|html?|epub|csv|md|py)"
    r"(?![A-Za-z0-9])"
)
"""An e-mail address, a web address or a file name at a Latin letter or digit."""

FILE_ENDING = re.compile(r"\.([A-Za-z]{2,4}[0-9]?)(?![A-Za-z0-9])")
"""A point and a file ending after Hangul."""

_TRAILING = ".,!?;:)]}>\"'"
_PIECE = re.compile(r"[A-Za-z]+|[0-9]+|[^A-Za-z0-9]")
# How found: set by hand, for endings such as com, org and kr; no count is on record.
_SPELLED_ENDING = 3


def trimmed_end(text: str, start: int, end: int) -> int:
    """Return where an address ends without the marks of the sentence around it."""
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    return end


def _read_piece(piece: str, before: str, *, last: bool) -> str:
    """Read one run of letters, run of digits or sign of an address."""
    if piece[0].isdigit():
        return sino_digits(piece)
    if not piece[0].isalpha():
        return SIGNS_OF_ADDRESSES.get(piece, "")
    if piece == "com" and before == ".":
        return "컴"
    short = len(piece) <= _SPELLED_ENDING and (before == "." or last)
    return spell(piece) if short else read_word(piece)


def read_address(address: str) -> str:
    """Read an e-mail address, web address or file name, every sign by its name.

    Args:
        address: Printable ASCII.
    """
    words: list[str] = []
    pieces = _PIECE.findall(address)
    for index, piece in enumerate(pieces):
        before = pieces[index - 1] if index else ""
        spoken = _read_piece(piece, before, last=index > 0 and index == len(pieces) - 1)
        if spoken == "컴" and words and words[-1] == "닷":
            words[-1] = "닷컴"
        elif spoken:
            words.append(spoken)
    return " ".join(words)


def read_version(written: str) -> str:
    """Read numbers with two points or more: versions, network addresses.

    >>> read_version("3.11.2")
    '삼 점 십일 점 이'
    """
    return " 점 ".join(sino_numeral(part) for part in written.split("."))
