"""The figure of `scripts/markup_report.py`, on sentences of our own."""

from __future__ import annotations

import pytest
from markup_report import SHAPES, fault_of, measure

from kosorong.bundle import find_bundle
from kosorong.markup.document import translate_document
from kosorong.translation.translator import NeuralTranslator

SENTENCES = [
    "바람이 많이 붑니다.",
    "할머니는 바다에서 미역을 따고 계셨다.",
    "안녕하세요, 여기 앉으세요!",
    "어제는 비가 와서 밭에 못 갔습니다.",
    "우리 동네에는 돌담이 많다.",
    "그 사람은 KTX를 타고 서울로 갔다고 합니다.",
    "감자 3개와 고구마 12개를 삶아 먹었어요.",
    "“어디 가니?” 하고 동생이 물었다.",
    "물이 너무 차가워서 들어갈 수 없었지만, 그래도 재미있었다.",
    "내일 아침에 일찍 일어나야 한다.",
    "한라산 꼭대기에 눈이 하얗게 쌓여 있습니다.",
    "이 책은 누구의 것입니까?",
    "아이들이 올레길을 따라 뛰어가고 있다.",
    "밥은 먹었니?",
]


@pytest.fixture(scope="module")
def bundled() -> NeuralTranslator:
    return NeuralTranslator(find_bundle("translator"))


def test_sentences_in_markup_are_translated_as_bare_ones(bundled: NeuralTranslator) -> None:
    for seed in (1, 2):
        faults = measure(SENTENCES, bundled.translate, seed)
        assert {name: [one for one in found if one] for name, found in faults.items()} == {
            shape.name: [] for shape in SHAPES
        }


def test_towards_korean_too(bundled: NeuralTranslator) -> None:
    def back(texts: list[str]) -> list:  # type: ignore[type-arg]
        return bundled.translate(texts, source="jje", target="ko")

    jeju = ["ᄇᆞ름이 하영 불엄수다.", "할망은 바당에서 메역을 ᄐᆞ난.", "무사 경 ᄀᆞᆯ암수과?"]
    assert not any(fault for found in measure(jeju, back, 1).values() for fault in found)


def test_a_fault_is_told() -> None:
    assert "reads" in fault_of("<p>가</p>", "<p>나</p>", "가", "html")
    assert "markup" in fault_of("<p>가</p>", "<b>가</b>", "가", "html")
    assert "line ends" in fault_of("<p>가\n나</p>", "<p>가 나</p>", "가 나", "html")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<b>바다</b>로 갑니다.", "<b>바당</b>으로 감수다."),
        ("<i>바람</i>이 <b>많이</b> 붑니다.", "<i>ᄇᆞ름</i>이 <b>하영</b> 불엄수다."),
        ("어서 <a href='x'>오<b>세요</b></a>!", "ᄒᆞᆫ저 <a href='x'>옵<b>서</b></a>!"),
    ],
)
def test_inside_a_word_marks_keep_to_the_stem(
    bundled: NeuralTranslator, text: str, wanted: str
) -> None:
    assert translate_document(text, "html", bundled.translate).text == wanted


def test_what_was_left_alone_is_no_warning(bundled: NeuralTranslator) -> None:
    made = translate_document("<p><code>x</code>를 KTX로 보냅니다.</p>", "html", bundled.translate)
    assert made.translation().warnings == ("Left as it stands: KTX.",)
    made = translate_document("<p><code>밥</code>을 먹었습니다.</p>", "html", bundled.translate)
    assert made.translation().warnings == ()
    assert made.text == "<p><code>밥</code>을 먹엇수다.</p>"
