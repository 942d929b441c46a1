from __future__ import annotations

import pytest

from kosorong.text.letters.particles import (
    _SHAPED,
    agree,
    agrees,
    fitted_particle,
    is_object,
    is_tail,
    only_ends_like_particle,
    reaches_beyond,
)

NOUNS = [
    "마을",
    "가을",
    "노을",
    "고을",
    "산마을",
    "늦가을",
    "저녁노을",
    "ᄆᆞ을",
    "모을",
    "ᄀᆞ을",
    "저을",
]


@pytest.mark.parametrize("noun", NOUNS)
def test_a_noun_that_ends_like_a_particle_has_none(noun: str) -> None:
    assert only_ends_like_particle(noun)
    assert not is_object(noun)
    assert is_object(f"{noun}을")
    assert agrees(noun, "을")


@pytest.mark.parametrize("word", ["밥을", "바다를", "바다을", "밥를", "마을을", "집으로", "을"])
def test_a_noun_with_its_particle_is_no_such_noun(word: str) -> None:
    assert not only_ends_like_particle(word)


@pytest.mark.parametrize(
    ("text", "end", "beyond"), [("마을에 갔다", 1, True), ("마를 캤다", 1, False)]
)
def test_a_term_is_not_found_in_a_longer_noun(text: str, end: int, beyond: bool) -> None:
    assert reaches_beyond(text, 0, end) == beyond


@pytest.mark.parametrize(
    ("word", "tail", "fitted"),
    [
        ("바당", "영", "이영"),
        ("바다", "이영", "영"),
        ("섬", "레", "으레"),
        ("물", "으레", "레"),
        ("ᄆᆞᆯ", "으로", "로"),
        ("오름", "여", "이여"),
        ("13", "는", "은"),
        ("ᄃᆞᆰ", "를", "을"),
    ],
)
def test_particles_agree_with_the_word_before_them(word: str, tail: str, fitted: str) -> None:
    assert agree(word, tail) == fitted
    assert is_tail(fitted)


def test_after_a_number_only_what_is_surely_a_particle_is_fitted() -> None:
    assert fitted_particle("삼", "가") == "가"
    assert fitted_particle("삼", "는") == "은"
    assert fitted_particle("시간", "가", after_sign=True) == "이"


@pytest.mark.parametrize(
    ("word", "tail", "right"),
    [
        ("바다", "이고", "고"),
        ("바다", "이에요", "예요"),
        ("집", "예요", "이에요"),
        ("바다", "이면", "면"),
        ("한라", "이니까", "니까"),
        ("섬", "라고", "이라고"),
        ("물", "지", "이지"),
    ],
)
def test_what_is_said_of_a_word_fits_its_end(word: str, tail: str, right: str) -> None:
    assert agree(word, tail) == right


def test_every_shape_of_the_table_is_known_as_a_particle_and_fits_behind_its_end() -> None:
    for closed, open_ in _SHAPED:
        assert is_tail(closed)
        assert is_tail(open_)
        assert agree("집", closed) == closed
        assert agree("바다", open_) == open_


@pytest.mark.parametrize("tail", ["", "치를", "답다", "하고는", "마저"])
def test_what_is_no_particle_of_two_shapes_stays_as_it_is(tail: str) -> None:
    assert agree("바다", tail) == tail
    assert agree("집", tail) == tail
