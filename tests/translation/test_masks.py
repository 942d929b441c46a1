from __future__ import annotations

import pytest

from kosorong.ports import Link
from kosorong.text.letters.particles import agree
from kosorong.translation.masks import (
    Mask,
    Span,
    mask,
    spans_of_latin,
    spans_of_numbers,
    spans_of_terms,
    spans_of_words,
)
from kosorong.translation.names import names_in


def _masked(text: str, spans: list[Span]) -> Mask:
    made = mask(text, spans)
    assert made is not None
    return made


def test_what_is_masked_comes_back_and_particles_agree() -> None:
    text = "바다로 KTX를 타고 갔다"
    spans = [*spans_of_terms(text, [("바다", "바당ᄀᆞᆺ")]), *spans_of_latin(text)]
    made = _masked(text, spans)
    assert "KTX" not in made.text
    assert made.expected == "바당ᄀᆞᆺ로 KTX를 타고 갔다"
    assert made.unmask(made.text) == "바당ᄀᆞᆺ으로 KTX를 타고 갔다"


def test_a_lost_or_doubled_stand_in_is_no_translation() -> None:
    made = _masked("KTX를", spans_of_latin("KTX를"))
    assert made.unmask("를") == ""
    assert made.unmask(f"{made.text} {made.text}") == ""
    assert made.unmask(f"1{made.text}") == ""


def test_a_stand_in_never_touches_or_equals_a_number() -> None:
    made = _masked("3海와 952개", [Span(1, 2, "海")])
    assert made.stands[0][1:] == ("3海", "3海")
    assert made.stands[0][0] != "952"
    both = _masked("1,200km", [*spans_of_latin("1,200km"), *spans_of_numbers("1,200km")])
    assert [source for _, source, _ in both.stands] == ["1,200km"]


def test_too_many_parts_are_left_to_others() -> None:
    text = " 가 ".join(["KTX"] * 60)
    assert mask(text, spans_of_latin(text)) is None


def test_terms_stand_at_the_beginning_of_words_only() -> None:
    found = spans_of_terms("산에 김산과 산나물 “산이", [("산", "뫼")])
    assert [span.start for span in found] == [0, 12]


def test_links_of_terms_of_several_words_are_widened() -> None:
    text = "한라산 꼭대기로 가자"
    made = _masked(text, spans_of_terms(text, [("한라산 꼭대기", "한락산")]))
    written = made.text
    assert made.unmask(written) == "한락산으로 가자"
    links = made.widen([Link(0, 0, 1.0), Link(1, 1, 1.0)], written)
    assert [(link.source, link.target) for link in links] == [(0, 0), (1, 0), (2, 1)]


def test_the_right_word_of_two_is_masked() -> None:
    assert spans_of_words("영수와 영수", [(1, "영수")]) == [Span(4, 6, "영수")]


@pytest.mark.parametrize(
    ("word", "tail", "wanted"),
    [
        ("바당", "는", "은"),
        ("바다", "이", "가"),
        ("섬", "를", "을"),
        ("하르방", "와", "과"),
        ("물", "으로", "로"),
        ("낭", "레", "으레"),
        ("아방", "영", "이영"),
        ("어멍", "우다", "이우다"),
        ("바다", "이우다", "우다"),
        ("바다", "에서는", "에서는"),
        ("ᄃᆞᆯ", "는", "은"),
    ],
)
def test_particles_take_the_shape_that_the_word_asks_for(word: str, tail: str, wanted: str) -> None:
    assert agree(word, tail) == wanted


def test_common_words_and_verbs_are_no_names() -> None:
    known = {"고양이", "바다", "걸었다"}
    text = "고양이가 바다에서 걸었다. 박서연 씨는 런던에서"
    assert [name.text for name in names_in(text, known.__contains__)] == ["박서연", "런던"]


@pytest.mark.parametrize(
    "text", ["\ufffc을 먹었다", "\ufffc를 먹었다", "\ufffc으로 갔다", "\ufffc로 갔다"]
)
def test_a_particle_behind_a_sign_for_something_else_stays_as_it_was(text: str) -> None:
    made = mask(text, [Span(0, 1, "\ufffc")])
    assert made is not None
    assert made.unmask(made.text) == text
