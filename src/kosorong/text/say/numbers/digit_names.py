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

from kosorong.text.letters.letter_names import names_of
from kosorong.text.say.foreign.latin import spell
from kosorong.text.say.numbers.numbers import sino_digits
from kosorong.text.say.scanning import Rule, first_said, pattern_rule, word_before
from kosorong.text.words import any_of

__all__ = ["DIGIT_NAME_RULES", "PAPER_SIZE", "first_said"]

_ZERO = "공"
_GENERATION = (
    f"(?<![0-9.,/])(?:[3-6]86(?= ?(?:{any_of('number_words.generation')}))|(?:2030|3040|"
    f"4050|5060|6070)(?= ?(?:{any_of('number_words.ages')}))|7080(?= ?(?:"
    f"{any_of('number_words.oldies')}))|88(?= ?(?:서울 ?)?올림픽| ?고속도로|둥이))"
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

# How found: characters around a number in which paper is named; a guess.
_NEAR = 16
_SIZES = names_of("paper")
_ON_PAPER = re.compile(f" ?(?:{any_of('number_words.on-paper')})")
_PAPER_BEFORE = re.compile(f"(?:{any_of('number_words.paper-before')})(?:는|은|가|를|을)?:?$")


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
