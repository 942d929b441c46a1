"""Units of measure, currencies and how they are said after a number.

>>> read_unit("km"), read_unit("m/s"), read_unit("㎡"), read_unit("cm³"), read_unit("xyz")
('킬로미터', '미터 퍼 초', '제곱미터', '세제곱센티미터', '')
"""

from __future__ import annotations

import re

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
_COMPATIBILITY = {
    "㎞": "km", "㎝": "cm", "㎜": "mm", "㎛": "μm", "㎚": "nm", "㎏": "kg", "㎎": "mg",
    "㎍": "μg", "㎖": "ml", "㎗": "dl", "㎘": "kl", "㏄": "cc", "㏊": "ha", "㎐": "Hz",
    "㎑": "kHz", "㎒": "MHz", "㎓": "GHz", "㎾": "kW", "㎿": "MW", "㎸": "kV", "㎃": "mA",
    "㎩": "Pa", "㎪": "kPa", "㍱": "hPa", "㎉": "kcal", "㎈": "cal", "㏈": "dB", "㎅": "KB",
    "㎆": "MB", "㎇": "GB", "㎡": "m²", "㎠": "cm²", "㎟": "mm²", "㎢": "km²", "㎥": "m³",
    "㎤": "cm³", "㎣": "mm³", "㎦": "km³", "㎧": "m/s", "㎨": "m/s²", "㎳": "ms", "㎲": "μs",
    "㏖": "mol", "µ": "μ", "㏁": "MΩ", "㏀": "kΩ", "Ω": "Ω", "㎕": "μl",
}  # fmt: skip

_NAMES = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_SQUARE_OR_CUBE = r"(?:\^?[²³23])?"
_COMPOUND = f"(?:{_NAMES}){_SQUARE_OR_CUBE}(?:[/∕](?:{_NAMES}){_SQUARE_OR_CUBE})?"
_SIGNS = "".join(_COMPATIBILITY)
UNIT = re.compile(f"(?:{_COMPOUND}|[{_SIGNS}](?:[/∕](?:{_NAMES}))?)(?![A-Za-z0-9²³^])")
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
    prefix = ""
    if unit not in _UNITS:
        prefix = {"²": "제곱", "2": "제곱", "³": "세제곱", "3": "세제곱"}.get(unit[-1:], "")
        unit = unit[:-1]
    name = _UNITS.get(unit, "")
    return f"{name} {prefix}".strip() if prefix and unit not in _AREAS else prefix + name


def read_unit(unit: str) -> str:
    """Read a unit as written, empty where it is none.

    Args:
        unit: What `UNIT` matches: `kg`, `m/s`, `㎡`, `km²`.
    """
    plain = "".join(_COMPATIBILITY.get(sign, sign) for sign in unit)
    plain = plain.replace("∕", "/").replace("^", "")
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
