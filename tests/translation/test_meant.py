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


@pytest.mark.parametrize(
    ("korean", "jeju"),
    [
        ("막내도 많이 컸겠다.", "커시키여[.]"),
        ("형은 벌써 잤겠지만 불은 켜 있다.", "자시크주마?[만는]"),
        ("거기는 추웠겠네요.", "추와시쿠다|추워시쿠다|실려시쿠다"),
        ("그때 나도 울었었지.", "울어낫주[.]"),
        ("네 이모도 봤었니?", "봐낫나[?]"),
        ("전에는 여기 나무가 있었었어.", "잇어낫어[.]"),
    ],
)
def test_no_past_keeps_its_korean_letters(
    bundled: NeuralTranslator, korean: str, jeju: str
) -> None:
    assert holds(bundled, korean, jeju)


@pytest.mark.parametrize(
    ("korean", "jeju"),
    [
        ("거짓말 하지 말아요.", "지 맙서[.]"),
        ("물 한 잔만 줘요.", "줍서[.]"),
        ("빨리 일어나요!", "일어납서!|일어삽서!"),
        ("저녁에 눈이 와요!", "눈이 (와마씀|오람수다|왐수다)!"),
        ("동생이 심부름을 해 줘요.", "(줘마씀|줨수다)[.]"),
        ("풍경이 참 고와요!", "곱수다!|고와마씀!"),
    ],
)
def test_ayo_bids_where_it_is_clear(bundled: NeuralTranslator, korean: str, jeju: str) -> None:
    assert holds(bundled, korean, jeju)


@pytest.mark.parametrize(
    ("korean", "jeju"),
    [
        ("마루에서 잠깐 쉬었다.", "쉬엇저[.]"),
        ("줄을 넘어 뛰었다가 넘어졌다.", "엇당"),
        ("강아지가 살짝 할퀴었다.", "할퀴엇저[.]"),
    ],
)
def test_wi_is_not_contracted_with_the_past(
    bundled: NeuralTranslator, korean: str, jeju: str
) -> None:
    assert holds(bundled, korean, jeju)


@pytest.mark.parametrize(
    ("korean", "jeju"),
    [
        ("늦게 오려니 생각도 안 했다.", "오젠 ᄒᆞ난|오려니"),
        ("다들 잘 지내려니 했다.", "지?[나내]려니 ᄒᆞ?헷저|려니 헷저"),
        ("누가 다녀갔는지도 모른다.", "신지도"),
        ("시간이 나면요.", "나민마씀[.]"),
        ("바다를 보구 싶다.", "보고 싶다[.]"),
        ("누이는 왜 안 왔지요?", "왓수과[?]"),
        ("그렇게 하면 되지요.", "뒈주(마씀)?[.]"),
        ("우리는 먼저 가게요!", "가게마씀!"),
        ("마당에 무엇이 있나?", "(이시냐|잇어)[?]"),
    ],
)
def test_endings_of_talk_are_jejus(bundled: NeuralTranslator, korean: str, jeju: str) -> None:
    assert holds(bundled, korean, jeju)


@pytest.mark.parametrize(
    ("korean", "jeju"),
    [
        ("뒷산 소나무들이 푸르다.", "소낭덜이"),
        ("복숭아나무들이 자란다.", "복숭?개?[가-힣ᄀ-ᇿ]*낭덜이"),
        ("메밀밭에 나비가 난다.", "밧디"),
        ("최민수와 한영희가 왔다.", "최민수광"),
        ("조영숙이랑 밥을 먹었다.", "조영숙이영"),
        ("평창군 대화면에 갔다.", "^평창군"),
        ("저는 박갑니다.", "박가우다[.]"),
        ("이런 짓하는 놈은 처음이다.", "짓ᄒᆞ는"),
        ("한 사람이 손을 들었다.", "^ᄒᆞᆫ "),
        ("눈이 올 것 같애.", "닮아[.]"),
    ],
)
def test_compounds_and_names_keep_what_they_are(
    bundled: NeuralTranslator, korean: str, jeju: str
) -> None:
    assert holds(bundled, korean, jeju)


@pytest.mark.parametrize(
    ("korean", "jeju"),
    [
        ("이 사람은 제 조카입니다.", "^이 사름은 나 "),
        ("제 자리는 어디예요?", "^나 "),
        ("고양이가 제 새끼를 핥는다.", " 지 "),
        ("할아버지는 제 손을 잡으셨습니다.", " 나 손"),
        ("목동이 말을 몰고 온다.", "^목동이 ᄆᆞᆯ을"),
        ("아저씨는 말에게 홍당무를 주었다.", "ᄆᆞᆯ안티"),
        ("나는 그 말을 안 믿는다.", "그 말을"),
        ("곳은 달라도 마음은 같다.", "^곳은"),
        ("바람이 자는 곳이다.", "자는 디"),
        ("상주에서 감을 사 왔다.", "^상주서|^상주에서"),
        ("상주가 밤새 울었다.", "^상제가"),
        ("아기는 꿈을 꾼다.", "꿈을"),
        ("누나는 꿈을 적어 두었다.", "꿈을"),
        ("저 바위도 섬이다.", "섬이여[.]"),
        ("이것은 오래된 나무다.", "낭이여[.]"),
        ("막내는 내 제자야.", "나 제자여[.]"),
        ("막내야, 이리 오너라.", "^막내야,|^막둥이야,"),
        ("동생이 사탕을 달라고 졸랐다.", "도렌"),
        ("저건 우리 배 아니냐?", "아니가[?]"),
        ("뉘가 문을 두드린다.", "^누게가"),
        ("한번 더 불러 보자.", "^ᄒᆞᆫ번"),
        ("비가 한참 내렸다.", "ᄒᆞᆫ참"),
        ("기실 나도 겁이 났다.", "^기실"),
        ("아이는 게으름을 부렸다.", "간세를"),
    ],
)
def test_the_words_around_choose_the_sense(
    bundled: NeuralTranslator, korean: str, jeju: str
) -> None:
    assert holds(bundled, korean, jeju)


@pytest.mark.parametrize(
    ("korean", "jeju"),
    [
        ("나도 바다를 보고싶다.", "보고 싶다[.]"),
        ("아이는 방에서 놀고있다.", "놀암저[.]"),
        ("오늘은 꼭 끝내야한다.", "사 ᄒᆞᆫ다[.]"),
        ("냉장고에 먹을게 없다.", "먹을 게 엇"),
        ("이건 내가 먹을게.", "먹으크라[.]|먹으키여[.]"),
        ("쓸모없이 자리만 차지한다.", "쓸모 엇이"),
        ("너는 어디 가지?", "감시냐[?]"),
        ("우리는 뭐 먹지?", "먹엄시냐[?]"),
        ("누나는 아직 안 오지.", "오주[.]"),
        ("손님이 오지 않는다.", "오지 (안|아니)"),
        ("이것은 제사 음식이다.", "음식이여[.]"),
        ("그 상자는 뭐지?", "무시거고[?]|무신 거고[?]"),
    ],
)
def test_more_that_is_typed_together_is_read(
    bundled: NeuralTranslator, korean: str, jeju: str
) -> None:
    assert holds(bundled, korean, jeju)
