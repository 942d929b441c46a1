"""Syllables come apart and go together without loss."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kosorong.text.letters import jamo
from kosorong.text.letters.jamo import Syllable, compose, decompose, letters, split

old_syllables = st.builds(
    Syllable,
    st.sampled_from(sorted(jamo.CONJOINING_ONSET)),
    st.sampled_from(sorted(jamo.CONJOINING_VOWEL)),
    st.sampled_from(["", *sorted(jamo.CONJOINING_CODA)]),
)


def test_every_precomposed_syllable_survives_the_round_trip() -> None:
    for point in range(0xAC00, 0xD7A4):
        assert compose(decompose(chr(point))) == chr(point)


@given(old_syllables)
def test_old_syllables_survive_the_round_trip(syllable: Syllable) -> None:
    written = compose(syllable)
    assert decompose(written) == syllable
    assert list(split(written)) == [syllable]


@pytest.mark.parametrize(
    ("written", "syllable"),
    [
        ("값", Syllable("ㄱ", "ㅏ", "ㅄ")),
        ("위", Syllable("ㅇ", "ㅟ", "")),
        ("\u1112\u119e\u11ab", Syllable("ㅎ", "ㆍ", "ㄴ")),
        ("\u110b\u11a2", Syllable("ㅇ", "ᆢ", "")),
        ("여\u11dd", Syllable("ㅇ", "ㅕ", "ㅯ")),
        ("나\u11da", Syllable("ㄴ", "ㅏ", "ᇚ")),
    ],
)
def test_syllables_are_letters(written: str, syllable: Syllable) -> None:
    assert decompose(written) == syllable


@pytest.mark.parametrize("text", ["", "a", "가나", "ㄱ", "\u1112", "\u119e", "각\u11dd"])
def test_what_is_no_syllable_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not one Hangul syllable"):
        decompose(text)


def test_letters_in_the_wrong_place_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot stand there"):
        compose(Syllable("ㅏ", "ㅏ", ""))


def test_clusters_are_spelled_letter_by_letter() -> None:
    assert letters("앉은 닭, ㄳ!") == "ㅇㅏㄴㅈㅇㅡㄴ ㄷㅏㄹㄱ, ㄱㅅ!"
    assert letters("꽈리") == "ㄲㅗㅏㄹㅣ"
    assert letters("나\u11da") == "ㄴㅏㅁㄱ"


def test_every_cluster_is_built_of_letters_and_every_double_stays_whole() -> None:
    for parts in (jamo.ONSET_PARTS, jamo.CODA_PARTS, jamo.VOWEL_PARTS):
        for letter, simple in parts.items():
            assert bool(simple) == bool(letter)
            assert len(simple) <= 1 or letter not in simple, letter
    assert [jamo.CODA_PARTS[one] for one in ("ㄺ", "ㅄ", "ㄲ", "ㅆ", "ㄱ")] == [
        "ㄹㄱ", "ㅂㅅ", "ㄲ", "ㅆ", "ㄱ"
    ]  # fmt: skip
    assert [jamo.ONSET_PARTS[one] for one in ("ㅴ", "ㅺ", "ㅃ")] == ["ㅂㅅㄱ", "ㅅㄱ", "ㅃ"]
    assert [jamo.VOWEL_PARTS[one] for one in ("ㅘ", "ㅢ", "ㅐ")] == ["ㅗㅏ", "ㅡㅣ", "ㅐ"]
