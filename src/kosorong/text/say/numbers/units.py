"""Units of measure, currencies and how they are said after a number.

>>> read_unit("km"), read_unit("m/s"), read_unit("㎡"), read_unit("cm³"), read_unit("xyz")
('킬로미터', '미터 퍼 초', '제곱미터', '세제곱센티미터', '')
"""

from __future__ import annotations

import re
import unicodedata

from kosorong.text.tables import TEXT, read_table

_KINDS = ("unit", "scale", "percent", "currency", "code")


def _by_kind() -> tuple[dict[str, dict[str, str]], frozenset[str]]:
    """Return units and what they are called by their kind, and those that have a square name."""
    names: dict[str, dict[str, str]] = {kind: {} for kind in _KINDS}
    squares = set()
    for row in read_table(TEXT, "units", ("unit", "said", "kind", "square")):
        unit, name, kind, square = row.cells
        if kind not in names or square not in ("", "square"):
            cure = f"Valid: {', '.join(_KINDS)}; square or nothing."
            raise row.refuse(f"kind is {kind!r}, square {square!r}.", cure)
        names[kind][unit] = name
        squares |= {unit} if square else set()
    return names, frozenset(squares)


_TABLES, _AREAS = _by_kind()
_UNITS = _TABLES["unit"]
_NAMES = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True)).replace("μ", "[μµ]")
_SQUARE_OR_CUBE = r"(?:\^?[²³23])?"
_ONE = f"(?:{_NAMES}){_SQUARE_OR_CUBE}"


def _letters_of_signs() -> dict[str, str]:
    """Return the signs that are a whole unit, ㎞ or ㎧, with the letters they stand for."""
    squared = map(chr, (*range(0x3371, 0x33E0), 0x2126, 0x212B))
    letters = {sign: unicodedata.normalize("NFKC", sign) for sign in squared}
    unit = re.compile(f"{_ONE}(?:∕{_ONE})?")
    return {sign: written for sign, written in letters.items() if unit.fullmatch(written)}


_LETTERS = _letters_of_signs()
_ANY = f"(?:{_ONE}|[{''.join(_LETTERS)}])"
UNIT = re.compile(f"{_ANY}(?:[/∕]{_ANY})?(?![A-Za-z0-9²³^])")
"""A unit directly after a number, one unit per another allowed."""

_DEGREES = _TABLES["scale"]
DEGREE = re.compile("℃|℉|°[CF](?![A-Za-z])")
"""A temperature, which is said around its number: 섭씨 이십 도."""

PERCENT = re.compile("%p|%P|%포인트|%|‰|％")
_PERCENTS = _TABLES["percent"]

CURRENCY_SIGNS = _TABLES["currency"]
CURRENCY_CODES = _TABLES["code"]
CENTS = {"달러": "센트", "유로": "센트", "파운드": "펜스"}


def _read_one(unit: str) -> str:
    """Read one unit with its square or cube."""
    if unit in _UNITS:
        return _UNITS[unit]
    name = _UNITS.get(unit[:-1], "")
    prefix = {"²": "제곱", "2": "제곱", "³": "세제곱", "3": "세제곱"}.get(unit[-1:], "")
    if not (name and prefix):
        return ""
    return prefix + name if unit[:-1] in _AREAS else f"{name} {prefix}"


def read_unit(unit: str) -> str:
    """Read a unit as written, empty where it is none.

    Args:
        unit: What `UNIT` matches: `kg`, `m/s`, `㎡`, `km²`.
    """
    plain = "".join(_LETTERS.get(sign, sign) for sign in unit)
    plain = plain.replace("µ", "μ").replace("∕", "/").replace("^", "")
    names = [_read_one(part) for part in plain.split("/")]
    return " 퍼 ".join(names) if all(names) else ""


def read_percent(sign: str) -> str:
    """Read a percent sign or percent points.

    >>> read_percent("%"), read_percent("%p")
    ('퍼센트', '퍼센트포인트')
    """
    return _PERCENTS.get(sign, "퍼센트포인트")


def scale_of(degree: str) -> str:
    """Return the scale's name of a degree sign: ℃ → 섭씨."""
    return _DEGREES[degree]
