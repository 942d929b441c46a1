"""Pairs of quotation marks and brackets: which belong together, which stand alone."""

from __future__ import annotations

import pytest

from kosorong.text.segments.quotes import LONGEST_BRACKET, quoted_spans


@pytest.mark.parametrize(
    "pair",
    [
        "“”",
        "‘’",
        "「」",
        "『』",
        "《》",
        "〈〉",
        "｢｣",
        "«»",
        "()",
        "[]",
        "{}",
        "【】",
        "（）",
        "［］",
    ],
)
def test_every_pair_of_marks_is_one(pair: str) -> None:
    assert quoted_spans(f"돌{pair[0]}담{pair[1]} 길") == [(1, 3)]
    assert quoted_spans(f"돌{pair[1]}담{pair[0]} 길") == []


@pytest.mark.parametrize("mark", ['"', "'"])
def test_a_straight_mark_opens_before_a_letter_and_closes_what_is_open(mark: str) -> None:
    assert quoted_spans(f"{mark}가{mark} {mark}나{mark}") == [(0, 2), (4, 6)]
    assert quoted_spans(f"돌 {mark}가{mark} 담") == [(2, 4)]


@pytest.mark.parametrize(
    "text",
    [
        *("'", '나"', "가' 나", '가" 나', "가'나'", "ab'cd' ef", "a 'b c", "가’ 나", "'가"),
    ],
)
def test_a_mark_without_its_partner_is_passed_over(text: str) -> None:
    assert quoted_spans(text) == []


def test_a_straight_mark_that_opened_nothing_leaves_the_next_pair_alone() -> None:
    assert quoted_spans('가" 나 "다"') == [(5, 7)]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("‘Tom’s 집’", [(0, 8)]),  # Latin letters on both sides: an apostrophe
        ("‘제주’s", [(0, 3)]),
        ("‘it’ 가", [(0, 3)]),
        ("'it's' 가", [(0, 5)]),
        ("It's 'so'", [(5, 8)]),
        ('"it"s', [(0, 3)]),
    ],
)
def test_an_apostrophe_stands_between_latin_letters(
    text: str, spans: list[tuple[int, int]]
) -> None:
    assert quoted_spans(text) == spans


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("((가) 나) 다", [(0, 6)]),
        ("(가)(나)", [(0, 2), (3, 5)]),
        ("“가 (나” 다)", [(0, 5)]),  # the quotation ends the bracket inside it
        ("(가] 나)", [(0, 5)]),
        ("\"'가'\"", [(0, 4)]),
        ("『가』《나》", [(0, 2), (3, 5)]),
    ],
)
def test_what_stands_inside_another_pair_is_no_pair_of_its_own(
    text: str, spans: list[tuple[int, int]]
) -> None:
    assert quoted_spans(text) == spans


@pytest.mark.parametrize("pair", ["()", "[]", "{}", "【】", "（）", "［］"])
def test_a_bracket_that_closes_too_late_is_a_stray_one(pair: str) -> None:
    inside = "가" * (LONGEST_BRACKET - 1)
    assert quoted_spans(f"{pair[0]}{inside}{pair[1]}") == [(0, LONGEST_BRACKET)]
    assert quoted_spans(f"{pair[0]}{inside}나{pair[1]}") == []


@pytest.mark.parametrize("pair", ["“”", "‘’", "「」", "《》", '""'])
def test_a_quotation_may_be_as_long_as_it_likes(pair: str) -> None:
    text = f"{pair[0]}{'가' * 2 * LONGEST_BRACKET}{pair[1]}"
    assert quoted_spans(text) == [(0, len(text) - 1)]
