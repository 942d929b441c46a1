"""Korean numerals: Sino-Korean and native readings of whole numbers and decimals.

The convention (docs/reference/reading-conventions.md): ten thousand is 만, not 일만, and a thousand
is 천, not 일천, wherever the unit opens the number or its group; above 만 the unit keeps its 일
(일억, 일조). Groups of four digits are separated by a space, as the spelling rules of the National
Institute of Korean Language (한글 맞춤법 제44항) write them. Native numerals go to ninety-nine;
before a counter the last two digits stay native up to nine hundred and ninety-nine.

>>> sino(13_000), sino(100_000_000), native(21), native_counter(21), native_counter(121)
('만 삼천', '일억', '스물하나', '스물한', '백스물한')
"""

from __future__ import annotations

from kosorong.text.say.numbers.numerals import numerals

ZERO = "영"
MINUS = "마이너스"
POINT = "점"

_DIGITS = "영일이삼사오육칠팔구"
_PLACES = ("", "십", "백", "천")
_GROUPS = ("", *numerals("scale").values())
_LONGEST = 4 * len(_GROUPS)

_NATIVE = numerals("native")
_COUNTING = numerals("counting")
_DAYS = numerals("days")
_RANKS = numerals("rank")
_NATIVE_MAX = 99
_MIXED_MAX = 999


def sino_digits(digits: str, zero: str = ZERO) -> str:
    """Read a string of digits one by one, as in codes.

    Args:
        digits: ASCII digits; anything else is left out.
        zero: What 0 is called; telephone numbers say 공.

    >>> sino_digits("2024"), sino_digits("010", zero="공")
    ('이영이사', '공일공')
    """
    names = zero + _DIGITS[1:]
    return "".join(names[ord(digit) - ord("0")] for digit in digits if "0" <= digit <= "9")


def _four_digits(digits: str) -> str:
    """Read up to four digits; 일 is not said before 십, 백 and 천."""
    words = []
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit == "0":
            continue
        name = "" if digit == "1" and place else _DIGITS[int(digit)]
        words.append(name + _PLACES[place])
    return "".join(words)


def sino_numeral(digits: str) -> str:
    """Read the digits of a whole number, of any length.

    A number past the last unit (극, 10^48) is read digit by digit.

    Args:
        digits: ASCII digits; leading zeros and commas are ignored.

    >>> sino_numeral("1,230,000")
    '백이십삼만'
    """
    digits = digits.replace(",", "").lstrip("0")
    if not digits:
        return ZERO
    if len(digits) > _LONGEST:
        return sino_digits(digits)
    words: list[str] = []
    for start in range(len(digits) % 4 - 4, len(digits), 4):
        group = digits[max(start, 0) : start + 4]
        unit = _GROUPS[(len(digits) - start - 1) // 4]
        name = _four_digits(group)
        if name == "일" and unit == "만" and not words:
            name = ""
        if group.strip("0"):
            words.append(name + unit)
    return " ".join(words)


def _written(n: int) -> str:
    """Return the decimal digits of `n`, past the interpreter's limit on long integers too."""
    if n < 10**_LONGEST:
        return str(n)
    step = 10**1000
    rest: list[str] = []
    while n >= step:
        n, low = divmod(n, step)
        rest.append(f"{low:01000d}")
    return str(n) + "".join(reversed(rest))


def sino(n: int) -> str:
    """Read a whole number in Sino-Korean.

    >>> sino(12_345), sino(-2), sino(0)
    ('만 이천삼백사십오', '마이너스 이', '영')
    """
    return f"{MINUS} {sino(-n)}" if n < 0 else sino_numeral(_written(n))


def decimal(written: str) -> str:
    """Read a decimal number as it is written, every digit after the point by itself.

    Args:
        written: Digits with an optional sign, commas and one point.

    >>> decimal("12.50"), decimal("-0.1"), decimal(".5")
    ('십이점오영', '마이너스 영점일', '영점오')
    """
    if written.startswith("-"):
        return f"{MINUS} {decimal(written[1:])}"
    whole, point, fraction = written.partition(".")
    spoken = sino_numeral(whole)
    return f"{spoken}{POINT}{sino_digits(fraction)}" if point and fraction else spoken


def amount(written: str) -> str:
    """Read a number by its value: zeros that change nothing are not said.

    Args:
        written: A decimal number, with commas or a unit around it if need be.

    >>> amount("0.01020"), amount("0.0000"), amount("001,023")
    ('영점영일영이', '영', '천이십삼')
    """
    plain = "".join(sign for sign in written if sign in "-.0123456789")
    whole, _, fraction = plain.partition(".")
    fraction = fraction.rstrip("0")
    return decimal(f"{whole}.{fraction}" if fraction else whole)


def _tens(n: int) -> str:
    """Return the tens of a number below a hundred in native Korean; empty without."""
    return _NATIVE.get(n - n % 10, "")


def native(n: int) -> str:
    """Count in native Korean; zero, a hundred and more are Sino-Korean.

    >>> native(1), native(20), native(99), native(100)
    ('하나', '스물', '아흔아홉', '백')
    """
    if not 1 <= n <= _NATIVE_MAX:
        return sino(n)
    return _tens(n) + _NATIVE.get(n % 10, "")


def native_counter(n: int) -> str:
    """Count in native Korean before a counter: 한 두 세 네 and 스무.

    Above ninety-nine the hundreds are Sino-Korean and the rest native; from a thousand on, as for
    zero, all of it is Sino-Korean.

    >>> native_counter(3), native_counter(14), native_counter(20), native_counter(22)
    ('세', '열네', '스무', '스물두')
    >>> native_counter(101), native_counter(120), native_counter(300), native_counter(1_001)
    ('백한', '백스무', '삼백', '천일')
    """
    if n == 20:  # only twenty itself is 스무
        return "스무"
    hundreds, rest = n - n % 100, n % 100
    if hundreds and rest and n <= _MIXED_MAX:
        return sino(hundreds) + native_counter(rest)
    if not 1 <= n <= _NATIVE_MAX:
        return sino(n)
    ones = n % 10
    return _tens(n) + (_COUNTING.get(ones) or _NATIVE.get(ones, ""))


def nth(n: int) -> str:
    """Return the place of the n-th time or thing: 첫 번째, 두 번째, 백일 번째.

    >>> nth(1), nth(3), nth(20), nth(101)
    ('첫 번째', '세 번째', '스무 번째', '백일 번째')
    """
    if n == 1:
        return "첫 번째"
    return f"{native_counter(n) if n <= _NATIVE_MAX else sino(n)} 번째"


def rank(n: int) -> str:
    """Return the n-th in a row: 첫째, 둘째, 열한째 (only one to four have forms of their own).

    >>> rank(1), rank(3), rank(12), rank(13), rank(22), rank(23)
    ('첫째', '셋째', '열두째', '열셋째', '스물두째', '스물셋째')
    """
    if n in _RANKS:
        return _RANKS[n]
    ones = n % 10
    if ones in (3, 4) and n <= _NATIVE_MAX:
        return _tens(n) + _RANKS[ones]
    return (native_counter(n) if n <= _NATIVE_MAX else sino(n)) + "째"


def native_days(n: int) -> str:
    """Return the length of n days in native words, Sino-Korean from a hundred on.

    >>> native_days(1), native_days(15), native_days(20), native_days(21)
    ('하루', '열닷새', '스무날', '스무하루')
    """
    if not 1 <= n <= _NATIVE_MAX:
        return f"{sino(n)} 일"
    if n == 10:  # ten days have a word of their own
        return "열흘"
    name = "스무" if n // 10 == 2 else _tens(n)
    return name + _DAYS.get(n % 10, "날")


def big_unit(number: str, unit: str, *, leading: bool = True) -> str:
    """Read a number that stands before a written unit: 3만, 1.5억, 5천만.

    Args:
        number: Digits with commas or a point.
        unit: The written unit, for example `천`, `만`, `천만`, `억`.
        leading: False where a bigger unit came before, so that 만 keeps its 일.

    >>> big_unit("3", "만"), big_unit("1", "천만"), big_unit("1.5", "억"), big_unit("1", "억")
    ('삼만', '천만', '일점오억', '일억')
    """
    one_is_silent = unit[0] in "십백천" or (unit[0] == "만" and leading)
    return unit if number == "1" and one_is_silent else decimal(number) + unit
