"""Words that could be read in several ways, and what each sentence means by them."""

from __future__ import annotations

import re

import pytest

from kosorong.bundle import find_bundle
from kosorong.translation.translator import NeuralTranslator


@pytest.fixture(scope="module")
def bundled() -> NeuralTranslator:
    return NeuralTranslator(find_bundle("translator"))


def holds(bundled: NeuralTranslator, korean: str, jeju: str) -> bool:
    """Tell whether a pattern stands in the translation, at its end where it ends in a point."""
    return re.search(jeju, bundled.translate([korean])[0].text) is not None


@pytest.mark.parametrize(
    ("korean", "jeju"),
    [
        ("윗집 아기가 우는가 보다.", "울엄신가 보다[.]"),
        ("막차가 벌써 끊어졌나 봐.", "신가 봐[.]"),
        ("누나가 어디 아픈가 봐요.", "아픈가 봐마씀[.]"),
        ("형은 오늘도 늦으려나 보다.", "젠 ᄒᆞ염신가 보다[.]"),
        ("아이가 물에 빠질까 봐 지켜보았다.", "빠지카 부덴"),
        ("배보다 배꼽이 더 크다.", "베보다 .*더"),
    ],
)
def test_a_guess_with_boda_is_no_comparison(
    bundled: NeuralTranslator, korean: str, jeju: str
) -> None:
    assert holds(bundled, korean, jeju)


@pytest.mark.parametrize(
    ("korean", "jeju"),
    [
        ("이 상자를 열어 보자.", "아 보게[.]"),
        ("둘이서 한번 걸어 보자!", "걸어 보게!"),
        ("저 소리를 들어보자.", "들어 ?보게[.]"),
    ],
)
def test_a_proposal_to_try_proposes(bundled: NeuralTranslator, korean: str, jeju: str) -> None:
    assert holds(bundled, korean, jeju)


@pytest.mark.parametrize(
    ("korean", "jeju"),
    [
        ("형이 준 돈으로 바지만 세 벌 샀다.", "바지만"),
        ("나는 세 가지만 말하겠다.", "가지만"),
        ("먼지만 남은 방이었다.", "구둠만"),
        ("거지만 빵을 받았다.", "게와시만"),
        ("이것은 어제 산 거지만 벌써 낡았다.", "거주마?[만는]"),
        ("자주 가지만 아무도 없다.", "가주마?[만는]"),
    ],
)
def test_a_noun_and_man_is_no_although(bundled: NeuralTranslator, korean: str, jeju: str) -> None:
    assert holds(bundled, korean, jeju)


@pytest.mark.parametrize(
    ("korean", "jeju"),
    [
        ("모레쯤 떠날거야.", "떠날 거[여라][.]"),
        ("여기서 기다리는거예요.", "는 거우다[.]"),
        ("저게 우리가 심은거예요?", "심근 거우꽈[?]|심은 거우꽈[?]"),
        ("이 연필은 내거야.", "나 거[여라][.]"),
        ("아침마다 뛰는게 좋다.", "는 게 "),
        ("함부로 만지지마.", "지 말라[.]"),
        ("여기 앉지마세요.", "지 맙서[.]"),
        ("약속을 믿지않았다.", "지 (안ᄒᆞ|안헷|아녓)"),
        ("열쇠를 잃어버렸다.", "불엇저[.]"),
        ("촛불을 꺼버리고 잤다.", "꺼 불고"),
        ("숙제를 다 해버렸다.", "헤 불엇저[.]"),
        ("냄새를 맡아보자.", "타 보게[.]"),
        ("힘이 세서 들수있다.", "들어진다|들 ?수 잇"),
        ("아무 소리없이 앉았다.", "소리 엇이"),
        ("그림같은 집이다.", "그림 ᄀᆞᇀ은"),
        ("비가 올때는 안 간다.", "올 ?(때는|땐)"),
        ("어제 들은거 같아요.", "들은 거 닮"),
    ],
)
def test_words_written_together_are_read_as_they_are_apart(
    bundled: NeuralTranslator, korean: str, jeju: str
) -> None:
    assert holds(bundled, korean, jeju)


@pytest.mark.parametrize(
    "korean", ["갈비가 식었다.", "물건이 비싸다.", "사건이 컸다.", "조건을 봤다."]
)
def test_a_noun_that_only_looks_so_is_not_parted(bundled: NeuralTranslator, korean: str) -> None:
    assert bundled.translate([korean])[0].text.split()[0] == korean.split(maxsplit=1)[0]


def test_a_word_written_together_is_linked_to_all_that_it_became(
    bundled: NeuralTranslator,
) -> None:
    made = bundled.translate(["모레 떠날거야."])[0]
    assert made.text.split()[1:] == ["떠날", "거라."]
    assert {(link.source, link.target) for link in made.links} == {(0, 0), (1, 1), (1, 2)}
