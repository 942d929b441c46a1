"""Latin and Greek letters, English words, Roman numerals, Hanja."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kosorong.text.say import hanja
from kosorong.text.say.foreign import latin
from kosorong.text.say.foreign.english import hangul
from kosorong.text.say.foreign.latin_words import ACRONYMS, MIXED, WORDS
from kosorong.text.say.spoken import spell_out
from word_pairs import pairs

HANGUL_ONLY = re.compile("[가-힣 ]*")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("A", "에이"),
        ("SBS", "에스비에스"),
        ("DNA", "디엔에이"),
        ("UN", "유엔"),
        ("UNESCO", "유네스코"),
        ("html", "에이치티엠엘"),
        ("Seoul", "서울"),
        ("WORLD", "월드"),
        ("IT", "아이티"),
        ("it", "잇"),
        ("YouTube", "유튜브"),
    ],
)
def test_letters_abbreviations_and_words(written: str, said: str) -> None:
    assert latin.read_word(written) == said


def test_every_capital_has_a_name_of_its_own_or_shares_that_of_z_and_g() -> None:
    assert set(latin.LETTERS) == set("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert len(set(latin.LETTERS.values())) == 25


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("banana", "바나나"),
        ("kimono", "키모노"),
        ("lamp", "람프"),
        ("hello", "헬로"),
        ("queen", "퀸"),
        ("yoyo", "요요"),
        ("shop", "숍"),
        ("sing", "싱"),
        ("plan", "플란"),
        ("city", "시티"),
        ("shift", "시프트"),
        ("gift", "기프트"),
        ("left", "레프트"),
        ("graph", "그라프"),
    ],
)
def test_unknown_words_follow_their_spelling(word: str, said: str) -> None:
    assert hangul(word) == said


SPELLED = """
map 맙 cake 케익 time 타임 home 홈 robot 로봇 apple 아플 little 리틀 city 시티 happy 하피
yes 예스 boy 보이 key 케이 day 데이 quick 퀵 phone 폰 photo 포토 church 처치 school 스쿨
ship 십 singer 싱어 long 롱 zebra 제브라 lake 레익 lemon 레몬 bell 벨 milk 밀크 girl 걸
bird 버드 turn 턴 car 카 card 카드 corn 콘 park 팍 her 허 fur 퍼 tree 트리 sea 시
rain 레인 moon 문 boat 봇 saw 소 new 뉴 stop 스톱 spring 스프링 dream 드림 clean 클린
black 블락 sleep 슬립 pocket 포켓 kick 킥 bed 베드 egg 에그 joy 조이 rose 로스 nose 노스
pizza 피자 wine 와인 win 윈 wood 우드 yellow 옐로 ant 안트 ink 잉크 york 욕 yard 야드
twin 튄 hat 핫 exam 에그삼 box 보그스 think 싱크 strike 스트라익 bus 부스 gas 가스
flag 플라그 pig 피그
"""


@pytest.mark.parametrize(("word", "said"), pairs(SPELLED))
def test_letters_are_read_as_loanwords_write_them(word: str, said: str) -> None:
    assert hangul(word) == hangul(word.upper()) == hangul(f"{word}-") == said


@given(st.text(alphabet=st.characters(codec="ascii", categories=("Lu", "Ll")), min_size=1))
def test_any_latin_word_becomes_hangul(word: str) -> None:
    said = latin.read_word(word)
    assert said
    assert HANGUL_ONLY.fullmatch(said)


def test_accents_are_taken_off() -> None:
    assert latin.bare("Ångström") == "Angstrom"
    assert latin.bare("œuvre") == "oeuvre"


def test_the_tables_hold_hangul_only() -> None:
    readings = (*WORDS.values(), *ACRONYMS.values(), *MIXED.values(), *latin.GREEK.values())
    assert all(HANGUL_ONLY.fullmatch(reading) for reading in readings)


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("I", 1), ("IV", 4), ("IX", 9), ("XIV", 14), ("XXXIX", 39), ("VX", 0), ("IIII", 0), ("", 0)],
)
def test_roman_numerals(numeral: str, value: int) -> None:
    assert latin.roman_value(numeral) == value


@pytest.mark.parametrize(
    ("run", "said"),
    [
        ("一二三", "일이삼"),
        ("濟州島", "제주도"),
        ("老人", "노인"),
        ("來日", "내일"),
        ("年齒", "연치"),
        ("百年", "백년"),
        ("比率", "비율"),
        ("法律", "법률"),
        ("不當", "부당"),
        ("不安", "불안"),
        ("人人", "인인"),
    ],
)
def test_hanja_follow_the_rule_for_the_beginning_of_words(run: str, said: str) -> None:
    assert hanja.read_run(run) == (said, ())


def test_unknown_hanja_are_reported_by_place() -> None:
    assert hanja.read_run("天𪚥地") == ("천지", (1,))
    assert hanja.read_run("女", word_start=False) == ("녀", ())


def test_functions_of_mathematics_are_named_and_names_in_capitals_are_not() -> None:
    assert spell_out("sin² x + cos²θ = 1") == "사인 제곱 엑스 플러스 코사인 제곱 세타는 일"
    assert spell_out("y = ln x") == "와이는 자연로그 엑스"
    assert spell_out("Tan 교수") == "탄 교수"


@pytest.mark.parametrize(
    ("word", "said"),
    [("stew", "스튜"), ("aash", "아아시"), ("aaew", "아애우"), ("few", "퓨"), ("view", "비우")],
)
def test_a_word_may_end_in_a_glide(word: str, said: str) -> None:
    assert hangul(word) == said
