"""Words that a translation is unsure of, with reasons that a maker understands."""

from __future__ import annotations

import pytest

from kosorong.bundle import find_bundle
from kosorong.ports import DOUBTS, Doubt, Translation
from kosorong.terms import terms_of
from kosorong.translation.pieces import joined
from kosorong.translation.translator import NeuralTranslator


@pytest.fixture(scope="module")
def bundled() -> NeuralTranslator:
    return NeuralTranslator(find_bundle("translator"))


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("뚜르르 굴렀다.", Doubt(0, "뚜르르", "unknown_word")),
        ("낯설게 찌부르르해졌다.", Doubt(1, "찌부르르해지다", "unknown_word")),
        ("말이 많다.", Doubt(0, "말", "rare_sense")),
        ("시계를 샀다.", Doubt(0, "시계", "stands")),
    ],
)
def test_a_doubted_word_is_named_as_a_dictionary_has_it_with_its_reason(
    bundled: NeuralTranslator, text: str, doubt: Doubt
) -> None:
    assert doubt in bundled.translate([text])[0].doubts


@pytest.mark.parametrize(
    "text",
    ["바다에 갑니다.", "가게에 갔다.", "KTX 2023", "물을 마십니다.", "최영수는 바다에 갔다."],
)
def test_what_grammar_and_lexicon_hold_is_not_doubted(bundled: NeuralTranslator, text: str) -> None:
    assert bundled.translate([text])[0].doubts == ()


def test_a_term_is_the_makers_own_word_and_counts_as_no_doubt(bundled: NeuralTranslator) -> None:
    ours = bundled.with_terms(terms_of({"뚜르르 바퀴": "도르레"}))
    (made,) = ours.translate(["뚜르르 바퀴 바다에 뚜르르 갔다."])
    assert [(at.word, at.lemma) for at in made.doubts] == [(3, "뚜르르")]


def test_nothing_is_doubted_where_words_stay_korean(bundled: NeuralTranslator) -> None:
    assert bundled.translate(["뚜르르 굴렀다."], strength=0.5)[0].doubts == ()


def test_a_jeju_word_that_nobody_knows_is_doubted_too(bundled: NeuralTranslator) -> None:
    (made,) = bundled.translate(["바당에 뷁뷁이 셔."], source="jje", target="ko")
    assert Doubt(1, "뷁뷁", "unknown_word") in made.doubts


def test_doubts_of_a_text_in_pieces_name_its_own_words() -> None:
    one = Translation("가 나", doubts=(Doubt(1, "나", DOUBTS[0]),))
    whole = joined([("가 나", one), ("가 나", one)])
    assert [doubt.word for doubt in whole.doubts] == [1, 3]
