"""Which numerals a counter takes: 세 권 but 삼 층, and how a context decides where both are said.

Native numerals are said up to ninety-nine (times of the day to twelve, hours to twenty-three),
Sino-Korean ones above. A noun that is no counter leaves the number Sino-Korean.

Counters with two readings follow their context (권, 장, 편, 대, 번, 분, 부 …): see `_sino_here`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kosorong.text.numbers import native_counter, rank, sino, sino_digits
from kosorong.text.scanning import HANGUL, line_start, word_before, word_list

_NATIVE = word_list(
    "개 명 사람 살 시 시간 마리 권 장 잔 병 대 채 켤레 벌 송이 그루 포기 자루 다발 묶음 상자 "
    "박스 가지 군데 곳 번 차례 달 쌍 척 통 판 줄 그릇 숟가락 숟갈 젓가락 모금 방울 조각 마디 "
    "바퀴 걸음 발자국 뼘 자리 배 분 끼 가닥 토막 톳 접 두름 마지기 되 말 섬 홉 돈 푼 냥 근 필 칸 "
    "돌 모 꾸러미 보따리 봉지 봉 알 톨 땀 사발 대접 접시 종류 가마 가마니 포대 글자 군 가구 식구 "
    "집 팀 나라 가족 편 곡 점 쪽 부 컵 스푼 큰술 작은술 움큼 줌 아름 경기 골 길 번째 째 타래 "
    "꼬치 꼬투리 뭉치 무더기 더미 단계 켜 겹 두레박 바가지 광주리 바구니 동이 항아리 단 손 발 "
    "정거장 정류장 골목 마당 갑 곱 갈래 두둑 배미 뙈기 구멍 군락 술 채널 매듭 가락 바탕 밤 나절 "
    "아이 여자 남자 친구 학생 소녀 소년 아들 딸 도시 마을 섬 강 산 문장 단어 낱말 이야기 방법 "
    "문제 질문 이유 요소 잎 꽃 다리 손가락 발가락 눈 귀 계절 방 차선 그룹 건 켤레"
)
"""Counters and nouns that are counted with 한, 두, 세."""

_NOT_COUNTERS = frozenset(("군", "단계", "건", "강", "산", "채널", "눈", "귀", "손", "길", "집"))
"""Words of the list above that are too often something else after a number."""

_SINO_JOINED = word_list("년대 년도 학년 년 월 일 세기 도")
"""Counters that stand against their number: 이천이십사년 삼월 오일."""

_SINO = word_list(
    "개월 개국 개년 개소 개교 개사 개국어 개조 시경 분의 주일 주년 주기 주째 주간 주 초 박 층 "
    "호실 호선 호 등급 등 위 급 회차 회 화 절 막 강 반 조 차로 차선 차 기 인분 인승 인 세대 세 "
    "원 전 달러 유로 엔 위안 파운드 센트 프랑 리터 미터 킬로미터 센티미터 밀리미터 킬로그램 킬로 "
    "그램 톤 평 헥타르 리 퍼센트 프로 페이지 면 행 번지 번길 번 문단 단계 단 건 촌 동 관 구 군 "
    "도 볼트 와트 칼로리 노트 마일 야드 피트 인치 헤르츠 바이트 배럴 캐럿 데시벨 점 쪽 부 편 장 "
    "권 대 분 배 순위 차원 교시 학기 학점 연대 여단 사단 중대 대대 소대 자리 시 살 종 제곱미터 "
    "데니어 센티 밀리 헥토파스칼 파스칼 마력 광년 음절 바이트 기가바이트 메가바이트 비트 라운드 "
    "세트 이닝 쿼터"
)

_ALL = tuple(
    sorted(
        (set(_NATIVE) - _NOT_COUNTERS) | set(_SINO) | set(_SINO_JOINED),
        key=lambda name: (-len(name), name),
    )
)
_NATIVE_SET = frozenset(_NATIVE) - _NOT_COUNTERS
_JOINED_SET = frozenset(_SINO_JOINED)
_COUNTER = re.compile(f"([ \\u00a0\\u3000]?)({'|'.join(_ALL)})")

_SUFFIX = re.compile(
    f"[^{HANGUL}]|$|째|쯤|씩|짜리|가량|정도|남짓|이상|이하|미만|초과|들|뿐|중|때|전|후|말|초|경|간|당|내|밖|넘|반|"
    "만|도|은|는|이|가|을|를|의|에|로|와|과|랑|나|며|든|까|부|보|조|마|처|니|네|죠|다|지[만요]|더|여|였|입|인|일|예|야|고|라|란|"
    "이|뒤|동안|안|사이|분|생|하|면|치|어|짝"
)
_FREE_AFTER = frozenset(("개", "명", "년", "월", "살", "시간", "원"))
"""Counters that any word may follow without a space: 3개국어 and the like stand above."""

_LIMITS = {"시": 12, "시간": 23, "배": 19}
_SPECIAL = {
    **{name: {3: "서", 4: "너"} for name in ("돈", "말", "푼")},
    **{name: {3: "석", 4: "넉"} for name in ("냥", "되", "섬")},
}
_MONTHS = {6: "유", 10: "시"}


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter found after a number.

    Attributes:
        name: The counter.
        start: Where it begins in the text.
        end: Where it ends.
        apart: True where a space stands before it.
    """

    name: str
    start: int
    end: int
    apart: bool


def find_counter(text: str, at: int) -> Counter | None:
    """Find the counter that the number ending at offset `at` belongs to, if any.

    >>> find_counter("3권을", 1).name, find_counter("5 명", 1).apart, find_counter("2 배우", 1)
    ('권', True, None)
    """
    match = _COUNTER.match(text, at)
    while match is not None:
        space, name = match.group(1), match.group(2)
        apart = bool(space)
        free = not apart and (name in _FREE_AFTER or len(name) > 1)
        if free or (_SUFFIX.match(text, match.end()) and not _is_verb(text, match)):
            return Counter(name, match.start(2), match.end(), apart)
        shorter = [other for other in _ALL if len(other) < len(name) and name.startswith(other)]
        match = (
            re.compile(f"([ \\u00a0\\u3000]?)({shorter[0]})").match(text, at) if shorter else None
        )
    return None


def _is_verb(text: str, match: re.Match[str]) -> bool:
    """Say whether 되 is the verb and not the measure: 10되고."""
    return match[2] == "되" and text[match.end() : match.end() + 1] in tuple("고는지었겠기어면니")


# --- contexts ---------------------------------------------------------------------------------

_SERIES = re.compile(
    "(?:전집|총서|시리즈|문고|대계|전서|선집|실록|연작|백과|백과사전|대하소설|[』》」〉>])(?:의|은|는|,)?[\"'』》」〉>]*$"
)
_TOTAL = re.compile(
    "(?:전|총|모두|각|합쳐|합해|다해|책|공책|노트|사전|잡지|소설|만화책|시집|수첩)$"
)
_FROM_PLACE = re.compile(
    "에서|보다|처럼|부터|까지|이후|이전|에는|에선|의 (?:첫|마지막|주인공|표지|제목|내용)"
)
_VOLUME_NEXT = re.compile(r"\s?,?\s?[0-9]+\s?(?:장|쪽|페이지|면|화|절|편|막)")
_MACHINES = re.compile(
    "(?:차|기|버스|트럭|컴퓨터|카메라|택시|폰|텔레비전|텔레비젼|오토바이|피아노|포|트랙터|크레인|전화|"
    "요트|크루저|헬리콥터|전차|마차|수레|구급차|TV|PC|모니터|노트북|로봇|드론|에어컨|총|모두|매|따귀|주사)"
    "(?:도|를|을|는|은|만)?,?$"
)
_GENERATIONS = re.compile(
    r"\s?(?:독자|독재|째|천왕|강국|강|명산|불가사의|요소|영양소|도시|과제|원칙|총리|대통령|국왕|임금|"
    "회장|교황|왕|사장|의혹|가문|악|법안|시장|국회)"
)
_PLACE_NUMBER = re.compile(
    r"\s?(?:[가-힣]{0,2}버스|플랫폼|출구|문제|문항|선수|타자|국도|홈|승강장|트랙|채널|염색체|교향곡|방|창구|게이트|"
    "테이블|아이언|우드|마|환자|후보|기호|줄|칸|좌석|코스|도로|손님|유전자|척추|파일|답|갱도|부두|포)"
)
_NUMBERED = re.compile(
    "(?:교향곡|협주곡|소나타|정답|기호|문제|문항|채널|번호|답은|작품|국도|유형|보기)$"
)
_PEOPLE = re.compile(
    "(?:손님|어르신|선생님|어머님|아버님|할머니|할아버지|고객|사모님|교수님)(?:이|은|는|도)?$"
)
_PAPERS = re.compile("(?:신문|복사본|원본|서류|신청서|사본|잡지|계약서)(?:를|을)?$")
_PICTURES = re.compile("(?:그림|작품|유물|사진|도자기|회화|조각|판화|가구|의류|옷)(?:이|을|를)?$")
_PEELS = re.compile("(?:마늘|사과|귤|배|참외|수박|오렌지|감)$")
_SHOWS = re.compile(
    "(?:영화|시|소설|수필|논문|단편|드라마|작품|동화|글|광고|연극|애니메이션|총|모두)$"
)
_VEGETABLES = re.compile("(?:배추|파|대파|쪽파|시금치|미나리|나무|열무|부추|볏짚|짚)$")


def _other_volumes(text: str, counter: Counter, n: int) -> bool:
    """Say whether the text names the volume before or after too: 1권을 읽고 2권을."""
    near = text[max(0, counter.start - 60) : counter.end + 60]
    return any(
        re.search(rf"(?<![0-9]){other}\s?{counter.name}(?=[은이을과에도,])", near) is not None
        for other in (n - 1, n + 1)
        if other > 0
    )


def _is_part(text: str, start: int, counter: Counter, n: int) -> bool:
    """Say whether 권, 장, 편, 막, 곡 numbers a part of a work and does not count pieces."""
    before = word_before(text, start)
    counts_on = text.startswith("째", counter.end)
    if counts_on or _TOTAL.search(before) or _SHOWS.search(before):
        return False
    if counter.name == "편" and text[counter.end : counter.end + 1] != "의":
        return True
    heading = line_start(text, start) and re.match(
        r"\s*(?:$|[.:\n]|[^\n]{1,24}$)", text[counter.end :]
    )
    return bool(
        _SERIES.search(before)
        or (counter.name != "권" and re.search(r"[0-9]\s?(?:권|부|막)$", before))
        or _FROM_PLACE.match(text, counter.end)
        or (n == 1 and text.startswith("은", counter.end))
        or _VOLUME_NEXT.match(text, counter.end)
        or (
            heading
            and counter.name in ("장", "편", "막")
            and text[counter.end : counter.end + 1] in " .:\n"
        )
        or _other_volumes(text, counter, n)
    )


def _sino_here(text: str, start: int, counter: Counter, n: int) -> bool:
    """Decide for a counter with two readings whether it takes Sino-Korean numerals here."""
    before, after = word_before(text, start), counter.end
    match counter.name:
        case "권" | "장" | "편" | "막" | "곡":
            return _is_part(text, start, counter, n)
        case "대":
            tens = n % 10 == 0 and not _MACHINES.search(before) and text[after : after + 1] != "의"
            return tens or _GENERATIONS.match(text, after) is not None
        case "번":
            return bool(_PLACE_NUMBER.match(text, after) or _NUMBERED.search(before))
        case "분":
            return not _PEOPLE.search(before)
        case "부":
            return not _PAPERS.search(before)
        case "점":
            return not _PICTURES.search(before)
        case "쪽":
            return not _PEELS.search(before)
        case "단":
            return not _VEGETABLES.search(before)
        case _:
            return False


def _takes_sino(text: str, start: int, counter: Counter, n: int) -> bool:
    """Say whether the counter takes Sino-Korean numerals for this number here."""
    name = counter.name
    if name not in _NATIVE_SET or n > _LIMITS.get(name, 99) or n == 0:
        return True
    ordinal = text[start - 1 : start] == "제" or word_before(text, start) == "제"
    if ordinal and name not in ("번째", "째"):
        return True
    return _sino_here(text, start, counter, n)


def count(text: str, start: int, counter: Counter, n: int) -> str:
    """Read the number that stands at `start` before its counter, without the counter.

    Args:
        text: The text.
        start: Where the number begins.
        counter: The counter found after it.
        n: The number.

    >>> text = "책 3권을 6월에"
    >>> count(text, 2, find_counter(text, 3), 3), count(text, 6, find_counter(text, 7), 6)
    ('세', '유')
    """
    name = counter.name
    if name == "번" and text[start] == "0" and n:
        return sino_digits(text[start : start + len(str(n)) + 1], zero="공")
    if name == "월":
        return _MONTHS.get(n, sino(n))
    if _takes_sino(text, start, counter, n):
        return sino(n)
    if name == "번째" and n == 1:
        return "첫"
    if name == "째":
        return rank(n).removesuffix("째")
    return _SPECIAL.get(name, {}).get(n) or native_counter(n)


def is_native(text: str, start: int, counter: Counter, n: int) -> bool:
    """Say whether the counter is said with native numerals here."""
    return counter.name != "월" and not _takes_sino(text, start, counter, n)


def joins(counter: Counter) -> bool:
    """Say whether the counter is written against its number: 삼월, 오일, 셋째."""
    return counter.name in _JOINED_SET or counter.name == "째"
