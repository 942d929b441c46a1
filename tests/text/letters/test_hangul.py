from __future__ import annotations

import pytest

from kosorong.text.langid import language_of
from kosorong.text.letters.folding import fold
from kosorong.text.letters.hangul import (
    around,
    broken_jamo,
    ends_in_rieul,
    has_araea,
    has_coda,
    has_hangul,
    nfc,
    nfd,
)
from kosorong.text.letters.normalize import normalize, to_modern


@pytest.mark.parametrize("word", ["ᄆᆡ일", "ᄎᆡᆨ", "ㅅㆎ집", "ᄒᆞᆫ저", "ᄋᆢ라"])
def test_every_vowel_of_arae_a_is_arae_a_everywhere(word: str) -> None:
    text = normalize(word)
    assert has_araea(text)
    assert has_araea(nfd(text))
    assert broken_jamo(text) == 0
    assert not has_araea(to_modern(text))
    assert not has_araea(fold(text))
    assert language_of(f"{text} {text}") == "jje"


@pytest.mark.parametrize("text", ["초ㆍ중ㆍ고등학교", "서울ㆍ부산", "마음"])
def test_a_dot_between_words_is_no_arae_a(text: str) -> None:
    assert not has_araea(normalize(text))


@pytest.mark.parametrize(
    ("word", "closed", "rieul"),
    [
        ("섬", True, False),
        ("물", True, True),
        ("닭", True, False),
        ("ᄃᆞᆯ", True, True),
        ("바다", False, False),
        ("ᄆᆡ", False, False),
        ("KTX", False, False),
        ("", False, False),
    ],
)
def test_codas_are_told_alike_composed_and_in_jamo(word: str, closed: bool, rieul: bool) -> None:
    for text in (nfc(word), nfd(word)):
        assert has_coda(text) == closed
        assert ends_in_rieul(text) == rieul


def test_a_text_of_signs_and_lone_letters_holds_no_hangul() -> None:
    assert not has_hangul("KTX 12 😀 ㅋㅋ")
    assert has_hangul(nfd("밥"))


def test_punctuation_around_a_word_is_parted_from_it_and_nothing_is_lost() -> None:
    assert around("『“가자!”』") == ("『“", "가자", "!”』")
    assert around("…!") == ("…!", "", "")
