"""Tells what of a subtitle is heard from what describes it: sounds, signs, names of speakers.

>>> is_said("(나는 그날을 기억한다.)"), is_said("[음악]"), is_said("[제주 4·3 평화공원]")
(True, False, True)
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections import Counter

BRACKET = re.compile(r"(?<!\S)[(\[（［【]([^()\[\]（）［］【】]{0,60})[)\]）］】](?!\S)")
"""A bracket that stands free."""

NOTES = re.compile(r"[♪♬♩♫]+")
NAMED = re.compile(
    r"^[ \t]*(?:[-–—][ \t]*)?([가-힣A-Za-z][^\s:：]{0,11}(?: [^\s:：]{1,8})?)[ \t]?[:：]\s+",
    re.MULTILINE,
)
"""A word or two before a colon, at the beginning of a line."""

_OPEN = "([（［【"
_SOUND = re.compile(f"{BRACKET.pattern}|{NOTES.pattern}")
_STOPPED = re.compile(r"[가-힣][.!?…。！？]+[\"'”’」』]*$")
_NOISE = re.compile(
    r"음악|노래|소리|웃음|울음|박수|함성|한숨|기침|비명|효과음|벨|종이? 울|침묵|정적|환호|야유|탄식"
    r"|흐느|신음|숨|하품|알람|사이렌|잡음|노크|속삭|고함|호흡|진동|경적|총성|폭음|폭발|굉음|메아리|합창"
    r"|연주|반주|멜로디|선율|내레이션|방백|독백|미소|표정|눈물|눈빛|말투|어조|[♪♬♩♫]|^\W*$"
)
# 웃으며, 제주어로, 문이 닫힌다, 놀라서, 작게: how it sounds, and what is seen.
_MANNER = re.compile(r"[가-힣](?:며|면서|어로|말로|투로|다|는데|채|듯|듯이|서|게|는|중)$")
_NOMINAL = "".join(chr(code) for code in range(0xAC00 + 16, 0xD7A4, 28))  # 닫힘, 흐느낌
_ACTION = re.compile(rf"[{_NOMINAL}]$")
_SIGN = re.compile(
    r"(?:공원|학교|시장|식당|박물관|기념관|미술관|도서관|병원|마을|오름|여름|아침|점심|처음|지금|구름|바다|사람|이름|회관|사무소"
    r"|시청|도청|공항|항구|해변|해수욕장|우체국|은행|교회|성당|거리|골목|광장|정류장|터미널|[가-힣]{2}"
    r"(?:역|항|시|군|읍|면|리|도|동|산|봉|섬|굴|집|길|점|관|소|년|월|일|날|밤|봄))$"
)

_LABELS = re.compile(
    r"(?:.*\s)?(?:[가-힣]{0,4}(?:문제|정답|답|질문|답변|대답|주의|참고|보기|힌트|제목|설명|결과|결론|요약"
    r"|출처|재료|준비물|방법|순서|날짜|시간|일시|장소|주소|전화|번호|가격|비고|단계|낱말|단어|뜻|뜻풀이|예문"
    r"|예시|문의|주제|목표|내용|이유|원인|특징|장점|단점|기간|대상|인원|비용|높이|넓이|길이|무게|거리|온도"
    r"|제주[어말]|표준[어말]|[한영일중]국?어|사투리|방언|속담|자막|번역|해설|감독|연출|제작|촬영|편집|각본"
    r"|출연|글|그림|사진|노래|음악|작사|작곡|팁|정리|복습|숙제|과제|퀴즈|맞는 말|틀린 말)|예"
    r"|첫째|둘째|셋째|넷째|다음|오늘|내일|어제|tip|note|step|quiz|answer|question|title|warning|example)"
    r"(?:\s?\d{1,3})?",
    re.IGNORECASE,
)


def is_said(bracket: str, *, alone: bool = True) -> bool:
    """Tell whether what stands in a bracket is said: a sentence, or the text of a sign.

    Args:
        bracket: With its brackets.
        alone: Nothing else stands in its line; beside speech it tells how that is said.
    """
    inside = bracket.strip().strip("()[]（）［］【】").strip()
    words = inside.split()
    if _STOPPED.search(inside) and len(words) > 1:
        return True
    if not alone or not words or _NOISE.search(inside):
        return False
    if _SIGN.search(inside) or any(map(str.isdigit, inside)):
        return True
    is_korean = bool(re.search("[가-힣]", inside))
    return is_korean and len(words) > 1 and not (_MANNER.search(inside) or _ACTION.search(inside))


def without_sounds(text: str) -> tuple[str, list[str]]:
    """Return what a subtitle says, and the brackets and signs in it that are not said.

    >>> without_sounds("[음악] 어디 가?"), without_sounds("(한숨을 쉬며)")
    (('  어디 가?', ['[음악]']), (' ', ['(한숨을 쉬며)']))
    """
    lines = BRACKET.sub(lambda match: " " * len(match[0]), text).split("\n")
    speaks = [any(map(str.isalnum, line)) for line in lines]
    starts = list(itertools.accumulate((len(line) + 1 for line in lines), initial=0))
    sounds: list[str] = []

    def heard(match: re.Match[str]) -> str:
        beside = match[0][0] in _OPEN and speaks[bisect.bisect(starts, match.start()) - 1]
        if match[0][0] in _OPEN and is_said(match[0], alone=not beside):
            return match[0]
        sounds.append(match[0])
        return " "

    return _SOUND.sub(heard, text), sounds


def speakers_of(text: str) -> frozenset[str]:
    r"""Return what stands twice before a colon and names who speaks, not what is told.

    >>> sorted(speakers_of("순이: 가자.\n만덕: 문제: 뭐?\n순이: 응.\n문제: 하나.\n문제: 둘."))
    ['순이']
    """
    counted = Counter(NAMED.findall(NOTES.sub(" ", BRACKET.sub(" ", text))))
    return frozenset(
        name for name, count in counted.items() if count > 1 and not _LABELS.fullmatch(name)
    )
