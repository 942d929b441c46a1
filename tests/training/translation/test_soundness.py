from __future__ import annotations

import pytest

from kosorong.text.letters.hangul import nfc, nfd
from kosorong.training.translation.core_words import lexicon
from kosorong.training.translation.korean import (
    is_adjective,
    korean_readings,
    korean_words,
)
from kosorong.training.translation.lexemes import with_korean_words, with_korean_words_of_jeju
from kosorong.training.translation.soundness import ONCE, Soundness
from kosorong.translation.lexemes import Lexeme
from kosorong.translation.tables import RuleTable
from kosorong.translation.transducer import JJE_KO, KO_JJE


def _pair(korean: str, jeju: str, pos: str, share: float = 0.9) -> Lexeme:
    return Lexeme(nfd(korean), nfd(jeju), pos, share)


@pytest.fixture(scope="module")
def tables() -> tuple[RuleTable, RuleTable]:
    pairs = [_pair("할머니", "할망", "n"), _pair("먹", "먹", "v"), _pair("섬", "삼", "n")]
    turned = [Lexeme(p.target, p.source, p.pos, p.share) for p in pairs]
    to_jeju = RuleTable(
        way=KO_JJE,
        lexemes=with_korean_words(pairs, lexicon()),
        choices={word: " ".join(stem) for word, stem in korean_readings().items()},
    )
    return to_jeju, RuleTable(way=JJE_KO, lexemes=with_korean_words_of_jeju(turned))


@pytest.mark.parametrize(
    ("korean", "jeju", "weight", "sound"),
    [
        ("먹어서", "먹엉", 1.0, True),
        ("먹고", "먹엄저", 1.0, False),  # an ending that the source lacks
        ("먹고", "먹엄저", ONCE + 1, True),  # but what is often seen is kept
        ("오는", "온", 1.0, False),  # another tense
        ("먹어요", "먹엄수과", 5.0, False),  # -어요 tells, asks and bids
        ("섬이", "삼이", 5.0, False),  # the everyday sense is decided
        ("있다", "싯나", 2.0, False),  # a core word says otherwise
        ("있는 집", "식게칩이", 1.0, False),  # several words that look otherwise, seen once
    ],
)
def test_whole_words_stand_for_each_other_where_their_endings_agree(
    tables: tuple[RuleTable, RuleTable], korean: str, jeju: str, weight: float, sound: bool
) -> None:
    assert Soundness(*tables, lexicon())(korean, jeju, weight) is sound


def test_towards_korean_the_copula_is_not_lost(tables: tuple[RuleTable, RuleTable]) -> None:
    sound = Soundness(tables[1], tables[0], lexicon())
    assert not sound("할망이우다", "할머니", 1.0)
    assert sound("할망이우다", "할머니예요", 1.0)


def test_an_everyday_sense_beats_the_dictionary() -> None:
    chosen = {
        nfc(x.source): nfc(x.target) for x in with_korean_words([_pair("섬", "삼", "n")], lexicon())
    }
    assert chosen["섬"] == "섬"


def test_the_count_tells_adjectives_from_verbs() -> None:
    assert all(map(is_adjective, ("고맙", "행복하", "빠르", "맛있", "어둡")))
    assert not any(map(is_adjective, ("달리", "공부하", "먹", "기다리")))


def test_a_slip_of_the_analyser_is_no_second_part_of_speech() -> None:
    words = korean_words()
    assert ("사랑하", "v") in words
    assert ("사랑하", "a") not in words
