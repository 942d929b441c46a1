"""Which sense of a word is meant, told by the words around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kosorong.text.tables import parse_table
from kosorong.training.translation.core_words import lexicon
from kosorong.translation.cues import Around, Cues, chosen_sense

SENTENCES = Path(__file__).with_name("senses.tsv")
WORDS = ["큰", "배를", "타고", "물가로", "갔다"]


@pytest.mark.parametrize(
    ("near", "holds"),
    [
        ("타고", True), ("타고서", False), ("물_", False), ("물가_", True), ("타고$", True),
        ("타$", False), ("<큰", True), (">큰", False), (">타", True), ("<~ㄴ", True),
        (">~고", True), ("<~ㅓ", False), ("<det", True), ("<num", False), ("<^", False),
        ("<*", True), (">$", False), ("=배", True), ("+obj", False), ("-obj", True),
        ("+p:을", False), ("+p:를", True), ("+bare", False), ("<큰&>타", True),
        ("<큰&>큰", False),
    ],
)  # fmt: skip
def test_a_cue_holds_where_its_words_stand(near: str, holds: bool) -> None:
    assert Cues.of(near).count(Around(WORDS, 1, "배")) == int(holds)


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("두 배로", True), ("3 배로", True), ("30여 배로", True), ("여러 배로", True),
        ("이 배로", False), ("내 배로", False),
    ],
)  # fmt: skip
def test_numerals_count_in_words_and_figures(sentence: str, counts: bool) -> None:
    assert Cues.of("<num").count(Around(sentence.split(), 1, "배")) == int(counts)


def test_a_veto_rules_a_sense_out_whatever_speaks_for_it() -> None:
    assert Cues.of("타고 <큰 !물가").count(Around(WORDS, 1, "배")) == -1
    assert chosen_sense(["", "타고 !물가", ">타"], Around(WORDS, 1, "배")) == 2


def test_the_first_sense_is_meant_where_nothing_tells_or_all_is_ruled_out() -> None:
    assert chosen_sense(["!큰", "젓고"], Around(WORDS, 1, "배")) == 0
    assert chosen_sense(["", "젓고"], Around(["배"], 0, "배")) == 0


def test_words_beyond_four_on_either_side_tell_nothing() -> None:
    far = ["타고", "가", "나", "다", "라", "배를", "마", "바", "사", "아", "타고"]
    assert Cues.of("타고").count(Around(far, 5, "배")) == 0


def test_sentences_are_read_in_the_sense_they_were_written_in() -> None:
    columns = ("korean", "pos", "sense", "sentence")
    rows = parse_table(SENTENCES.read_text(encoding="utf-8"), columns, SENTENCES.name)
    wrong = []
    for korean, pos, meant, sentence in (row.cells for row in rows):
        words = sentence.split()
        n = next(k for k, word in enumerate(words) if "[" in word)
        stem = korean.removesuffix("다") if pos in "va" else korean
        senses = lexicon().senses(stem, pos)
        chosen = senses[chosen_sense([s.near for s in senses], Around(words, n, stem))]
        if (
            chosen.sense != meant
            and chosen.jeju != next(s for s in senses if s.sense == meant).jeju
        ):
            wrong.append(f"{sentence}: {chosen.sense}, not {meant}")
    assert len(rows) > 300
    assert len(wrong) <= 0.01 * len(rows), "\n".join(wrong)
