"""Tells a raised number that is an exponent from one that may mark a note.

>>> exponent("10", "-3"), exponent("x", "2"), exponent("바람", "3"), exponent("Cs", "137")
('⁻³', '²', '', '137')
"""

from __future__ import annotations

import re

_RAISED = str.maketrans("0123456789n+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ⁺⁻⁻⁻")
_EXPONENT = re.compile(r"[+\-−–]?(?:\d{1,4}|n)")
_LETTER = "A-Za-zα-ωΑ-Ω"
_UNITS = "mm|cm|dm|km|nm|μm|µm|pm|ft|yd|mi|ms|kg|mg|㎜|㎝|㎞|ha"
_FUNCTIONS = "(?:arc|a)?(?:sin|cos|tan|cot|sec|csc|cosec)h?|log|ln|lim"
_BASE = re.compile(
    rf"[0-9](?:[0-9,.]*)$"  # 10, 1,000
    rf"|(?<![{_LETTER}'’])[{_LETTER}µ]$"  # x, m
    rf"|(?<![{_LETTER}])(?:{_UNITS})$"
    rf"|(?<![{_LETTER}])(?<![A-Za-z]{{2}}\s)(?:{_FUNCTIONS})$"
    rf"|[=+−*/·×÷∙⋅^√0-9α-ωΑ-Ω][{_LETTER}]{{1,3}}$|[=+−×÷]\s[{_LETTER}]{{2,3}}$"  # 2ab, E = mc
    rf"|[{_LETTER}0-9]\|$"
)
_BRACKET = re.compile(
    rf"(?P<before>.?)[(\[{{](?P<inside>[{_LETTER}0-9+\-−–*/·×÷^=.,\s⁰¹²³⁴-⁹ⁿ⁻⁺₀-₉√()]+)[)\]}}]$"
)
_OPERATION = re.compile(r"[0-9][^\s]*|[+\-−–*/·×÷^=√]")
_ELEMENTS = {
    symbol: number
    for number, symbol in enumerate(
        re.findall(
            "[A-Z][a-z]?",
            "HHeLiBeBCNOFNeNaMgAlSiPSClArKCaScTiVCrMnFeCoNiCuZnGaGeAsSeBrKrRbSrYZrNbMoTcRuRhPdAgCdIn"
            "SnSbTeIXeCsBaLaCePrNdPmSmEuGdTbDyHoErTmYbLuHfTaWReOsIrPtAuHgTlPbBiPoAtRnFrRaAcThPaUNpPuAm"
            "CmBkCfEsFm",
        ),
        start=1,
    )
}
_WORDS = frozenset({"As", "At", "In", "Am"})  # behind these English words a note is marked
_SYMBOL = re.compile(r"(?<![A-Za-z])[A-Z][a-z]?$")
_LIGHTEST, _HEAVIEST = 1.9, 2.7  # nucleons for each proton


def exponent(before: str, text: str) -> str:
    """Return a raised text in superscript characters, "" where it is no exponent.

    The mass of an isotope (U235, C14) is no power and comes back in plain digits.

    Args:
        before: What stands before it in its block; only what touches it counts.
        text: What is raised.
    """
    text = "".join(text.split())
    if _is_mass(before, text):
        return text
    if not _EXPONENT.fullmatch(text) or not (_BASE.search(before) or _is_formula(before)):
        return ""
    return text.translate(_RAISED)


def _is_mass(before: str, text: str) -> bool:
    """Tell whether a number is the mass of the chemical element before it."""
    symbol = _SYMBOL.search(before[-3:])
    protons = _ELEMENTS.get(symbol[0], 0) if symbol and symbol[0] not in _WORDS else 0
    if not protons or not re.fullmatch("[0-9]{2,3}", text):
        return False
    return _LIGHTEST * protons <= int(text) <= _HEAVIEST * protons


def _is_formula(before: str) -> bool:
    """Tell whether a text ends with a formula in brackets; a year beside a word is none."""
    match = _BRACKET.search(before[-200:])
    if not match:
        return False
    inside = match["inside"].strip()
    if inside.isdigit():
        return not match["before"].isalpha()
    return len(inside) == 1 or bool(_OPERATION.search(inside))
