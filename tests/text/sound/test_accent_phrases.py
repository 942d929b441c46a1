"""Where two words are said as one, their sounds meet across the space; elsewhere they do not."""

import pytest

from kosorong.text.letters.normalize import normalize
from kosorong.text.reading import read
from kosorong.text.sound.phrases import Meeting, meeting
from kosorong.text.sound.pronounce import pronounce, pronounce_text

MEETING = """
# the standard's own examples, articles 12, 15, 18, 29
옷 한 벌>오 탄 벌; 낮 한때>나 탄때; 꽃 한 송이>꼬 탄 송이
밭 아래>바 다래; 늪 앞>느 밥; 꽃 위>꼬 뒤; 넋 없다>너 겁따; 닭 앞에>다 가페
책 넣는다>챙 넌는다; 흙 말리다>흥 말리다; 옷 맞추다>온 맏추다
밥 먹는다>밤 멍는다; 값 매기다>감 매기다
한 일>한 닐; 옷 입다>온 닙따; 먹은 엿>머근 녇; 할 일>할 릴; 잘 입다>잘 립따; 먹을 엿>머글 렫
삼 연대>삼 년대; 일 연대>일 련대
# numbers and what is counted
백 명>뱅 명; 일 년>일 련; 육 년>융 년; 십 리>심 니; 만 리>말 리; 만 원>마 눤
십 일>시 빌; 삼 인분>사 민분
여섯 살>여섣 쌀; 여덟 명>여덜 명; 여섯 해>여서 태; 몇 월>며 둴; 몇 학년>며 탕년; 일곱 시>일곱 씨
서른 여섯 살>서른 녀섣 쌀; 스물 여덟>스물 려덜; 십만 육천 원>심만 뉵처 눤; 삼만 오천>삼마 노천
# adverbs and determiners
못 하다>모 타다; 못 이겨>몬 니겨; 못 오고>모 도고; 안 먹고>안 먹꼬; 안 온다>아 논다; 잘 익혀>잘 리켜
첫 인상>처 딘상; 첫 눈>천 눈; 옛 이야기>옌 니야기; 각 나라>강 나라; 한 잎>한 닙; 덜 익은>덜 리근
# bare nouns before verbs and nouns of place
국 먹고>궁 먹꼬; 집 나가서>짐 나가서; 꽃 같은>꼳 까튼; 생각 없이>생가 겁씨; 밥 안 먹어>바 반 머거
말도 못 해>말도 모 태; 부엌 안에>부어 가네; 문 앞에서>무 나페서
것 아니야>거 다니야; 책 읽는>챙 닝는
# ㄴ before a second noun; ㄹ before ㄴ
한국 요리를>한궁 뇨리를; 직업 윤리>지검 뉼리; 하는 일이>하는 니리; 좋은 이야기>조은 니야기
국민 윤리>궁민 뉼리; 솜 이불>솜 니불; 물 약>물 략; 별 일 없이>별 릴 업씨
눈 익은>눈 니근; 서울 역에서>서울 려게서
겨울 여행>겨울 려행; 옛 연인>옌 녀닌; 할 역할>할 려칼
할 노릇이>할 로르시; 더할 나위>더할 라위
# Jeju
ㅎㆍㄹ 일>ㅎㆍㄹ 릴; 옷 ㅎㆍㄴ 벌>오 ㅌㆍㄴ 벌; 못 ㅎㆍ크라>모 ㅌㆍ크라; 밥 먹엉>밤 머겅
엇은 일>어슨 닐
"""
APART = """
있다: 못 있다>모 딛따; 잘 있어>자 리써; 값 있는>가 빈는
particles: 나는 일을>나는 이를; 사람은 여자를>사라믄 여자를; 책은 없다>채근 업따
particles: 집을 나가>지블 나가
endings: 먹곡 마시곡>먹꼭 마시곡; 닳도록 먹어>달토록 머거; 그대로 있고>그대로 읻꼬
marks: 밥, 먹다>밥, 먹따; 한국. 요리>한국. 요리; 못… 이겨>몯… 이겨
others: 중간 해적판>중간 해적판; 가끔 해 저물어>가끔 해 저무러; 각 연령>각 열령; 생각 해적>생각 해적
others: 앞 일 년>압 일 련; 물 약간>물 약깐; 산은 여름에>사는 여르메; 지금 여행>지금 여행
long words: 대한민국 먹다>대한민국 먹따; 아직 안>아직 안; 그릇 옆집>그륻 엽찝
a number: 한 일 년>한 일 련; 지난 일 년간>지난 일 련간; 만한 말>만한 말
"""


def cases(listing: str) -> list[list[str]]:
    lines = [line.split(": ")[-1] for line in listing.splitlines() if line and line[0] != "#"]
    return [pair.strip().split(">") for line in lines for pair in line.split(";")]


@pytest.mark.parametrize(("written", "sound"), cases(MEETING))
def test_sounds_of_one_phrase_meet_across_the_space(written: str, sound: str) -> None:
    assert pronounce_text(normalize(written)) == normalize(sound)


@pytest.mark.parametrize(("written", "sound"), cases(APART))
def test_words_that_are_no_phrase_stay_apart(written: str, sound: str) -> None:
    assert pronounce_text(normalize(written)) == normalize(sound)


def test_tense_onsets_can_be_left_out_across_the_space() -> None:
    assert pronounce_text("것 같은 밥 먹다", tensify=False) == "걷 가튼 밤 먹다"


def test_a_coda_that_moves_over_is_a_sound_of_the_second_word() -> None:
    assert pronounce(["옷", "한", "벌"]) == ["오", "탄", "벌"]
    reading = read("옷 한 벌")
    assert [word for word in reading.words if word >= 0] == [0, 1, 1, 1, 2, 2, 2]
    assert reading.show("symbols") == "^오 탄 벌$"


def test_an_empty_word_parts_nothing() -> None:
    assert pronounce(["밥", "", "먹다"]) == ["밤", "", "먹따"]


@pytest.mark.parametrize("pair", [("", "일"), ("못", ""), ("☂", "☂"), ("못", "이?")])
def test_anything_can_stand_beside_anything(pair: tuple[str, str]) -> None:
    assert isinstance(meeting(*pair), Meeting)
