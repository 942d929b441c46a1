"""Letters and signs that stand alone."""

from __future__ import annotations

import pytest

from kosorong.text.say.signs import LONE_LETTER, TYPED_FEELING, letter_names, why_unread
from kosorong.text.say.spoken import read_out


@pytest.mark.parametrize(
    ("letters", "reason"),
    [("ㅋ", TYPED_FEELING), ("ㅠ", TYPED_FEELING), ("ㅋㅋ", TYPED_FEELING), ("ㄳ", LONE_LETTER),
     ("ㅄ", LONE_LETTER), ("ㆌ", LONE_LETTER)],
)  # fmt: skip
def test_letters_without_a_name_are_told_from_those_typed_for_a_feeling(
    letters: str, reason: str
) -> None:
    words, unread = read_out(letters)
    assert [word.spoken for word in words] == [""]
    assert {one.reason for one in unread} == {reason}


@pytest.mark.parametrize(
    ("run", "before", "after", "names"),
    [
        ("ㄱ", "", "", "기역"),
        ("ㄱㄴㄷ", "", "", "기역 니은 디귿"),
        ("ㅏㅑ", "", "", "아 야"),
        ("ㅎㄷ", "", "", ""),
        ("ㅋ", "", "", ""),
        ("ㅋ", "", " 받침", "키읔"),
        ("ㅠ", "", "는 글자다", "유"),
        ("ㄱ", "가", "", ""),
        ("ㅗ", "가", "", "오"),
    ],
)
def test_letters_are_named_where_they_stand_as_letters(
    run: str, before: str, after: str, names: str
) -> None:
    assert letter_names(run, before, after) == names


@pytest.mark.parametrize(
    ("characters", "reason"),
    [
        ("\x07\x1b", "control character"),
        ("\u200e\ufeff", "invisible format character"),
        ("\ud800", "half of a surrogate pair"),
        ("\ue000", "private-use character"),
        ("\u0378", "unassigned character"),
        ("\u0301\u20dd\u0903", "combining mark"),
        ("\U0001f000\U0001f600\U0001fae0\u2600\u2604\u2763\u2764\U0001fb00", "emoji"),
        ("㐀𠀀龘𪚥", "Hanja without a reading in the table"),
        ("б", "Cyrillic letter"),
        ("ぬ", "Hiragana letter"),
        ("४", "digit or number sign of another script"),
        ("⿰\u2605\u25ff\u2605", "sign without a reading"),
    ],
)
def test_why_a_character_is_not_read(characters: str, reason: str) -> None:
    assert {why_unread(character) for character in characters} == {reason}
