"""Letters and signs that stand alone."""

from __future__ import annotations

import pytest

from kosorong.text.say.signs import LONE_LETTER, TYPED_FEELING, letter_names
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
