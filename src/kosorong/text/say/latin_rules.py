"""What a Latin letter at the beginning of a word may open, besides a plain word.

>>> first_said(LATIN_RULES, "No. 7", 0).parts, first_said(LATIN_RULES, "VIII세", 0).parts
(((0, '넘버'),), ((0, '팔'),))
>>> first_said(LATIN_RULES, "U.S.A.", 0).parts, first_said(LATIN_RULES, "MP3", 0).parts
(((0, '유에스에이'),), ((0, '엠피스리'),))
"""

from __future__ import annotations

import re

from kosorong.text.say.addresses import ADDRESS, read_address, trimmed_end
from kosorong.text.say.foreign.latin import read_word, roman_value, spell
from kosorong.text.say.foreign.latin_words import MIXED
from kosorong.text.say.numbers.digit_names import PAPER_SIZE
from kosorong.text.say.numbers.numbers import sino
from kosorong.text.say.numbers.quantities import MONEY_RULES
from kosorong.text.say.scanning import Rule, Said, first_said, pattern_rule

__all__ = ["ADDRESS_RULE", "LATIN_RULES", "MIXED_RULE", "first_said"]

_TITLES = {"prof": "프로페서", "no": "넘버", "vol": "볼륨", "p": "페이지", "pp": "페이지"}


def _address(text: str, at: int) -> Said | None:
    """Read an address, without the marks of the sentence after it."""
    match = ADDRESS.match(text, at)
    if match is None:
        return None
    end = trimmed_end(text, at, match.end())
    return Said(end, ((at, read_address(text[at:end])),)) if end > at else None


def _title(match: re.Match[str]) -> str:
    """Read a title or a short word with a point: Mr., No., Vol."""
    return _TITLES.get(match[1].lower()) or read_word(match[1])


def _roman(match: re.Match[str]) -> str | None:
    """Read a Roman numeral of two letters or more."""
    value = roman_value(match[0])
    return sino(value) if value else None


ADDRESS_RULE: Rule = _address
"""The rule for e-mail and web addresses and file names."""

MIXED_RULE: Rule = pattern_rule(
    "(?:" + "|".join(map(re.escape, MIXED)) + ")(?![A-Za-z0-9+=])(?! ?= ?)",
    lambda match: MIXED[match[0]],
)
"""The rule for letters and digits that are said the English way."""

LATIN_RULES: tuple[Rule, ...] = (
    ADDRESS_RULE,
    *MONEY_RULES,
    MIXED_RULE,
    PAPER_SIZE,
    pattern_rule(r"(?i:(Mrs?|Ms|Dr|St|Prof|No|Vol|vs|pp?))\.(?=\s?[A-Z0-9가-힣])", _title),
    pattern_rule(r"(?:[A-Za-z]\.){2,8}", lambda match: spell(match[0])),
    pattern_rule("[IVX]{2,7}(?![A-Za-z0-9'’])", _roman),
)
"""Rules that begin at a Latin letter."""
