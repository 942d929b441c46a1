"""Exponents: a raised number after a number, a letter or a closing bracket.

>>> find_power("10⁶개", 2), find_power("10⁻³", 2), find_power("x^2", 1), find_power("m¹", 1)
((3, '육 제곱'), (4, '마이너스 삼 제곱'), (3, '제곱'), (2, '일 제곱'))
"""

from __future__ import annotations

import re

from kosorong.text.say.foreign.latin import spell
from kosorong.text.say.numbers.numbers import MINUS, sino_numeral

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN = str.maketrans(_RAISED + "⁺⁻ⁿⁱ", "0123456789+-ni")
_POWER = re.compile(
    rf"([⁺⁻]?(?:[{_RAISED}]{{1,6}}|[ⁿⁱ])(?![⁺⁻{_RAISED}ⁿⁱ]))"
    r"|\^([-−+]?(?:[0-9]{1,6}|[A-Za-z])(?![0-9A-Za-z.^]))"
    r"|\^[({]([-−+]?(?:[0-9]{1,6}|[A-Za-z]))[)}]"
    r"|\*\*([-−+]?[0-9]{1,6})(?![0-9.*])"
)
_NAMES = {"2": "제곱", "3": "세제곱"}


def find_power(text: str, at: int) -> tuple[int, str] | None:
    """Find an exponent at an offset.

    Returns:
        Where it ends and how it is said, 제곱 included; None where there is none.
    """
    match = _POWER.match(text, at)
    if match is None:
        return None
    written = (match[1] or match[2] or match[3] or match[4]).translate(_PLAIN)
    digits = written.lstrip("+-−")
    if written == digits and digits in _NAMES:
        return match.end(), _NAMES[digits]
    number = sino_numeral(digits) if digits.isdecimal() else spell(digits)
    minus = f"{MINUS} " if written[0] in "-−" else ""
    return match.end(), f"{minus}{number} 제곱"
