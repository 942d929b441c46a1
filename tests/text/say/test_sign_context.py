"""What stands around a sign decides how it is said: asked of the rules themselves."""

from __future__ import annotations

import pytest

from kosorong.text.say.sign_context import between_digits, in_equation, is_clock_span, span_link


@pytest.mark.parametrize(
    ("text", "at", "spans"),
    [
        ("9:00-18:00", 4, True),
        ("오전 9:30-9:50", 7, True),
        ("9:00-18", 4, False),
        ("19-18:00", 2, False),
        ("9:60-18:00", 4, False),
        ("9:00-18:70", 4, False),
    ],
)
def test_a_dash_between_two_times_spans_them(text: str, at: int, spans: bool) -> None:
    assert is_clock_span(text, at, at + 1) is spans


@pytest.mark.parametrize(
    ("text", "at", "between"),
    [
        ("3×4", 1, True),
        ("3 × 4", 2, True),
        ("가×4", 1, False),
        ("3×가", 1, False),
        ("×4", 0, False),
    ],
)
def test_a_sign_stands_between_digits_with_spaces_or_without(
    text: str, at: int, between: bool
) -> None:
    assert between_digits(text, at, at + 1) is between


@pytest.mark.parametrize(
    ("text", "at", "sums"),
    [("7-3=4", 1, True), ("7 - 3 = 4", 2, True), ("7-3", 1, False), ("7-3은 4=4", 1, False)],
)
def test_a_sum_has_numbers_on_both_sides_and_an_equals_sign(text: str, at: int, sums: bool) -> None:
    assert in_equation(text, at, at + 1) is sums


@pytest.mark.parametrize(
    ("text", "at", "last", "link"),
    [
        ("3월~5월", 2, "삼월", "부터"),
        ("월~금", 1, "월", "부터"),
        ("3~5", 1, "삼", "에서"),
        ("A~Z", 1, "에이", "에서"),
        ("서울~부산행", 2, "서울", "에서"),
        ("서울~부산", 2, "서울", ""),
        ("약 ~10명", 2, "약", ""),
        ("가~나", 1, "가", ""),
    ],
)
def test_a_tilde_is_said_by_what_it_links(text: str, at: int, last: str, link: str) -> None:
    assert span_link(text, at, at + 1, last) == link
