"""Numbers that are names and not amounts: generations, years of entry, paper sizes, 24/7.

>>> first_said(DIGIT_NAME_RULES, "386세대", 0).parts
((0, '삼팔육'),)
>>> first_said(DIGIT_NAME_RULES, "02학번", 0).parts
((0, '공이'),)
>>> first_said((PAPER_SIZE,), "A4 용지", 0).parts, first_said((PAPER_SIZE,), "B5 용지", 0).parts
(((0, '에이포'),), ((0, '비파이브'),))
"""

from __future__ import annotations

import re

from kosorong.text.latin import spell
from kosorong.text.letter_names import names_of
from kosorong.text.numbers import sino_digits
from kosorong.text.scanning import Rule, first_said, pattern_rule, word_before

__all__ = ["DIGIT_NAME_RULES", "PAPER_SIZE", "first_said"]

_ZERO = "공"
_GENERATION = (
    r"(?<![0-9.,/])(?:[3-6]86(?= ?(?:들|세대|운동권|정치|정권|컴퓨터|피시|PC|의원))"
    r"|(?:2030|3040|4050|5060|6070)(?= ?(?:세대|청년|여성|남성|직장인|층|표심|유권자))"
    "|7080(?= ?(?:세대|가요|노래|음악|콘서트|팝))|88(?= ?(?:서울 ?)?올림픽| ?고속도로|둥이))"
)
_ENTRY = r"(?<![0-9.,/'’])[0-9]{2}(?= ?(?:학번|군번))"
_WHOLE_NAMES = {"24/7": "이십사 칠", "007": "공공칠"}
_WHOLE = rf"(?<![0-9.,/-])(?:{'|'.join(_WHOLE_NAMES)})(?![0-9.,/-]|[번개명원년호])"

DIGIT_NAME_RULES: tuple[Rule, ...] = (
    pattern_rule(_GENERATION, lambda match: sino_digits(match[0], _ZERO)),
    pattern_rule(_ENTRY, lambda match: sino_digits(match[0], _ZERO)),
    pattern_rule(_WHOLE, lambda match: _WHOLE_NAMES[match[0]]),
)
"""Rules that begin at a digit."""

_NEAR = 16
_SIZES = names_of("paper")
_ON_PAPER = re.compile(
    " ?(?:용지|종이|포스터|수첩|노트(?!북)|도면|엽서|봉투|전단|크기|사이즈|규격|판형|"
    "판(?=[으이은의 ]|$)|"
    "지(?=[ 를에로로와의가는도]|$)|인쇄|출력|"
    "복사|한 장|두 장|[0-9]+ ?(?:장|쪽|매|페이지))"
)
_PAPER_BEFORE = re.compile("(?:용지|종이|판형|규격|크기|사이즈|복사지|인쇄)(?:는|은|가|를|을)?:?$")


def _paper(match: re.Match[str]) -> str | None:
    """Read the size of paper; A4 always is one, the others where paper is spoken of."""
    text = match.string
    size = spell(match[1]) + _SIZES[match[2]]
    on_paper = _ON_PAPER.match(text, match.end())
    near = text[max(0, match.start() - _NEAR) : match.end() + _NEAR]
    if "A4" in near or on_paper or _PAPER_BEFORE.search(word_before(text, match.start())):
        return size
    return None


PAPER_SIZE: Rule = pattern_rule("([AB])(10|[0-9])(?![0-9A-Za-z.])", _paper)
"""The rule for a letter and a number that are a size of paper."""
