from __future__ import annotations

import pytest

from kosorong.text.letters.hangul import nfc, nfd
from kosorong.translation.inflection import SLOTS, bases, stem_guesses


@pytest.mark.parametrize(
    ("stem", "jeju", "forms"),
    [
        ("먹", False, "먹 먹 먹으 먹으 먹어"),
        ("살", False, "살 사 살 사 살아"),
        ("듣", False, "듣 듣 들으 들으 들어"),
        ("맵", False, "맵 맵 매우 매우 매워"),
        ("입", False, "입 입 입으 입으 입어"),
        ("짓", False, "짓 짓 지으 지으 지어"),
        ("모르", False, "모르 모르 모르 모르 몰라"),
        ("그렇", False, "그렇 그렇 그러 그러 그래"),
        ("하", False, "하 하 하 하 해"),
        ("오", False, "오 오 오 오 와"),
        ("ᄒᆞ", True, "ᄒᆞ ᄒᆞ ᄒᆞ ᄒᆞ 헤"),
        ("ᄀᆞᆯ", True, "ᄀᆞᆯ ᄀᆞ ᄀᆞᆯ ᄀᆞ ᄀᆞᆯ아"),
        ("잇", True, "잇 잇 이시 이시 잇어"),
        ("몰르", True, "몰르 몰르 몰르 몰르 몰라"),
        ("뒈", True, "뒈 뒈 뒈 뒈 뒈"),
    ],
)
def test_stems_take_the_form_their_ending_asks_for(stem: str, jeju: bool, forms: str) -> None:
    found = bases(nfd(stem), jeju)
    assert " ".join(nfc(found[slot][0]) for slot in SLOTS) == forms


@pytest.mark.parametrize(
    ("form", "slot", "stem"),
    [
        ("놀려", "I", "놀리"),
        ("준비해", "I", "준비하"),
        ("막아", "I", "막"),
        ("막으", "E", "막"),
        ("막", "C", "막"),
    ],
)
def test_the_stem_of_an_unknown_verb_is_guessed(form: str, slot: str, stem: str) -> None:
    assert [nfc(s) for s in stem_guesses(nfd(form), slot)] == [stem]
