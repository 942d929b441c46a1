"""What is written → what is said, and what is reported as unread."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kosorong.text.say.spoken import read_out, spell_out

SAYABLE = re.compile("[가-힣\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb .,!?…]*")


def said(pairs: str) -> list[list[str]]:
    """Return the `written → spoken` lines of a table."""
    return [line.strip().split(" → ") for line in pairs.splitlines() if line.strip()]


COUNTERS = """
    소설책 4권을 빌렸다 → 소설책 네 권을 빌렸다
    귤 7 개만 → 귤 일곱 개만
    해녀 12명이 → 해녀 열두 명이
    말 21마리 → 말 스물한 마리
    20살 → 스무 살
    99개 → 아흔아홉 개
    100개 → 백 개
    35세 → 삼십오 세
    6개월 만에 → 육 개월 만에
    4개국 → 사 개국
    11시 → 열한 시
    18시 → 십팔 시
    2시간 → 두 시간
    24시간 → 이십사 시간
    10분 → 십 분
    손님 2분이 → 손님 두 분이
    4층에 → 사 층에
    2학년 → 이학년
    3등 → 삼 등
    1번째 → 첫 번째
    8째 → 여덟째
    쌀 4말 → 쌀 너 말
    콩 3되 → 콩 석 되
    30여 명 → 삼십여 명
    2배우 → 이배우
    4형제가 → 사형제가
"""

CONTEXTS = """
    제2권 → 제이 권
    문학 전집 2권 → 문학 전집 이 권
    총서 모두 2권 → 총서 모두 두 권
    『섬의 봄』 5권 → 섬의 봄 오 권
    2권 9쪽 → 이 권 구 쪽
    1~4권 → 일 권에서 사 권
    1권을 덮고 2권을 폈다 → 일 권을 덮고 이 권을 폈다
    4번 버스 → 사 번 버스
    4번 울렸다 → 네 번 울렸다
    40대 남자 → 사십 대 남자
    트럭 40대 → 트럭 마흔 대
    5대 요소 → 오 대 요소
    단편 영화 3편 → 단편 영화 세 편
    1편보다 2편이 → 일 편보다 이 편이
    마늘 6쪽 → 마늘 여섯 쪽
    6쪽을 펴라 → 육 쪽을 펴라
    그림 2점 → 그림 두 점
    7점 → 칠 점
    누가복음 2:7 → 누가복음 이 장 칠 절
    03번 버스 → 공삼 번 버스
"""

DATES = """
    6월 10월 → 유월 시월
    1948년 4월 3일 → 천구백사십팔년 사월 삼일
    1998-11-07 → 천구백구십팔년 십일월 칠일
    2001/6/9 → 이천일년 유월 구일
    2001.6.9.에 → 이천일년 유월 구일에
    2001. 6. 9. 밤 → 이천일년 유월 구일 밤
    12/25/1999 → 천구백구십구년 십이월 이십오일
    5월 8일(수) → 오월 팔일 수요일
    8월 1일~20일 → 팔월 일일부터 이십일
    1960~1970년대 → 천구백육십부터 천구백칠십년대
    '97년 → 구십칠년
    7:05 → 일곱 시 오 분
    17:40:20 → 십칠 시 사십 분 이십 초
    9:30 PM → 오후 아홉 시 삼십 분
    4·3 → 사삼
    4.3 항쟁 → 사삼 항쟁
    8·15 광복 → 팔일오 광복
    10·26 → 십이육
    3·4월 → 삼 사월
    5시~7시 → 다섯 시부터 일곱 시
"""

QUANTITIES = """
    2,300원 → 이천삼백 원
    ₩50만 → 오십만 원
    $ 12 → 십이 달러
    $2.25 → 이 달러 이십오 센트
    NZ$ 40 → 사십 뉴질랜드 달러
    30€ → 삼십 유로
    0.75% → 영점칠오 퍼센트
    3%p → 삼 퍼센트포인트
    18℃ → 섭씨 십팔 도
    -7℃ → 섭씨 영하 칠 도
    42km → 사십이 킬로미터
    9 kg → 구 킬로그램
    60㎡ → 육십 제곱미터
    4cm³ → 사 세제곱센티미터
    8m/s → 팔 미터 퍼 초
    3/4 → 사 분의 삼
    2와 1/3 → 이와 삼 분의 일
    √5 → 루트 오
    4:1 → 사 대 일
    2대1로 → 이 대 일로
    5-3으로 이겼다 → 오 대 삼으로 이겼다
    2~4명 → 두 명에서 네 명
    20~30% → 이십에서 삼십 퍼센트
    7 - 9세 → 칠 세에서 구 세
    1905-1910 → 천구백오에서 천구백십
    -8 → 마이너스 팔
    4만 2천 → 사만 이천
    3억5000만 → 삼억 오천만
    2천6백 원 → 이천육백 원
    1만 원 → 만 원
    5경기 → 다섯 경기
    7+8=15 → 칠 더하기 팔은 십오
    9÷3 → 구 나누기 삼
    2.0.14 → 이 점 영 점 십사
    ①번 → 일 번
    Ⅲ장 → 삼 장
    ½ → 이 분의 일
"""

STRINGS_AND_LETTERS = """
    064-712-3456 → 공육사 칠일이 삼사오육
    (02) 345-6789 → 공이 삼사오 육칠팔구
    01098765432 → 공일공 구팔칠육 오사삼이
    +82 10-2345-6789 → 국가번호 팔이 일영 이삼사오 육칠팔구
    비밀번호 4071 → 비밀번호 사영칠일
    119 구급차 → 일일구 구급차
    hong@jeju.kr → 홍 골뱅이 제주 닷 케이알
    노래.mp3 → 노래 닷 엠피삼
    KBS와 TV → 케이비에스와 티브이
    F-4 → 에프 사
    B747 → 비 칠사칠
    R&D → 알앤디
    #숲 → 샵 숲
    헨리 VIII → 헨리 팔
    α와 β → 알파와 베타
"""

SIGNS = """
    바다(海)는 → 바다는
    山(산)은 → 산은
    漢字를 → 한자를
    ㄹ을 → 리을을
    뭐라고?!! → 뭐라고?
    그만!!! → 그만!
    글쎄... → 글쎄…
    그는 (아마도) 갔다. → 그는, 아마도, 갔다.
    그는 — 늦게 — 왔다 → 그는, 늦게, 왔다
    “응.” 하고 → 응. 하고
    동·서 → 동 서
    남/여 → 남, 여
    가서；보고。 → 가서, 보고.
"""


@pytest.mark.parametrize(
    ("written", "spoken"),
    said(COUNTERS + CONTEXTS + DATES + QUANTITIES + STRINGS_AND_LETTERS + SIGNS),
)
def test_reading(written: str, spoken: str) -> None:
    assert spell_out(written) == spoken
    assert read_out(written)[1] == ()


@pytest.mark.parametrize(
    ("written", "spoken"),
    said("""
    2권을 → 두 권을
    4와 → 사와
    3/5이 → 오 분의 삼이
    9/10이 → 십 분의 구가
    7은 → 칠은
    2을 → 이를
    KBS은 → 케이비에스는
    종로 3가 → 종로 삼가
    5%를 → 오 퍼센트를
    """),
)
def test_particles_stay_and_fit_the_sound_before_them(written: str, spoken: str) -> None:
    assert spell_out(written) == spoken


def test_each_word_keeps_its_place() -> None:
    words, _ = read_out("값은 $ 30 — 5 명이\n(모두) 샀다...")
    assert [(word.written, word.spoken) for word in words] == [
        ("값은", "값은"),
        ("$", ""),
        ("30", "삼십 달러"),
        ("—", ","),
        ("5", "다섯"),
        ("명이", "명이,"),
        ("(모두)", "모두,"),
        ("샀다...", "샀다…"),
    ]


def test_old_hangul_passes_through() -> None:
    jeju = "ᄒᆞᆫ저 옵서예 ᄆᆞᆯ 3마리"
    assert spell_out(jeju) == "ᄒᆞᆫ저 옵서예 ᄆᆞᆯ 세 마리"
    assert read_out(jeju)[1] == ()


@pytest.mark.parametrize(
    ("character", "reason"),
    [
        ("𪚥", "Hanja without a reading in the table"),
        ("ก", "Thai letter"),
        ("ж", "Cyrillic letter"),
        ("あ", "Hiragana letter"),
        ("😀", "emoji"),
        ("\x00", "control character"),
        ("\u200b", "invisible format character"),
        ("\ud800", "half of a surrogate pair"),
        ("★", "sign without a reading"),
        ("\u0301", "combining mark"),
        ("٣", "digit or number sign of another script"),
    ],
)
def test_what_is_not_said_is_listed_with_its_reason(character: str, reason: str) -> None:
    words, unread = read_out(f"바람 {character}이")
    assert [word.spoken for word in words] == ["바람", "이"]
    assert [(found.index, found.character, found.reason) for found in unread] == [
        (3, character, reason)
    ]


def test_letters_typed_for_laughter_are_listed_and_not_said() -> None:
    words, unread = read_out("그래ㅋㅋ ㅠㅠ")
    assert [word.spoken for word in words] == ["그래", ""]
    assert [found.index for found in unread] == [2, 3, 5, 6]
    assert len({found.reason for found in unread}) == 1


def test_the_reported_character_is_the_one_written() -> None:
    _, unread = read_out("가＊나")
    assert [(found.index, found.character) for found in unread] == [(1, "＊")]


SINGLE = (
    "0123456789 \n\t.,!?…:;-–—~/+=%°√()[]“”‘’『』'\""
    "가힣권월일시명개번대편ᄒᆞᆫㅋㄱㆍaZéIX@#&$₩海不ก😀①Ⅳ½㎡²\0\ud800"
)
PIECES = st.sampled_from([*SINGLE, "만", "억", "2024-", "1,000", "요일"])
ANY_TEXT = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join))


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT)
def test_any_text_is_read_word_by_word(text: str) -> None:
    words, unread = read_out(text)
    assert [word.written for word in words] == text.split()
    assert all(SAYABLE.fullmatch(word.spoken) for word in words)
    assert all(text[found.index] == found.character and found.reason for found in unread)
    assert SAYABLE.fullmatch(spell_out(text))


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="가나다 .,?!…"))
def test_plain_korean_is_said_as_it_is_written(text: str) -> None:
    assert re.sub("[ .,?!…]", "", spell_out(text)) == re.sub("[ .,?!…]", "", text)


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1,",
        "1-",
        "1.",
        "a.",
        "가1",
        "3권",
        "(",
        "海(",
        "$1",
        "1:",
        "\u3131",
        "🙂",
        "+1",
        "1,000",
        "1·",
        "1/",
        '1"',
        "10^",
        "3분",
        "漢𪚥",
        "海《",
        "1.1.~",
    ],
)
def test_twenty_thousand_characters_without_a_space_are_read_in_time(piece: str) -> None:
    started = time.perf_counter()
    read_out((piece * 20_000)[:20_000])
    assert time.perf_counter() - started < 10
