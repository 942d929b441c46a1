from __future__ import annotations

from collections.abc import Sequence

import pytest

from kosorong.translation.detection import Detector
from kosorong.translation.rules import RuleTranslator
from toy_bundles import TABLES

# The tests' own sentences; Jeju in modern spelling, where no arae-a gives it away.
KOREAN = (
    "오늘은 바람이 많이 붑니다.",
    "어머니와 함께 시장에 갔습니다.",
    "그는 아무 말도 하지 않았다.",
    "내일 비가 올까요?",
    "감자를 캐면서 노래를 불렀다.",
    "할머니께서 옛날이야기를 해 주셨어요.",
    "돌담 너머로 바다가 보인다.",
    "이 책은 정말 재미있지만 너무 길다.",
    "동생은 학교에서 돌아오자마자 잠들었다.",
    "어디에서 오셨습니까?",
    "고양이 한 마리가 지붕 위에 앉아 있다.",
    "밥을 먹고 나서 설거지를 했어요.",
)
JEJU = (
    "오널은 보름이 하영 불엄수다.",
    "어멍이영 장에 갓수다.",
    "가인 아무 말도 안 허엿수다.",
    "닐은 비가 오쿠과?",
    "지슬 파멍 놀레 불럿수다.",
    "할망이 옛말 고라 줍디다게.",
    "이디 왕 앚읍서.",
    "무사 경 울엄시냐?",
    "혼저 왕 먹읍서.",
    "바당에 강 구젱기 잡안 왓수다.",
    "밥 먹엉 가쿠다.",
    "하르방 어디 감수과?",
)


def test_own_sentences_are_told_apart() -> None:
    detector = Detector()
    korean = sum(detector.shares(text)[0][0] == "ko" for text in KOREAN)
    jeju = sum(detector.shares(text)[0][0] == "jje" for text in JEJU)
    assert korean == len(KOREAN)
    assert jeju == len(JEJU)


class TableRules:
    """Two tables as a translator has them."""

    def translate_by_rules(
        self, texts: Sequence[str], *, target: str = "jje", spelling: str = "araea"
    ) -> list[str]:
        return [RuleTranslator(TABLES[target]).translate(text) for text in texts]


def test_rules_count_as_evidence() -> None:
    with_rules, without = Detector(TableRules()), Detector()
    for text in ("가나수다", "가나습니다"):
        (language, sure), (same, less) = (d.shares(text)[0] for d in (with_rules, without))
        assert language == same
        assert sure > less


def test_araea_decides() -> None:
    language, share = Detector().shares("ᄒᆞ다")[0]
    assert (language, share > 0.9) == ("jje", True)


def test_a_dot_between_words_is_no_araea() -> None:
    assert Detector().shares("문학ㆍ예술 분야입니다.")[0][0] == "ko"


@pytest.mark.parametrize("text", ["", "Hello 12", "海女"])
def test_without_hangul_nothing_is_claimed(text: str) -> None:
    assert {share for _, share in Detector().shares(text)} == {0.0}


def test_shares_add_up() -> None:
    for text in (*KOREAN, *JEJU):
        assert sum(share for _, share in Detector().shares(text)) == pytest.approx(1)
