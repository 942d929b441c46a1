from __future__ import annotations

from dataclasses import replace

import pytest
from toy_corpus import MONO, toy_pairs, toy_recipe

from kosorong.errors import CorpusError
from kosorong.training.corpora.parallel import Pair, split_folds
from kosorong.training.translation.align import WordAligner, dictionary_of
from kosorong.training.translation.examples import (
    align_pairs,
    example_of,
    hint_for,
    learn_rules,
    real_examples,
    synthetic_examples,
)
from kosorong.training.translation.prepare import prepare_corpus
from kosorong.training.translation.rule_learning import WordPair, learn_table
from kosorong.training.translation.spelling import restore_araea, without_araea
from kosorong.translation.rules import RuleTranslator


def test_words_are_tied_in_order_one_to_two_where_need_be() -> None:
    pairs = [("바다에 갑니다.", "바당에 감수다."), ("사람이 못한 일", "사ᄅᆞᆷ이 못 ᄒᆞᆫ 일")]
    first, second = WordAligner(dictionary_of([("사람", "사ᄅᆞᆷ")])).align_all(pairs)
    assert [(t.source, t.target) for t in first] == [((0, 1), (0, 1)), ((1, 2), (1, 2))]
    assert [(t.source, t.target) for t in second] == [
        ((0, 1), (0, 1)),
        ((1, 2), (1, 3)),
        ((2, 3), (3, 4)),
    ]


def test_an_empty_side_gives_no_ties() -> None:
    assert WordAligner().align_all([("", "바당"), ("바다", "")]) == [[], []]


def test_endings_and_stems_carry_over_to_words_never_seen() -> None:
    seen = [("먹으면서", "먹으멍"), ("보면서", "보멍"), ("바다에", "바당에"), ("새를", "새를")]
    table = learn_table([WordPair(a, b, 1.0) for a, b in seen], dictionary_of([("바다", "바당")]))
    rules = RuleTranslator(table)
    assert rules.translate("웃으면서") == "웃으멍"
    assert rules.translate("바다를") == "바당를"


def test_araea_comes_back_where_it_is_attested() -> None:
    pairs = [
        Pair("1", "사람이 간다", "사ᄅᆞᆷ이 간다", "proverb", "araea"),
        Pair("4", "사람은 산다", "사ᄅᆞᆷ은 산다", "proverb", "araea"),
        Pair("2", "사람은", "사롬은", "example", "lost"),
        Pair("3", "사랑하면서", "사랑허멍", "example", "lost"),
    ]
    restored = restore_araea(pairs)
    assert [p.jeju for p in restored] == ["사ᄅᆞᆷ이 간다", "사ᄅᆞᆷ은 산다", "사ᄅᆞᆷ은", "사랑ᄒᆞ멍"]
    assert {p.spelling for p in restored} == {"araea"}
    assert "사롬" in without_araea("사ᄅᆞᆷ")


def test_a_hint_comes_from_rules_that_never_saw_the_pair() -> None:
    pairs = [p for p in toy_pairs() if p.group != "toy-0"]
    once = Pair("only-1-1", "달팽이를", "ᄃᆞᆯ펭이를", "dialogue", "araea", "only-1")
    aligned, lexicon = align_pairs([*pairs, once])
    knows = learn_rules(aligned, lexicon)
    assert hint_for(knows, once.korean, "jje").text == once.jeju
    examples = real_examples(aligned, lexicon, parts=3)
    hint = next(e.hint for e in examples if e.source == once.korean and e.spelling == "araea")
    assert hint != once.jeju


def test_rules_of_a_fold_know_nothing_of_its_held_out_lines() -> None:
    pairs = toy_pairs()
    fold = split_folds(pairs, 4)[0]
    changed = [
        replace(p, jeju=p.jeju.replace("수다", "쿠다")) if p in fold.test else p for p in pairs
    ]
    same = split_folds(changed, 4)[0]
    recipe = toy_recipe()
    one = prepare_corpus(fold.train, MONO, recipe)
    other = prepare_corpus(same.train, MONO, recipe)
    assert one.rules == other.rules
    assert one.tokenizer.vocabulary == other.tokenizer.vocabulary
    assert one.pools == other.pools


def test_hint_links_go_through_the_source() -> None:
    aligned, lexicon = align_pairs(toy_pairs())
    hint = hint_for(learn_rules(aligned, lexicon), "바다에 갑니다.", "jje")
    example = example_of(
        "바다에 갑니다.", "감수다. 바당에", hint, "jje", [(0, 1), (1, 0)], style="dialogue"
    )
    assert example.hint_links == ((0, 1), (1, 0))


def test_synthetic_pairs_go_both_ways_and_end_in_real_korean() -> None:
    aligned, lexicon = align_pairs(toy_pairs())
    rules = learn_rules(aligned, lexicon)
    made = synthetic_examples(["바다에 갑니다."], rules, noise=1.0)
    forward, backward = made[:2]
    assert (forward.source, forward.target) == ("바다에 갑니다.", "바당에 감수다.")
    assert forward.hint == forward.source
    assert backward.target == "바다에 갑니다."
    assert {e.style for e in made} == {"synthetic"}


def test_a_corpus_without_sentences_is_refused() -> None:
    words = [p for p in toy_pairs() if p.style == "lexicon"]
    with pytest.raises(CorpusError, match="no sentence pair"):
        prepare_corpus(words, MONO, toy_recipe())
