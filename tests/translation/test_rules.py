from __future__ import annotations

import unicodedata

import pytest

from kosorong.errors import BundleError
from kosorong.translation.rules import RuleTranslator, around
from kosorong.translation.tables import RulePart, RuleTable, dump_tables, kinds_of, parse_tables


def jamo(text: str) -> str:
    return unicodedata.normalize("NFD", text)


TABLE = RuleTable(
    phrases={"어서": RulePart("ᄒᆞᆫ저", 0.9), "할 수": RulePart("ᄒᆞᆯ 수", 0.9)},
    stems={jamo("바다"): RulePart(jamo("바당"), 0.9), jamo("보"): RulePart(jamo("보"), 0.9)},
    ends={
        "": RulePart("", 0.5, "ending"),
        jamo("면서"): RulePart(jamo("멍"), 0.9, "ending"),
        jamo("습니다"): RulePart(jamo("수다"), 0.8, "ending"),
        jamo("까지"): RulePart(jamo("ᄁᆞ지"), 0.8, "particle"),
    },
)
RULES = RuleTranslator(TABLE)


@pytest.mark.parametrize(
    ("korean", "jeju"),
    [
        ("바다까지 보면서", "바당ᄁᆞ지 보멍"),
        ("좋습니다.", "좋수다."),
        ("“어서!”", "“ᄒᆞᆫ저!”"),
        ("할 수 있다", "ᄒᆞᆯ 수 있다"),
        ("컴퓨터 KTX 12", "컴퓨터 KTX 12"),
        ("… !!", "… !!"),
        ("", ""),
    ],
)
def test_attested_parts_change_and_the_rest_stays(korean: str, jeju: str) -> None:
    assert RULES.translate(korean) == jeju


@pytest.mark.parametrize(
    ("strength", "jeju"),
    [
        (0.0, "어서 바다까지 보면서"),
        (1 / 3, "어서 바다까지 보멍"),
        (2 / 3, "어서 바다ᄁᆞ지 보멍"),
        (0.9, "ᄒᆞᆫ저 바당ᄁᆞ지 보멍"),
        (1.0, "ᄒᆞᆫ저 바당ᄁᆞ지 보멍"),
    ],
)
def test_the_dial_turns_endings_then_particles_then_words(strength: float, jeju: str) -> None:
    assert RULES.translate("어서 바다까지 보면서", kinds_of(strength)) == jeju


def test_a_stem_and_an_end_that_leave_half_a_syllable_are_passed_over() -> None:
    table = RuleTable(ends={"": RulePart("", 0.2), jamo("까"): RulePart("ᆼ허", 0.9)})
    assert RuleTranslator(table).translate("살까") == "살까"
    assert RuleTranslator(table).translate("가까") == "강허"


def test_two_words_with_punctuation_between_are_no_phrase() -> None:
    assert RULES.translate("할, 수") == "할, 수"


def test_changes_cover_every_source_word_once_in_order() -> None:
    changes = RULES.changes("어서 할 수 바다까지")
    assert [c.source for c in changes] == [(0, 1), (1, 3), (3, 4)]


def test_punctuation_is_told_from_the_word() -> None:
    assert around("(바다),") == ("(", "바다", "),")
    assert around("…") == ("…", "", "")


def test_tables_read_back_as_they_were_written() -> None:
    assert parse_tables(dump_tables({"jje": TABLE}))["jje"] == TABLE


@pytest.mark.parametrize("text", ["", "{}", '{"format": "x"}', "[1]"])
def test_other_json_is_no_table(text: str) -> None:
    with pytest.raises(BundleError) as raised:
        parse_tables(text)
    assert raised.value.cure
