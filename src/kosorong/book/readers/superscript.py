"""Tells a raised number that is an exponent from one that may mark a note.

>>> exponent("10", "-3"), exponent("x", "2"), exponent("바람", "3")
('⁻³', '²', '')
"""

from __future__ import annotations

import re

_RAISED = str.maketrans("0123456789n+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ⁺⁻⁻⁻")
_EXPONENT = re.compile(r"[+\-−–]?(?:\d{1,4}|n)")
_LETTER = "A-Za-zα-ωΑ-Ω"
_UNITS = "mm|cm|dm|km|nm|μm|µm|pm|ft|yd|mi|ms|kg|mg|㎜|㎝|㎞|ha"
_BASE = re.compile(
    rf"[0-9](?:[0-9,.]*)$"  # 10, 1,000
    rf"|(?<![{_LETTER}'’])[{_LETTER}µ]$"  # x, m
    rf"|(?<![{_LETTER}])(?:{_UNITS})$"
    rf"|[=+−*/·×÷∙⋅^√0-9α-ωΑ-Ω][{_LETTER}]{{1,3}}$|[=+−×÷]\s[{_LETTER}]{{2,3}}$"  # 2ab, E = mc
    rf"|[{_LETTER}0-9]\|$"
)
_BRACKET = re.compile(
    rf"(?P<before>.?)[(\[{{](?P<inside>[{_LETTER}0-9+\-−–*/·×÷^=.,\s⁰¹²³⁴-⁹ⁿ⁻⁺₀-₉√()]+)[)\]}}]$"
)
_OPERATION = re.compile(r"[0-9][^\s]*|[+\-−–*/·×÷^=√]")


def exponent(before: str, text: str) -> str:
    """Return a raised text in superscript characters, "" where it is no exponent.

    Args:
        before: What stands before it in its block; only what touches it counts.
        text: What is raised.
    """
    text = "".join(text.split())
    if not _EXPONENT.fullmatch(text) or not (_BASE.search(before) or _is_formula(before)):
        return ""
    return text.translate(_RAISED)


def _is_formula(before: str) -> bool:
    """Tell whether a text ends with a formula in brackets; a year beside a word is none."""
    match = _BRACKET.search(before[-200:])
    if not match:
        return False
    inside = match["inside"].strip()
    if inside.isdigit():
        return not match["before"].isalpha()
    return len(inside) == 1 or bool(_OPERATION.search(inside))
