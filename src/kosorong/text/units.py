"""Units of measure, currencies and how they are said after a number.

>>> read_unit("km"), read_unit("m/s"), read_unit("㎡"), read_unit("cm³"), read_unit("xyz")
('킬로미터', '미터 퍼 초', '제곱미터', '세제곱센티미터', '')
"""

from __future__ import annotations

import re

_UNITS = {
    "km": "킬로미터", "m": "미터", "cm": "센티미터", "mm": "밀리미터", "μm": "마이크로미터",
    "um": "마이크로미터", "nm": "나노미터", "M": "미터", "KM": "킬로미터", "Km": "킬로미터",
    "CM": "센티미터", "MM": "밀리미터", "kg": "킬로그램", "KG": "킬로그램", "Kg": "킬로그램",
    "g": "그램", "mg": "밀리그램", "μg": "마이크로그램", "t": "톤", "kt": "킬로톤", "l": "리터",
    "L": "리터", "ℓ": "리터", "ml": "밀리리터", "mL": "밀리리터", "ML": "밀리리터",
    "dl": "데시리터", "dL": "데시리터", "cl": "센티리터", "kl": "킬로리터", "kL": "킬로리터",
    "cc": "시시", "ha": "헥타르", "s": "초", "sec": "초", "ms": "밀리초", "min": "분",
    "h": "시간", "hr": "시간", "Hz": "헤르츠", "kHz": "킬로헤르츠", "KHz": "킬로헤르츠",
    "MHz": "메가헤르츠", "GHz": "기가헤르츠", "W": "와트", "kW": "킬로와트", "KW": "킬로와트",
    "MW": "메가와트", "GW": "기가와트", "Wh": "와트시", "kWh": "킬로와트시", "MWh": "메가와트시",
    "V": "볼트", "kV": "킬로볼트", "mV": "밀리볼트", "mA": "밀리암페어", "mAh": "밀리암페어시",
    "Ω": "옴", "kΩ": "킬로옴", "Pa": "파스칼", "hPa": "헥토파스칼", "kPa": "킬로파스칼",
    "MPa": "메가파스칼", "kN": "킬로뉴턴", "kJ": "킬로줄", "cal": "칼로리", "kcal": "킬로칼로리",
    "Kcal": "킬로칼로리", "dB": "데시벨", "lx": "럭스", "lm": "루멘", "mol": "몰",
    "KB": "킬로바이트", "kB": "킬로바이트", "MB": "메가바이트", "GB": "기가바이트",
    "TB": "테라바이트", "PB": "페타바이트", "bps": "비피에스", "kbps": "킬로비피에스",
    "Mbps": "메가비피에스", "Gbps": "기가비피에스", "px": "픽셀", "pt": "포인트",
    "dpi": "디피아이", "in": "인치", "inch": "인치", "ft": "피트", "yd": "야드", "mi": "마일",
    "mile": "마일", "mph": "마일 퍼 시간", "kph": "킬로미터 퍼 시간", "lb": "파운드",
    "lbs": "파운드", "oz": "온스", "rpm": "알피엠", "RPM": "알피엠", "bpm": "비피엠",
    "ppm": "피피엠", "ppb": "피피비", "Å": "옹스트롬", "ct": "캐럿", "kt.": "노트", "atm": "기압",
    "mmHg": "수은주밀리미터", "a": "아르", "μs": "마이크로초", "ns": "나노초",
    "GPa": "기가파스칼", "hp": "마력", "mb": "밀리바", "°": "도", "′": "분", "″": "초",
}  # fmt: skip
_AREAS = frozenset(("m", "km", "cm", "mm", "in", "ft", "nm", "μm", "M", "KM"))
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

_DEGREES = {"℃": "섭씨", "°C": "섭씨", "℉": "화씨", "°F": "화씨"}
DEGREE = re.compile("℃|℉|°[CF](?![A-Za-z])")
"""A temperature, which is said around its number: 섭씨 이십 도."""

PERCENT = re.compile("%p|%P|%포인트|%|‰|％")
_PERCENTS = {"%": "퍼센트", "‰": "퍼밀", "％": "퍼센트"}

CURRENCY_SIGNS = {
    "₩": "원", "￦": "원", "$": "달러", "€": "유로", "¥": "엔", "￥": "엔", "£": "파운드",
    "￡": "파운드", "元": "위안", "฿": "밧", "₹": "루피", "₽": "루블", "₫": "동", "₱": "페소",
    "¢": "센트", "￠": "센트",
}  # fmt: skip
CURRENCY_CODES = {
    "KRW": "원", "USD": "달러", "US$": "달러", "EUR": "유로", "JPY": "엔", "CNY": "위안",
    "RMB": "위안", "GBP": "파운드", "CAD": "캐나다 달러", "AUD": "호주 달러",
    "NZD": "뉴질랜드 달러", "HKD": "홍콩 달러", "SGD": "싱가포르 달러", "TWD": "대만 달러",
    "HK$": "홍콩 달러", "A$": "호주 달러", "C$": "캐나다 달러", "CA$": "캐나다 달러",
    "AU$": "호주 달러", "NZ$": "뉴질랜드 달러", "S$": "싱가포르 달러", "NT$": "대만 달러",
    "CHF": "스위스 프랑", "INR": "루피", "THB": "밧", "VND": "동", "PHP": "페소", "IDR": "루피아",
    "RUB": "루블", "MXN": "멕시코 페소", "BRL": "헤알", "TRY": "리라", "SEK": "스웨덴 크로나",
    "NOK": "노르웨이 크로네", "DKK": "덴마크 크로네", "PLN": "즈워티", "MYR": "링깃",
    "MNT": "투그릭", "SAR": "리얄", "AED": "디르함",
}  # fmt: skip
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
