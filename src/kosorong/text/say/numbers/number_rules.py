"""Every rule for a number that is no date and no string of digits, in the order they are tried.

>>> first_said(NUMBER_RULES, "1.2.3", 0).parts, first_said(NUMBER_RULES, "12", 0).parts
(((0, '일 점 이 점 삼'),), ((0, '십이'),))
"""

from __future__ import annotations

from kosorong.text.say.addresses import read_version
from kosorong.text.say.numbers.fractions import FRACTION_RULES
from kosorong.text.say.numbers.measures import MEASURE_RULES
from kosorong.text.say.numbers.quantities import read_number
from kosorong.text.say.numbers.ranges import RANGE_RULES
from kosorong.text.say.scanning import Rule, first_said, pattern_rule

__all__ = ["NUMBER_RULES", "first_said"]

NUMBER_RULES: tuple[Rule, ...] = (
    *MEASURE_RULES,
    pattern_rule(r"(?<![0-9.])[0-9]+(?:\.[0-9]+){2,}(?![0-9])", lambda m: read_version(m[0])),
    *FRACTION_RULES,
    *RANGE_RULES,
    read_number,
)
"""Rules that begin at a digit."""
