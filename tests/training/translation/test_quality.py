"""What is told of translations beside their score."""

import pytest

from kosorong.training.translation.quality import araea_f1, quality_of, words_of, worst

SOURCES = ["바다에 갑니다.", "어서 오세요.", "말이 뛴다."]
REFERENCES = ["바당에 감수다.", "ᄒᆞᆫ저 옵서.", "ᄆᆞᆯ이 ᄐᆞᆫ다."]


def test_a_perfect_translation_is_perfect_in_every_figure() -> None:
    known = words_of([*REFERENCES, *REFERENCES])
    told = quality_of(SOURCES, REFERENCES, REFERENCES, known)
    assert told.chrf == pytest.approx(100.0)
    assert (told.low, told.high) == (pytest.approx(100.0), pytest.approx(100.0))
    assert (told.araea, told.endings, told.attested, told.length) == (1.0, 1.0, 1.0, 1.0)
    assert "nc:6|nw:0" in told.signature


def test_an_invented_word_is_not_attested_but_a_kept_one_is() -> None:
    known = words_of(["바당에 감수다.", "바당에 가게."])
    told = quality_of(["물에 갑니다"], ["물에 바당에 갑갑수다"], ["바당에 감수다."], known)
    # 물에 stands in the input, 바당에 in another line; 갑갑수다 nowhere.
    assert told.attested == pytest.approx(2 / 3)


def test_the_reference_itself_attests_nothing() -> None:
    told = quality_of(["갑니다"], ["감수다"], ["감수다"], words_of(["감수다"]))
    assert told.attested == 0.0


def test_the_interval_holds_the_score_and_narrows_with_more_lines() -> None:
    outputs = ["바당에 감수다.", "혼저 옵서.", "말이 뛴다."]
    few = quality_of(SOURCES, outputs, REFERENCES, {})
    many = quality_of(SOURCES * 8, outputs * 8, REFERENCES * 8, {})
    assert few.low <= few.chrf <= few.high
    assert many.high - many.low < few.high - few.low


def test_arae_a_words_are_counted_line_by_line() -> None:
    assert araea_f1(["ᄒᆞᆫ저", "옵서"], ["옵서", "ᄒᆞᆫ저"]) == 0.0
    assert araea_f1(["바당"], ["바당"]) is None


def test_endings_are_two_syllables_of_the_last_word() -> None:
    told = quality_of(["a", "b"], ["먹엇수다.", "가게!"], ["헷수다", "오게"], {})
    assert told.endings == 0.5
    assert quality_of(["a"], ["먹엇수다"], ["먹엇수과"], {}).endings == 0.0
    assert quality_of(["a"], ["ᄒᆞ염수다"], ["먹엄수다."], {}).endings == 1.0


def test_the_worst_lines_come_first() -> None:
    scored = {"a": ("바당", "바당"), "b": ("가", "바당"), "c": ("바다", "바당")}
    assert [name for name, _ in worst(scored, 2)] == ["b", "c"]


def test_arae_a_is_judged_apart_from_the_choice_of_words() -> None:
    told = quality_of(["a"], ["ᄒᆞᆫ저 말 가라"], ["ᄒᆞᆫ저 ᄆᆞᆯ 타라"], {})
    assert told.spelled == 0.5
    assert quality_of(["a"], ["바당"], ["바당"], {}).spelled is None
