"""Forms that every book has, each read as people read it: the whole reading, not a part."""

from __future__ import annotations

import pytest

from kosorong.text.say.spoken import spell_out


def forms(table: str) -> list[tuple[str, str]]:
    """Return what is written and what is said, a pair a line."""
    pairs = (line.split(" | ") for line in table.strip().splitlines())
    return [(written.strip(), said.strip()) for written, said in pairs]


DATES = """
3월 4일(금) | 삼월 사일 금요일
3.1절 | 삼일절
4.3 사건 | 사삼 사건
6·25 | 육이오
8·15 광복절 | 팔일오 광복절
3·1 운동 | 삼일 운동
2024.11.03. | 이천이십사년 십일월 삼일.
2024. 11. 3. | 이천이십사년 십일월 삼일.
2024-11-03 | 이천이십사년 십일월 삼일
11/03/2024 | 이천이십사년 십일월 삼일
3-25-2024 | 이천이십사년 삼월 이십오일
25.3.2024 | 이천이십사년 삼월 이십오일
25/3/2024 | 이천이십사년 삼월 이십오일
24.11.03 | 이십사년 십일월 삼일
05/03/02에 | 공오년 삼월 이일에
1919.3.1 | 천구백십구년 삼월 일일
11/3~11/9 | 십일월 삼일부터 십일월 구일
2024년11월3일 | 이천이십사년 십일월 삼일
1~2월 | 일월부터 이월
1990~1995년 | 천구백구십부터 천구백구십오년
'98년 | 구십팔년
1980년대 | 천구백팔십년대
6월 | 유월
10월 | 시월
3일째 | 삼일째
"""

TIMES = """
1시 5분 30초 | 한 시 오 분 삼십 초
13:05 | 십삼 시 오 분
08:30에 | 여덟 시 삼십 분에
24:00 | 이십사 시
오전 9:05 | 오전 아홉 시 오 분
9:05 a.m. | 오전 아홉 시 오 분
1시 30분~2시 | 한 시 삼십 분부터 두 시
5시간 | 다섯 시간
24시간 | 이십사 시간
1박2일 | 일 박 이일
"""

COUNTS = """
20~30대 | 이십 대에서 삼십 대
3, 4명 | 세, 네 명
2, 3, 4층 | 이, 삼, 사 층
제1, 2차 | 제일, 이 차
3, 4번째 | 세, 네 번째
3, 4, 5번 | 삼, 사, 오 번
3, 4번 | 세, 네 번
제3, 4권 | 제삼, 사 권
3, 4권 | 세, 네 권
1번째 | 첫 번째
21번째 | 스물한 번째
100번째 | 백 번째
5번 버스 | 오 번 버스
3번 읽다 | 세 번 읽다
1번 타자 | 일 번 타자
20살 | 스무 살
21살 | 스물한 살
35세 | 삼십오 세
3달 | 세 달
11달 | 열한 달
3남 2녀 | 삼남 이녀
2인분 | 이 인분
3대 1 | 삼 대 일
3대째 | 삼 대째
3대가 | 세 대가
2,300명 | 이천삼백 명
5천여 명 | 오천여 명
10여 개 | 십여 개
3~4만 명 | 삼만 명에서 사만 명
1203동 504호 | 천이백삼 동 오백사 호
12-3번지 | 십이 다시 삼 번지
"""

AMOUNTS = """
3만5천원 | 삼만 오천 원
1억2천만원 | 일억 이천만 원
15,000원 | 만 오천 원
2~3조 원 | 이조 원에서 삼조 원
5억 3천만~6억 원 | 오억 삼천만 원에서 육억 원
$5.30 | 오 달러 삼십 센트
€3.50 | 삼 유로 오십 센트
￡30 | 삼십 파운드
₩1,000 | 천 원
¥500 | 오백 엔
30USD | 삼십 달러
3.5%포인트 | 삼점오 퍼센트포인트
10~20%과 | 십에서 이십 퍼센트와
3~5㎏로 | 삼에서 오 킬로그램으로
-3℃ | 섭씨 영하 삼 도
98.6℉ | 화씨 구십팔점육 도
-5~10도 | 마이너스 오도에서 십도
37.5~38도 | 삼십칠점오도에서 삼십팔도
5'11" | 오 피트 십일 인치
6'2" 선수 | 육 피트 이 인치 선수
33′20″ | 삼십삼 분 이십 초
45°30′15″ | 사십오 도 삼십 분 십오 초
"""

NUMBERS = """
3/4 | 사 분의 삼
3/5은 | 오 분의 삼은
3과 1/2 | 삼과 이 분의 일
3/4분기 | 삼사분기
5:3으로 | 오 대 삼으로
3:2:1 | 삼 대 이 대 일
1:2:3:4 | 일 대 이 대 삼 대 사
3×4=12 | 삼 곱하기 사는 십이
2+3=5 | 이 더하기 삼은 오
10^3 | 십의 세제곱
2³ | 이의 세제곱
0.05 | 영점영오
.5 | 영점오
1.50 | 일점오영
0120 | 영일이영
50+ | 오십 플러스
#1 | 샵 일
②번 | 이 번
Ⅳ장 | 사 장
No. 5 | 넘버 오
"""

LETTERS = """
5G | 파이브지
MP3 | 엠피스리
B747 | 비 칠사칠
A4 | 에이포
F-16 | 에프 십육
KTX-산천 | 케이티엑스 산천
NASA | 나사
K-pop | 케이팝
R&D | 알앤디
A&B | 에이 앤드 비
H₂O | 에이치 이 오
㈜제주 | 주식회사 제주
㉠ | 기역
㉮ | 가
ㄱㄴㄷ | 기역 니은 디귿
ㄴ은 | 니은은
가/나 | 가, 나
가=나 | 가는 나
서울→제주 | 서울 제주
"""

ALL = [pair for table in (DATES, TIMES, COUNTS, AMOUNTS, NUMBERS, LETTERS) for pair in forms(table)]


@pytest.mark.parametrize(("written", "said"), ALL)
def test_an_everyday_form_is_read_as_people_read_it(written: str, said: str) -> None:
    assert spell_out(written) == said


@pytest.mark.parametrize(("written", "said"), ALL)
def test_it_is_read_so_within_a_sentence_too(written: str, said: str) -> None:
    if not written.endswith("."):
        assert spell_out(f"그날 {written}, 봤다.").startswith(f"그날 {said}")
