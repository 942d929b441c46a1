"""Errors are counted in the fewest edits, and onsets are told from codas."""

from __future__ import annotations

from kosorong.text.sound.symbols import SYMBOLS
from kosorong.training.judges.edits import aligned, edits, misheard_onsets
from kosorong.training.judges.judge import spoken_jamo
from kosorong.training.recogniser.data import sounds
from kosorong.training.recogniser.decoding import edit_distance


def test_edits_are_as_many_as_the_recognisers_own_measure_counts() -> None:
    said = [sounds(text) for text in ("돌담 위에 새가 앉았다.", "바람이 분다.", "값이 얼마우꽈?")]
    for one in said:
        for other in said:
            letters = tuple(SYMBOLS[s] for s in other), tuple(SYMBOLS[s] for s in one)
            assert edits(*letters) == edit_distance(other, one)


def test_an_onset_heard_as_another_is_paired_with_it() -> None:
    said, heard = spoken_jamo("별로네 부위를"), spoken_jamo("결로레 구이를")
    assert misheard_onsets(heard, said) == [("ㅂ", "ㄱ"), ("ㄴ", "ㄹ"), ("ㅂ", "ㄱ")]
    assert ("ㅜ", "") in aligned(heard, said)


def test_a_lost_onset_is_told_and_a_wrong_coda_is_not() -> None:
    assert misheard_onsets(spoken_jamo("위"), spoken_jamo("귀")) == [("ㄱ", "ㅇ")]
    assert misheard_onsets("ㅓ", "ㄱㅓ") == [("ㄱ", "")]
    assert misheard_onsets(spoken_jamo("바라미"), spoken_jamo("바람이")) == []
    assert misheard_onsets(spoken_jamo("밥"), spoken_jamo("밤")) == []


def test_sounds_tell_onsets_from_codas_by_themselves() -> None:
    said = tuple(SYMBOLS[s] for s in sounds("각"))
    heard = tuple(SYMBOLS[s] for s in sounds("닫"))
    assert misheard_onsets(heard, said) == [("ㄱ", "ㄷ")]


def test_neighbours_of_a_vowel_nobody_can_write_count_as_right() -> None:
    said = tuple(SYMBOLS[s] for s in sounds("ᄆᆞᆯ"))
    for right in ("몰", "멀", "말"):
        assert edits(tuple(SYMBOLS[s] for s in sounds(right)), said) == 0
    assert edits(tuple(SYMBOLS[s] for s in sounds("물")), said) == 1
    doubled = tuple(SYMBOLS[s] for s in sounds("ᄋᆢ라"))
    assert [edits(tuple(SYMBOLS[s] for s in sounds(w)), doubled) for w in ("여라", "오라")] == [
        0,
        1,
    ]


def test_nothing_heard_is_all_wrong() -> None:
    assert edits((), spoken_jamo("새")) == 2
    assert edits(spoken_jamo("새"), ()) == 2
    assert edits((), ()) == 0
