"""Hanja are read whole: the school's, the island's, those whose reading depends on the word."""

from __future__ import annotations

import pytest

from kosorong.text.say.hanja import read_run, readings
from kosorong.text.say.hanja_words import hanja_words
from kosorong.text.say.spoken import read_out, spell_out
from kosorong.text.tables import TEXT, read_table
from word_pairs import pairs

ISLAND = """
    漢拏山 한라산 白鹿潭 백록담 翰林 한림 挾才 협재 城山 성산 西歸浦 서귀포 涯月 애월 朝天 조천
    舊左 구좌 表善 표선 南元 남원 安德 안덕 大靜 대정 翰京 한경 牛島 우도 楸子島 추자도
    加波島 가파도 馬羅島 마라도 耽羅 탐라 濟州 제주 健入 건입 禾北 화북 三陽 삼양 道頭 도두
    外都 외도 吾羅 오라 我羅 아라 奉蓋 봉개 旌義 정의 松岳山 송악산 山房山 산방산 正房 정방
    天帝淵 천제연 天地淵 천지연 柱狀節理 주상절리 萬丈窟 만장굴 金寧 김녕 月汀 월정 細花 세화
    終達 종달 新陽 신양 溫平 온평 爲美 위미 下孝 하효 中文 중문 大浦 대포 江汀 강정 法還 법환
    咸德 함덕 郭支 곽지 摹瑟浦 모슬포 老衡 노형 梨湖 이호 三姓穴 삼성혈 觀德亭 관덕정 武陵 무릉
    兎山 토산 飛揚島 비양도 靈室 영실
"""
BY_THE_WORD = """
    音樂 음악 快樂 쾌락 金氏 김씨 金剛石 금강석 茶禮 차례 茶道 다도 自動車 자동차 自轉車 자전거
    更年期 갱년기 變更 변경 降雨 강우 降服 항복 復習 복습 復活 부활 便利 편리 便所 변소 容易 용이
    殺人 살인 殺到 쇄도 反省 반성 省略 생략 洞里 동리 洞察 통찰 六月 유월 十月 시월 許諾 허락
    承諾 승낙 統率 통솔 確率 확률 標識 표지 知識 지식 憎惡 증오 惡人 악인 龜裂 균열 龜鑑 귀감
    雪糖 설탕
"""
INITIALS = """
    女子 여자 男女 남녀 老人 노인 年老 연로 歷史 역사 經歷 경력 羅列 나열 比率 비율 法律 법률
    戰列 전열 龍頭岩 용두암 男尊女卑 남존여비 海外旅行 해외여행 國際聯合 국제연합 失樂園 실낙원
    新女性 신여성
"""


@pytest.mark.parametrize(("written", "said"), pairs(ISLAND + BY_THE_WORD + INITIALS))
def test_a_word_in_hanja_keeps_every_syllable(written: str, said: str) -> None:
    assert spell_out(f"{written}에서") == f"{said}에서"
    assert read_out(written)[1] == ()


def test_every_sign_of_the_schools_1800_has_a_reading() -> None:
    rows = [row.cells for row in read_table(TEXT, "hanja", ("reading", "school", "other"))]
    school = [sign for _, signs, _ in rows for sign in signs]
    assert len(school) == len(set(school)) == 1800
    assert all(len(read_run(sign)[0]) == 1 for sign in school)


def test_every_sign_has_one_reading_of_one_syllable() -> None:
    assert all(len(reading) == 1 and "가" <= reading <= "힣" for reading in readings().values())
    assert all(set(word) <= set(readings()) for word in hanja_words())


@pytest.mark.parametrize(
    ("written", "said", "lost"),
    [("漢𪚥山에", "한 산에", "𪚥"), ("𪚥魚", "어", "𪚥"), ("海𪚥", "해", "𪚥")],
)
def test_a_sign_without_a_reading_is_reported_with_its_word(
    written: str, said: str, lost: str
) -> None:
    words, unread = read_out(written)
    assert [word.spoken for word in words] == [said]
    assert [found.character for found in unread] == [lost]
    assert "without a reading" in unread[0].reason
    assert written.rstrip("에") in unread[0].reason


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("憂愁《우수》에 젖은", "우수에 젖은"),
        ("一九四八年 四月 三日", "천구백사십팔년 사월 삼일"),
        ("二〇〇〇年", "이천년"),
        ("우수《憂愁》에 젖은", "우수에 젖은"),
        ("海女〈해녀〉들", "해녀들"),
        ("海女【해녀】들", "해녀들"),
        ("城山[성산]까지", "성산까지"),
        ("𪚥山《절산》에", "절산에"),
        ("본체론적 (本體論的) 물음", "본체론적 물음"),
        ("신의 부재 (不在)를", "신의 부재 를"),
        ("가을 (秋)과", "가을, 추과"),
        ("대구 (大阪)", "대구, 대판,"),
        ("長篇 《土地》를", "장편 토지를"),
        ("小說 《무정》을", "소설 무정을"),
        ("소설 《三國志》를", "소설 삼국지를"),
    ],
)
def test_a_gloss_in_any_brackets_is_said_once_and_a_title_stays(written: str, said: str) -> None:
    assert spell_out(written) == said
