"""Kinds of numbers and signs and how they are said, several of each kind.

The rows stand in reading_kinds.tsv; ` | ` parts readings that are all right, where two are
standard. Spaces and marks do not count here: test_spoken.py holds where they stand.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kosorong.text.say.spoken import read_out, spell_out

TABLE = Path(__file__).with_name("reading_kinds.tsv")
ROWS = [
    pytest.param(written, right, id=f"{kind}: {written}")
    for kind, written, right in (
        line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]
    )
]


def bare(text: str) -> str:
    """Return a text without spaces and marks."""
    return re.sub(r"[\s.,?!…]", "", text)


@pytest.mark.parametrize(("written", "right"), ROWS)
def test_each_of_its_kind_is_said_as_people_say_it(written: str, right: str) -> None:
    assert bare(spell_out(written)) in [bare(reading) for reading in right.split(" | ")]
    assert read_out(written)[1] == ()


def test_fractions_in_a_row_keep_their_pause() -> None:
    assert spell_out("1/2, 1/3") == "이 분의 일, 삼 분의 일"


@pytest.mark.parametrize(
    ("written", "said", "listed"),
    [
        ("★추천 도서", "추천 도서", "★"),
        ("★3권을 샀다", "세 권을 샀다", "★"),
        ("☆바람이 분다", "바람이 분다", "☆"),
        ("▶시작한다", "시작한다", "▶"),
        ("◆海女의 말", "해녀의 말", "◆"),
        ("■KBS가 왔다", "케이비에스가 왔다", "■"),
        ("♥사랑해요", "사랑해요", "♥"),
        ("※주의: 위험", "주의, 위험", "※"),
        ("a != b이다", "에이 비이다", "!="),
        ("a <= b이다", "에이 비이다", "<="),
        ("a >= 3", "에이 삼", ">="),
        ("제주 -> 서울", "제주 서울", "->"),
        ("제주→서울", "제주 서울", "→"),
        ("=====", "", "====="),
    ],
)
def test_a_sign_without_a_reading_is_listed_and_changes_no_word(
    written: str, said: str, listed: str
) -> None:
    assert spell_out(written) == said
    assert "".join(found.character for found in read_out(written)[1]) == listed
