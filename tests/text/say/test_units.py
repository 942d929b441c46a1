"""Units of measure: however they are typed, they are said alike."""

from __future__ import annotations

import unicodedata

import pytest

from kosorong.text.say.numbers.units import read_unit
from kosorong.text.say.spoken import spell_out

SIGNS = [
    sign
    for sign in map(chr, (*range(0x3371, 0x33E0), 0x2126, 0x212B))
    if read_unit(unicodedata.normalize("NFKC", sign))
]


def test_unicode_has_signs_for_many_units() -> None:
    assert {"㎞", "㎡", "㎧", "㏁", "㎕", "㎫"} <= set(SIGNS)


@pytest.mark.parametrize("sign", SIGNS)
def test_a_unit_that_is_one_sign_is_said_like_its_letters(sign: str) -> None:
    letters = unicodedata.normalize("NFKC", sign)
    assert spell_out(f"7{sign}") == spell_out(f"7{letters}") == f"칠 {read_unit(letters)}"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("10㏁", "십 메가옴"),
        ("3㎕", "삼 마이크로리터"),
        ("5µm", "오 마이크로미터"),  # the micro sign
        ("5μm", "오 마이크로미터"),  # the letter mu
        ("2㎏/㎡", "이 킬로그램 퍼 제곱미터"),
        ("9m^2", "구 제곱미터"),
        ("4km/h", "사 킬로미터 퍼 시간"),
    ],
)
def test_a_unit_is_said(written: str, said: str) -> None:
    assert spell_out(written) == said


@pytest.mark.parametrize("written", ["xyz", "m/xyz", "xyz/m", "MV", "2", "²", "m²²"])
def test_what_is_no_unit_is_read_as_none(written: str) -> None:
    assert read_unit(written) == ""
