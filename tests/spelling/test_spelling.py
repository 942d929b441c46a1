"""The speller: what is right stays, what is wrong is mended, what nobody knows is unsure."""

from __future__ import annotations

import pytest

from kosorong.spelling.findings import Finding
from kosorong.spelling.rules import Rule, rules
from kosorong.spelling.speller import Speller
from kosorong.training.translation.core_words import lexicon

RIGHT = (
    "ᄒᆞᆫ저 옵서.",
    "어멍이 밥을 먹엄수다.",
    "하르방이 바당에 감수다.",
    "이디 무신 거 잇수과?",
    "돈이 하나도 엇수다.",
    "할망은 검질을 메엄저.",
    "ᄆᆞᆯ이 물을 먹엄서라.",
    "우리 집 도새기가 크우다.",
    "오널은 ᄇᆞ름이 씨게 불엄수다.",
    "감저영 지슬이영 하영 먹엇수다.",
    "무사 경 ᄀᆞᆯ암수과?",
    "아방은 어제 왓저.",
    "ᄄᆞᆯ이 ᄒᆞᆫ디 놀암수다.",
    "느영 나영 ᄀᆞᇀ이 가게.",
    "밧디 강 일ᄒᆞ멍 살앗수다.",
    "비가 오민 집이 잇으쿠다.",
    "ᄆᆞᆫ딱 앚앙 밥 먹게마씀.",
    "나도 알암수다양.",
    "물질ᄒᆞ난 지쳣수다.",
    "저 낭 아래 고넹이가 잇저.",
    "날이 ᄃᆞᆺᄃᆞᆺᄒᆞ우다.",
    "어디 가젠 ᄒᆞ염수과?",
    "ᄌᆞᆷ녀가 전복을 잡앗수다.",
    "이 꼿이 곱수다.",
    "쉐가 풀을 먹엄저.",
    "외국 사름이 왓수다.",
    "경ᄒᆞ민 안 뒙니다.",
    "ᄀᆞ실에 단풍이 듭니다.",
    "선생님은 제주 사름이우다.",
    "책을 읽으멍 생각ᄒᆞᆸ니다.",
)


def wrongs(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(one.word, one.rule) for one in found if one.verdict == "wrong"]


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_a_rules_own_examples_are_told_by_it(speller: Speller, rule: Rule) -> None:
    assert not wrongs(speller.spell(rule.right).findings)
    if rule.check == "stays":
        (found,) = speller.spell(rule.right).findings
        assert (found.rule, found.verdict) == (rule.name, "right")
        return
    told = [one for one in speller.spell(rule.wrong).findings if one.rule == rule.name]
    assert told
    assert told[0].clause == rule.clause.number
    assert told[0].right[0] == rule.right
    assert told[0].verdict == ("unsure" if rule.verdict in ("unsure", "doubt") else "wrong")


@pytest.mark.parametrize("sentence", RIGHT)
def test_nothing_is_wrong_in_a_sentence_that_is_right(speller: Speller, sentence: str) -> None:
    assert wrongs(speller.spell(sentence).findings) == []


def test_no_form_that_sources_hold_is_wrong(speller: Speller) -> None:
    forms = {row.jeju for row in lexicon() if row.weight == 3}
    assert len(forms) > 1000
    wrong = {form: wrongs(speller.spell(form).findings) for form in sorted(forms)}
    assert {form: told for form, told in wrong.items() if told} == {}


def test_a_word_in_no_table_is_unsure_and_never_wrong(speller: Speller) -> None:
    (found,) = speller.spell("뷀로뭬기").findings
    assert (found.verdict, found.rule, found.right) == ("unsure", "unknown", ())


def test_korean_words_are_left_alone(speller: Speller) -> None:
    found = speller.spell("학교에 갔습니다. 재미있었어요.")
    assert found.verdict == "right"
    assert {one.rule for one in found.findings} == {"korean", "known"}


@pytest.mark.parametrize(
    "typed",
    ["ㅎㆍㄴ저", "ㅎ·ㄴ저", "ㅎ、ㄴ저", "ㅎ.ㄴ저", "ㅎ・ㄴ저"],
)
def test_arae_a_of_any_keyboard_is_put_together(speller: Speller, typed: str) -> None:
    found = speller.spell(f"{typed} 옵서")
    assert found.text == "ᄒᆞᆫ저 옵서"
    first = found.findings[0]
    assert (first.word, first.verdict, first.clause) == (typed, "wrong", "제5항")
    assert first.right == ("ᄒᆞᆫ저",)


@pytest.mark.parametrize("plain", ["ᄒᆞᆫ저. 옵서", "ㅋㅋ 하영", "감수다.경 ᄒᆞ주", "1.ㄱ 사름"])
def test_a_stop_or_a_lone_letter_is_no_arae_a(speller: Speller, plain: str) -> None:
    assert wrongs(speller.spell(plain).findings) == []


def test_syllables_typed_letter_by_letter_are_put_together(speller: Speller) -> None:
    found = speller.spell("ㅎㅏㄹㅁㅏㅇ ㅁㆍㅅㅣㅁ")
    assert [(one.word, one.right) for one in found.findings if one.rule == "typed"] == [
        ("ㅎㅏㄹㅁㅏㅇ", ("할망",)), ("ㅁㆍㅅㅣㅁ", ("ᄆᆞ심",)),
    ]  # fmt: skip


def test_places_are_those_of_the_normalised_text(speller: Speller) -> None:
    found = speller.spell("ㅎㆍㄴ저  먹었수다!")
    for one in found.findings[1:]:
        assert found.text[one.start : one.end] == one.word
    assert found.mended == "ᄒᆞᆫ저  먹엇수다!"


def test_a_text_without_arae_a_is_told_once(speller: Speller) -> None:
    found = speller.spell("모심이 고왔수다.\n보름이 불었수다. 톨이 고르쳤수다. 이디 있저.")
    assert found.modern
    assert [one.rule for one in found.findings].count("modern") == 1
    assert "ss-coda" not in {one.rule for one in found.findings}
    assert "불엇수다" in found.mended


def test_a_text_with_arae_a_is_not_modern(speller: Speller) -> None:
    found = speller.spell("ᄒᆞᆫ저 먹었수다. 많이 먹었수다. 잘 있수다.")
    assert not found.modern
    assert wrongs(found.findings) == [
        ("먹었수다", "ss-coda"), ("먹었수다", "ss-coda"), ("있수다", "ss-coda"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "right"),
    [("좋우다", "좋수다"), ("크수다", "크우다"), ("먹암수다", "먹엄수다"), ("옵써", "옵서"),
     ("뒙니다게", ""), ("사름우다", "사름이우다"), ("걱정하멍", "걱정ᄒᆞ멍"), ("웃멍", "웃으멍"),
     ("크수다게", "크우다게"), ("없수다", "엇수다"), ("되주", "뒈주")],
)  # fmt: skip
def test_an_ending_is_mended(speller: Speller, written: str, right: str) -> None:
    found = speller.spell(f"ᄒᆞᆫ저 {written}")
    assert found.mended == f"ᄒᆞᆫ저 {right or written}"


def test_a_text_without_words_has_no_findings(speller: Speller) -> None:
    for text in ("", " \n", "KTX 12", "漢拏山"):
        found = speller.spell(text)
        assert (found.findings, found.verdict, found.modern) == ((), "right", False)


def test_a_very_long_word_is_no_burden(speller: Speller) -> None:
    assert speller.spell("먹" * 20_000).verdict == "unsure"
