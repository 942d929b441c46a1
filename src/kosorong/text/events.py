"""Days that stand for what happened on them: 4·3 사삼, 3.15 부정 선거 삼일오 부정 선거.

>>> first_said((EVENT,), "4·3", 0).parts, first_said((EVENT,), "6.25 전쟁", 0).parts
(((0, '사삼'),), ((0, '육이오'),))
>>> first_said((EVENT,), "6.25 미터", 0) is None, first_said((EVENT,), "2·3학년", 0) is None
(True, True)
"""

from __future__ import annotations

import re

from kosorong.text.counters import find_counter
from kosorong.text.numbers import sino, sino_digits
from kosorong.text.scanning import Rule, first_said, pattern_rule, word_before
from kosorong.text.tables import TEXT, read_table

__all__ = ["EVENT", "first_said"]

_PLACES = {row.cells[0]: row.cells[1] for row in read_table(TEXT, "event_days", ("day", "places"))}
"""Month and day of what Koreans call by its day, and where that was."""

_HAPPENED = (
    "사건|항쟁|운동|전쟁|혁명|민주|절(?![반정대약감])|사태|선언|광복|쿠데타|희생|유족|유가족|"
    "테러|참사|의거|특별법|추념|봉기|학살|정변|시위|만세|학생 ?독립|대책|총선|대선|재보선|"
    "재보궐|(?:단독 ?|총|지방 ?|부정 ?)?선거|후퇴|수복|호헌|담화|재선거|판문점|비상 ?계엄"
)
_ABOUT = (
    "평화|당시|때|기념|연구소|유적|이후|이전|생존|진상|무장|유해|정신|공원|해방|성명|부정 "
    "?선거|군사|계엄|비상|내란|남북|공동|정상|"
    "합의|조치|독립|임시|휴전|개헌|불법|탄핵|세대|반란|시해|신군부|민중|민족|추모|위령|진압|"
    "토벌|영령|묘지|관련|체험|증언|문학|역사|기억|"
    "제주|서울|국가|행사|주년|주기|단체|재심|보상|배상|위원회|재단|직권|무렵|직후|발발|왜곡|해결|"
    "청문회|경축|독립|국립|책임|투쟁|전야|세력"
)
_DAY = re.compile(r"(?<![0-9.·/])([1-9]|1[0-2])([.·/])(3[01]|[12][0-9]|[1-9])(?![0-9·/]|\.[0-9])")
_COUNTED = re.compile("[년월일시층학번호등차위권명개세회]|분기")
_OF_KNOWN = re.compile(f" ?(?:{_HAPPENED}|{_ABOUT})")
_BROKE_OUT = re.compile(
    "[이가은는에의를을와과] ?"
    "(?:터[지졌진]|일어|참전|겪|발발|났|나자|끝|아픔|비극|상처|희생|진상|영령|넋|역사|기억)"
)
_OF_ANY = re.compile(f" ?(?:{_HAPPENED})")


def _stands_for_event(match: re.Match[str]) -> bool:
    """Say whether a month and a day are the name of what happened."""
    text, end = match.string, match.end()
    day = f"{match[1]}.{match[3]}"
    following = _OF_KNOWN if day in _PLACES else _OF_ANY
    if match[2] == "·":
        if day in _PLACES:
            return not _COUNTED.match(text, end) or following.match(text, end) is not None
        counter = find_counter(text, end)
        return not _COUNTED.match(text, end) and (counter is None or counter.apart)
    place = _PLACES.get(day)
    if (
        match[2] == "."
        and place
        and re.search(f"(?:{place})[도의]?$", word_before(text, match.start()))
    ):
        return True
    if day in _PLACES and _BROKE_OUT.match(text, end):
        return True
    return following.match(text, end) is not None


def _event(match: re.Match[str]) -> str | None:
    """Read the month, then the day digit by digit where it has no round ten: 십이육, 십이십이."""
    if not _stands_for_event(match):
        return None
    month, day = int(match[1]), match[3]
    return sino(month) + (sino(int(day)) if day in ("10", "12", "20", "30") else sino_digits(day))


EVENT: Rule = pattern_rule(_DAY.pattern, _event)
"""The rule for a month and a day with a point or a stroke between them."""
