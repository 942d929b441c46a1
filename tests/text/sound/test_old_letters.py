"""Letters that nobody makes today sound like their heirs."""

from __future__ import annotations

import pytest

from kosorong.text.letters.jamo import CONJOINING_ONSET, CONJOINING_VOWEL, ONSETS, VOWELS
from kosorong.text.sound.sound_rules import ONSET_SOUND, VOWEL_SOUND


def test_every_letter_has_a_sound_of_today_or_is_arae_a() -> None:
    assert set(ONSET_SOUND) == set(CONJOINING_ONSET)
    assert set(ONSET_SOUND.values()) == set(ONSETS)
    assert set(VOWEL_SOUND) == set(CONJOINING_VOWEL)
    assert set(VOWEL_SOUND.values()) == {*VOWELS, "ㆍ", "ㆎ", "ᆢ"}


def test_modern_letters_sound_as_themselves() -> None:
    assert all(ONSET_SOUND[one] == one for one in ONSETS)
    assert all(VOWEL_SOUND[one] == one for one in VOWELS)


@pytest.mark.parametrize(
    ("old", "now"),
    [
        *zip("ㅲㅳㅄㅶ", "ㄲㄸㅆㅉ", strict=True),  # behind ㅂ they became tense
        *zip("ㅺㅼㅽㅾ", "ㄲㄸㅃㅉ", strict=True),  # behind ㅅ too
        *zip("ㅴㅵㅻㅷ", "ㄲㄸㄴㅌ", strict=True),
        *zip("ㅥㅦㅮㅱ", "ㄴㄷㅂㅁ", strict=True),  # behind others the last one sounds
        *zip("ㅿᄽᅎᅏᅔᄛ", "ㅅㅆㅈㅉㅊㄹ", strict=True),
        *zip("ㅸㅹㆄㆅㆆㆁㆀ", "ㅂㅃㅍㅎㅇㅇㅇ", strict=True),
    ],
)
def test_an_old_onset_sounds_like_its_heir(old: str, now: str) -> None:
    assert ONSET_SOUND[old] == now


@pytest.mark.parametrize(("old", "now"), list(zip("ᅶᆀㆇㆉᆌㆊㆌᆗᆜᆟ", "ㅏㅗㅛㅛㅜㅠㅠㅢㅣㆍ", strict=True)))
def test_an_old_vowel_sounds_like_its_first_half(old: str, now: str) -> None:
    assert VOWEL_SOUND[old] == now
