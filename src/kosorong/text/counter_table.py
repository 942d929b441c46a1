"""The table of what is counted and what is numbered, each group with its reason.

What is counted takes native numerals, what a number names takes Sino-Korean ones; the page
docs/reference/reading-conventions.md shows the groups with their sources.
"""

from __future__ import annotations

from dataclasses import dataclass

from kosorong.text.scanning import word_list


@dataclass(frozen=True, slots=True)
class Group:
    """Words that take one kind of numeral for one reason.

    Attributes:
        words: The words.
        reason: Why, in one line; the page of conventions repeats it.
    """

    words: tuple[str, ...]
    reason: str


NATIVE = Group(
    word_list(
        "개 명 사람 살 시 시간 마리 권 장 잔 병 대 채 켤레 벌 송이 그루 포기 자루 다발 묶음 상자 "
        "박스 가지 군데 곳 번 차례 달 쌍 척 통 판 줄 그릇 숟가락 숟갈 젓가락 모금 방울 조각 마디 "
        "바퀴 걸음 발자국 뼘 자리 배 분 끼 가닥 토막 톳 접 두름 마지기 되 말 섬 홉 돈 푼 냥 근 "
        "필 칸 "
        "돌 모 꾸러미 보따리 봉지 봉 알 톨 땀 사발 대접 접시 종류 가마 가마니 포대 글자 가구 식구 "
        "팀 나라 가족 편 곡 점 쪽 부 컵 스푼 큰술 작은술 움큼 줌 아름 경기 골 번째 째 타래 "
        "꼬치 꼬투리 뭉치 무더기 더미 켜 겹 두레박 바가지 광주리 바구니 동이 항아리 단 발 "
        "정거장 정류장 골목 마당 갑 곱 갈래 두둑 배미 뙈기 구멍 군락 술 매듭 가락 바탕 밤 나절 "
        "아이 여자 남자 친구 학생 소녀 소년 아들 딸 도시 마을 섬 문장 단어 낱말 이야기 방법 "
        "문제 질문 이유 요소 잎 꽃 다리 손가락 발가락 계절 방 차선 그룹"
    ),
    "they are counted, one after the other",
)

SINO = (
    Group(
        word_list(
            "년대 년도 년 월 일 세기 개월 개년 주일 주년 주기 주째 주간 주 박 초 시경 분기 분 "
            "광년 교시 "
            "학기 세 도"
        ),
        "time and degrees are measured on a scale of numbers",
    ),
    Group(
        word_list(
            "학년 층 호실 호선 호기 호 등급 등 위 급 회차 회 화 절 막 강 반 조 항 차로 차선 차 기 "
            "순위 차원 페이지 면 행 번지 번길 번 문단 단계 단 건 촌 동 관 구 장 권 편 부 쪽 "
            "라운드 이닝 "
            "쿼터 세대 악장 대"
        ),
        "the number is a place in an order: it names and does not count",
    ),
    Group(
        word_list(
            "원 전 달러 유로 엔 위안 파운드 센트 프랑 리터 미터 킬로미터 센티미터 밀리미터 "
            "킬로그램 킬로 "
            "그램 톤 평 헥타르 리 퍼센트 프로 볼트 와트 칼로리 노트 마일 야드 피트 인치 헤르츠 "
            "바이트 "
            "배럴 캐럿 데시벨 점 배 제곱미터 데니어 센티 밀리 헥토파스칼 파스칼 마력 기가바이트 "
            "메가바이트 비트 학점"
        ),
        "money and measures of trade and science",
    ),
    Group(
        word_list(
            "개국어 개국 개소 개교 개사 개조 인분 인승 인 음절 세트 연대 여단 사단 중대 대대 "
            "소대 자리 "
            "시 살 종 군"
        ),
        "the word is joined to Sino-Korean numerals, as in 오 개국, 사 인승",
    ),
)

LIMITS = {"시": 12, "시간": 23, "배": 19, "번": 99, "번째": 99, "째": 99}
"""The greatest number that each of these takes native numerals with."""

GREATEST_NATIVE = 999
"""The same for every other counter."""

NUMBERED_FIRMLY = (
    Group(
        word_list(
            "번호 등번호 수험번호 접수 대기 번호표 순번 등록 접수번호 기호 후보 채널 계좌 내선 "
            "교환 구내 국번 사서함 "
            "우편함 편지함 "
            "사물함 보관함 라커 로커 락커 금고 서랍 캐비닛 국도 지방도 고속도로 탑승구 게이트 "
            "승강장 플랫폼 활주로 "
            "선석 갱도 부두 병상 좌석 레인 트랙"
        ),
        "it has its number as a name or an address",
    ),
    Group(
        word_list(
            "예제 예문 예시 연습 물음 퀴즈 문항 연습문제 객관식 주관식 보기 정답 답은 정답은 "
            "답이 정답이 조항 항목 "
            "각주 주석 "
            "도표 유형 지문 "
            "교향곡 협주곡 소나타 염색체 요추 경추 척추"
        ),
        "the parts of a book, a work or a body are numbered",
    ),
)
"""Nouns directly before a number and 번 that make it a name: 내선 십이 번."""

NUMBERED_LOOSELY = Group(
    word_list(
        "실험 활동 사례 해설 안내 코너 매장 카메라 관측소 우물 주차장 후보자 버스 노선 열차 "
        "객차 질문 문제 사진 그림 과제 자료 작품 자리 방 객실 병실 침대 테이블 "
        "카드 메뉴 버튼 단추 "
        "스위치 단자 포트 핀 파일 도로 출구 입구 정류장 창구 홈 홀 코스 라인 구역 건물 차선 "
        "묘역 올레 초소 "
        "선수 타자 투수 주자 환자 참가자 면접자 답"
    ),
    "it may be numbered or be what is done so many times: before a verb 번 counts",
)
"""Nouns before a number and 번 that make it a name unless a verb follows: 버튼 세 번 눌렀다."""

NUMBERED_AFTER = Group(
    word_list(
        "플랫폼 출구 입구 문제 문항 예제 선수 타자 투수 주자 국도 홈 승강장 트랙 선택지 채널 "
        "염색체 "
        "교향곡 방 창구 게이트 "
        "테이블 아이언 우드 마 환자 후보 기호 줄 칸 좌석 코스 도로 손님 유전자 척추 요추 경추 "
        "파일 답 답안 정답 "
        "갱도 부두 포 버튼 단추 계좌 사물함 우편함 보관함 라커 서랍 노선 레인 홀 탑승구 병실 "
        "병상 객실 올레 "
        "올레길 지문 보기 참가자 메뉴 회선 단자 포트 국번"
    ),
    "the noun after 번 goes by its number: 사 번 출구",
)
