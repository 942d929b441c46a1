"""Texts folded for searching."""

import pytest

from kosorong.text.letters.folding import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ᄆᆞᆯ", "몰"),
        ("ᄆᆞᆯ", "말"),
        ("ᄋᆢ라", "요라"),
        ("ᄋᆢ라", "야라"),
        ("ㅎㆍㄴ저", "혼저"),
        ("Jeju", "ＪＥＪＵ"),
        ("바람  분다", "바람\n분다"),
        ("ᄀᆡ", "게"),
    ],
)
def test_spellings_of_one_word_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("눈", "논"), ("밥", "밤"), ("가", "까"), ("1", "2")])
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_folding_twice_changes_nothing() -> None:
    text = "ᄒᆞᆫ저 옵서예! ㆍ ᆞ ㄱ 漢字 🍊"
    assert fold(fold(text)) == fold(text)
