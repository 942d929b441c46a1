from __future__ import annotations

from kosorong.text.letters.hangul import nfc, nfd
from kosorong.training.corpora.parallel import Pair
from kosorong.training.translation.lexemes import (
    best_of,
    learn_lexemes,
    lemma_pairs,
    turned_lexemes,
)
from kosorong.training.translation.rule_learning import WordPair
from kosorong.translation.lexemes import Lexeme
from kosorong.translation.lexicon import Lexicon


def _entry(identifier: str, korean: str, jeju: str) -> Pair:
    return Pair(identifier, korean, jeju, "lexicon", "araea", identifier)


def test_verbs_and_nouns_are_told_apart() -> None:
    found = lemma_pairs(
        [
            _entry("opendict-1|동사#1", "부서지다", "벌러지다"),
            _entry("jejudict-2|X#2", "노래하다", "놀레허다"),
            _entry("jejudict-3|X#3", "조카", "조캐"),
            _entry("jejudict-4|X#4", "두 말", "두 말"),
        ]
    )
    assert set(found) == {
        (nfd("부서지"), nfd("벌러지"), "v"),
        (nfd("노래하"), nfd("놀레ᄒᆞ"), "v"),
        (nfd("조카"), nfd("조캐"), "n"),
    }


def test_the_translation_that_sentences_hold_wins() -> None:
    lexicon = [
        _entry("opendict-1|동사#1", "부서지다", "멜싸지다"),
        _entry("opendict-2|동사#2", "부서지다", "벌러지다"),
    ]
    tied = [WordPair("부서지면서", "벌러지멍", 1.0), WordPair("부서지고", "벌러지곡", 1.0)]
    learnt = learn_lexemes(tied, lexicon, Lexicon(()))
    best = {nfc(x.source): nfc(x.target) for x in best_of(learnt.lexemes)}
    assert best["부서지"] == "벌러지"
    turned = {nfc(x.source): nfc(x.target) for x in best_of(turned_lexemes(learnt.lexemes))}
    assert turned["벌러지"] == "부서지"


def test_a_noun_without_a_sure_counterpart_stays() -> None:
    noun = nfd("쪼각")
    pairs = [Lexeme(noun, nfd("쪼가리"), "n", 1.0), Lexeme(noun, noun, "n", 0.9)]
    assert best_of(pairs)[0].target == nfd("쪼가리")
    assert best_of(pairs, sure_noun=0.65)[0].target == noun


def test_a_form_of_a_known_word_is_no_noun_of_its_own() -> None:
    lexicon = [_entry("jejudict-1|X#1", "있다", "잇다"), _entry("jejudict-2|X#2", "것", "거")]
    tied = [WordPair("있는", "있는", 1.0), WordPair("것이", "것이", 1.0)]
    tied.append(WordPair("하늘이", "하늘이", 1.0))
    known = {nfc(x.source) for x in learn_lexemes(tied, lexicon, Lexicon(())).from_korean()}
    assert {"있", "것", "하늘"} <= known
    assert not {"있는", "것이"} & known
