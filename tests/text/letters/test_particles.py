from __future__ import annotations

import pytest

from kosorong.text.letters.particles import (
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
