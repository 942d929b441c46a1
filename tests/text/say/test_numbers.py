"""Numerals: Sino-Korean, native, ordinals, days, decimals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kosorong.text.say.numbers import numbers
from kosorong.text.say.spoken import spell_out

DIGITS = {name: value for value, name in enumerate("영일이삼사오육칠팔구")}
PLACES = {"십": 10, "백": 100, "천": 1000}
GROUPS = {"만": 10**4, "억": 10**8, "조": 10**12, "경": 10**16, "해": 10**20}


def parsed(spoken: str) -> int:
    """Read a Sino-Korean numeral back."""
    total = group = digit = 0
    for letter in spoken.replace(" ", ""):
        if letter in DIGITS:
            digit = DIGITS[letter]
        elif letter in PLACES:
            group += (digit or 1) * PLACES[letter]
            digit = 0
        else:
            total += (group + digit or 1) * GROUPS[letter]
            group = digit = 0
    return total + group + digit


@given(st.integers(0, 10**24 - 1))
def test_a_sino_korean_numeral_reads_back_as_its_number(n: int) -> None:
    assert parsed(numbers.sino(n)) == n


@given(st.integers(1, 10**24 - 1))
def test_no_one_is_said_before_ten_hundred_thousand(n: int) -> None:
    said = numbers.sino(n)
    assert not any(wrong in said for wrong in ("일십", "일백", "일천"))


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "영"),
        (10_000, "만"),
        (17_000, "만 칠천"),
        (110_000, "십일만"),
        (100_010_000, "일억 일만"),
        (10_000_000, "천만"),
        (10**12, "일조"),
        (10**16 + 1, "일경 일"),
        (-40, "마이너스 사십"),
    ],
)
def test_sino_korean_keeps_the_convention(n: int, said: str) -> None:
    assert numbers.sino(n) == said


def test_numbers_past_the_last_unit_are_read_digit_by_digit() -> None:
    assert numbers.sino(10**52) == "일" + "영" * 52
    assert len(numbers.sino(10**6000)) == 6001
    assert numbers.sino_numeral("1" * 5000) == "일" * 5000


def test_leading_zeros_and_commas_do_not_change_a_number() -> None:
    assert numbers.sino_numeral("0,042") == "사십이"
    assert numbers.sino_numeral("000") == "영"


def test_digits_are_read_one_by_one_with_the_zero_asked_for() -> None:
    assert numbers.sino_digits("064-70") == "영육사칠영"
    assert numbers.sino_digits("064", zero="공") == "공육사"


@pytest.mark.parametrize(
    ("n", "alone", "before_counter"),
    [
        (1, "하나", "한"),
        (4, "넷", "네"),
        (10, "열", "열"),
        (13, "열셋", "열세"),
        (20, "스물", "스무"),
        (21, "스물하나", "스물한"),
        (58, "쉰여덟", "쉰여덟"),
        (100, "백", "백"),
        (0, "영", "영"),
    ],
)
def test_native_numerals_stand_alone_or_before_a_counter(
    n: int, alone: str, before_counter: str
) -> None:
    assert numbers.native(n) == alone
    assert numbers.native_counter(n) == before_counter


def test_native_numerals_differ_up_to_ninety_nine() -> None:
    assert len({numbers.native(n) for n in range(1, 100)}) == 99
    assert len({numbers.native_counter(n) for n in range(1, 100)}) == 99


@pytest.mark.parametrize(
    ("n", "place", "row"),
    [
        (1, "첫 번째", "첫째"),
        (2, "두 번째", "둘째"),
        (11, "열한 번째", "열한째"),
        (14, "열네 번째", "열넷째"),
        (20, "스무 번째", "스무째"),
        (33, "서른세 번째", "서른셋째"),
        (250, "이백오십 번째", "이백오십째"),
    ],
)
def test_ordinals(n: int, place: str, row: str) -> None:
    assert numbers.nth(n) == place
    assert numbers.rank(n) == row


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (2, "이틀"),
        (10, "열흘"),
        (12, "열이틀"),
        (20, "스무날"),
        (25, "스무닷새"),
        (120, "백이십 일"),
    ],
)
def test_days_have_native_names(n: int, said: str) -> None:
    assert numbers.native_days(n) == said


def test_decimals_say_every_written_digit_and_amounts_only_the_value() -> None:
    assert numbers.decimal("3.50") == "삼점오영"
    assert numbers.amount("3.50") == "삼점오"
    assert numbers.decimal("-0.05") == "마이너스 영점영오"
    assert numbers.decimal("1,050.5") == "천오십점오"
    assert numbers.amount("7.000원") == "칠"


def test_a_unit_after_a_number_drops_its_one_only_where_the_convention_says_so() -> None:
    assert numbers.big_unit("1", "만") == "만"
    assert numbers.big_unit("1", "만", leading=False) == "일만"
    assert numbers.big_unit("1", "억") == "일억"
    assert numbers.big_unit("2.5", "천만") == "이점오천만"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("그날 3, 4권, 봤다.", "그날 세, 네 권, 봤다."),
        ("3, 4권을 읽었다.", "세, 네 권을 읽었다."),
        ("5, 6권은 두껍다.", "다섯, 여섯 권은 두껍다."),
        ("20, 21살", "스무, 스물한 살"),
        ("99, 100개", "구십구, 백 개"),
        ("7, 8명이 왔다.", "일곱, 여덟 명이 왔다."),
    ],
)
def test_a_list_of_numbers_is_of_one_series(written: str, said: str) -> None:
    assert spell_out(written) == said


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (99, "아흔아홉"),
        (100, "백"),
        (101, "백한"),
        (120, "백스무"),
        (999, "구백아흔아홉"),
        (1000, "천"),
        (1001, "천일"),
    ],
)
def test_native_numerals_mix_with_hundreds_and_end_at_a_thousand(n: int, said: str) -> None:
    assert numbers.native_counter(n) == said


@pytest.mark.parametrize(
    ("n", "said"),
    [
        *(
            (3, "셋째"),
            (4, "넷째"),
            (5, "다섯째"),
            (13, "열셋째"),
            (24, "스물넷째"),
            (25, "스물다섯째"),
        ),
        *((31, "서른한째"), (93, "아흔셋째"), (99, "아흔아홉째"), (100, "백째"), (103, "백삼째")),
    ],
)
def test_third_and_fourth_keep_their_forms_below_a_hundred(n: int, said: str) -> None:
    assert numbers.rank(n) == said
