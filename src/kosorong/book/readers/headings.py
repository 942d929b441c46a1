"""Recognises headings, titles, authors and page numbers in plain text.

>>> heading_level("제3장 바당")
2
>>> heading_level("그는 3장을 읽었다.") is None
True
>>> author_of("현 진 건 지음")
'현진건'
"""

from __future__ import annotations

import re

_DIGITS = r"\d{1,3}"
_HANJA_NUMBER = "[一二三四五六七八九十百]{1,4}"
_ROMAN = "(?:[Ⅰ-Ⅿ]{1,4}|[IVX]{1,5})"
_KOREAN_NUMBER = "[일이삼사오육칠팔구십백]{1,5}"
_UNITS = {"부": 1, "편": 1, "권": 1, "部": 1, "篇": 1, "卷": 1, "장": 2, "章": 2, "화": 2, "회": 2}
_UNITS |= {"話": 2, "回": 2, "막": 2, "절": 3, "節": 3}

_ORDINAL = re.compile(
    rf"(?:[제第]\s*(?:{_DIGITS}|{_HANJA_NUMBER}|{_KOREAN_NUMBER}|{_ROMAN})"
    rf"|{_DIGITS}|{_HANJA_NUMBER}|[Ⅰ-Ⅿ]{{1,4}})\s*(?P<unit>[{''.join(_UNITS)}])"
    r"(?:[\s.:·,\-–—<(\[「『].{0,60})?"
)
_NAMED = re.compile(
    r"(?:프롤로그|에필로그|서문|서장|서시|머리말|들어가며|들어가는 말|여는 글|닫는 글|나가며"
    r"|작가의 말|저자의 말|옮긴이의 말|작가 후기|후기|종장|막간|맺음말|맺는말|부록|번외|외전"
    r"|prologue|epilogue)"
    r"(?:\s*[:.\-–—]\s*.{1,60}|\s*\d{1,3})?",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"[<〈\[(【]?\s*(?:{_DIGITS}|{_HANJA_NUMBER}|{_ROMAN})\s*[>〉\])】]?[.．]?")
_NUMBERED = re.compile(rf"(?P<number>{_DIGITS}|{_HANJA_NUMBER}|{_ROMAN})[.．)]\s*\S.{{0,60}}")
_PAGE = re.compile(
    r"[-–—]\s*\d{1,4}\s*[-–—]|\[?\s*(?:p\.?|page|쪽)\s*\d{1,4}\s*\]?|\d{1,4}\s*(?:쪽|/\s*\d{1,4})",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r"[\[<〈【(]?\s*(?:목\s*차|차\s*례|contents)\s*[\]>〉】)]?", re.IGNORECASE)
_STOPPED = tuple(".!?…,，。\"'”’」』")

_AUTHOR_LABEL = re.compile(r"(?:지은이|저자|글쓴이|작가|글|지음|저|作|著)\s*[:：]\s*(\S.{0,40})")
_AUTHOR = re.compile(r"([가-힣](?:\s{0,3}[가-힣]){1,4}?)(?:\s{1,9}(?:지음|글|저|작|씀))?")


def heading_level(line: str) -> int | None:
    """Return the level of a heading that can be told by itself: 1 part, 2 chapter, 3 section.

    Args:
        line: A line without white space at its ends.
    """
    if len(line) > 80:
        return None
    match = _ORDINAL.fullmatch(line)
    if match and not line.endswith("."):
        return _UNITS[match["unit"]]
    return 2 if _NAMED.fullmatch(line) else None


def is_number(line: str) -> bool:
    """Tell whether a line is nothing but a number, as it stands over a section."""
    return len(line) <= 12 and bool(_NUMBER.fullmatch(line))


def is_numbered(line: str) -> bool:
    """Tell whether a line is a number and a few words, as in a list or over a section."""
    return len(line) <= 70 and bool(_NUMBERED.fullmatch(line))


def is_page_number(line: str) -> bool:
    """Tell whether a line is a page number by its look: - 12 -, p. 12, 12/300."""
    return len(line) <= 20 and bool(_PAGE.fullmatch(line))


def is_contents(line: str) -> bool:
    """Tell whether a line stands over a table of contents."""
    return len(line) <= 20 and bool(_CONTENTS.fullmatch(line))


def looks_like_title(line: str) -> bool:
    """Tell whether the first line of a text may be its title."""
    stops = line.endswith(_STOPPED) or is_number(line) or is_page_number(line)
    return 0 < len(line) <= 40 and not stops and heading_level(line) is None


def ends_sentence(line: str) -> bool:
    """Tell whether a line ends as a sentence does."""
    return line.rstrip()[-1:] in tuple(".!?…。\"'”’」』｣)")


def author_of(line: str) -> str:
    """Return the name in a line that names the author, or ""."""
    line = line.strip()
    if heading_level(line):
        return ""
    if label := _AUTHOR_LABEL.fullmatch(line):
        return label[1].strip()
    match = _AUTHOR.fullmatch(line) if len(line) <= 30 else None
    return "".join(match[1].split()) if match else ""
