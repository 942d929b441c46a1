"""Pronounced Hangul as phones."""

import pytest

from kosorong.text.letters.jamo import ONSETS as LETTERS
from kosorong.text.letters.jamo import SILENT
from kosorong.text.letters.jamo import VOWELS as MODERN
from kosorong.text.letters.normalize import normalize
from kosorong.text.sound.ipa import CODAS, ONSETS, VOWELS, ipa
from kosorong.text.sound.pronounce import pronounce_text
from kosorong.text.sound.symbols import SOUND_CODAS


@pytest.mark.parametrize(
    ("written", "phones"),
    [
        ("바다", "p a̠ d a̠"),
        ("빛깔", "p i t̚ k͈ a̠ ɭ"),
        ("신랑", "ɕʰ i ɭ ɭ a̠ ŋ"),
        ("다리", "t a̠ ɾ i"),
        ("씨앗", "ɕ͈ i a̠ t̚"),
        ("쉬다", "sʰ w i d a̠"),
        ("전화", "t͡ɕ ə n ɦ w a̠"),
        ("밥이 줘", "p a̠ b i  t͡ɕ w ə"),
        ("ㅎㆍㄴ저", "h ɒ n d͡ʑ ə"),
        ("ㅇㆍㆍ라", "j ɒ ɾ a̠"),
        ("ㅁㆎ", "m ɒ i"),
        ("외국", "w e̞ ɡ u k̚"),
    ],
)
def test_phones_follow_their_neighbours(written: str, phones: str) -> None:
    assert ipa(pronounce_text(normalize(written))) == phones


def test_every_sound_of_the_symbol_table_has_a_phone() -> None:
    assert set(ONSETS) == set(LETTERS) - {SILENT}
    assert set(VOWELS) == {*MODERN, "ㆍ", "ᆢ"}
    assert set(CODAS) == set(SOUND_CODAS)


def test_marks_and_foreign_letters_are_left_out() -> None:
    assert ipa("아, … hello 이?") == "a̠  i"
