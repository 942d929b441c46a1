"""Whether 분 counts persons or minutes: 손님 세 분, 삼 분 동안.

>>> counts_persons("어르신 5분께", 4, 6), counts_persons("3분이 오셨다", 0, 2)
(True, True)
>>> counts_persons("앞으로 3분이 남았다", 4, 6), counts_persons("선생님이 5분 늦으셨다", 5, 7)
(False, False)
"""

from __future__ import annotations

import re

from kosorong.text.scanning import word_before

_PEOPLE = (
    "손님|어르신|고객|할머니|할아버지|어머니|아버지|귀빈|내빈|하객|조문객|관객|승객|여러분|"
    "노인|교사|의원|"
    "위원|기자|박사|의사|간호사|작가|시인|화가|배우|가수|전문가|유공자|생존자|교수|강사|감독|"
    "대표|장관|총장|회장|사장|이장|목사|신부|수녀|주민|회원|직원|경찰관|소방관|군인|농부|해녀|"
    "심방|학자|변호사|판사|검사|약사|공무원|해설사|[가-힣]{1,6}님|"
    "하르방|할망|삼춘"
)
_NAMED = re.compile(f"(?:{_PEOPLE})(?:들)?$")
_OTHERS = re.compile(
    "(?:^|[^가-힣])(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|몇) ?분"
    "(?:과|하고|이랑|,| ?중에?| ?가운데) ?$"
)
_WAITED = "(?:더 |또 )?(?:기다|걷|걸[리렸으]|쉬|늦|지나|지났|남[았으]|흘|넘|되|채|계속|참[았고는])"
_ABOUT = "(?:쯤|정도|가량|이상|씩)?"
_TIME_AFTER = re.compile(
    f"{_ABOUT} ?(?:동안|만에|전|후|뒤|간|이내|내에|안에|마다|째|거리|짜리|이나 |도 안 |도 채 )"
    f"|{_ABOUT}[이은을만도]? ?{_WAITED}|만 (?:계시|주[시세])"
)
_HONORIFIC = (
    f"(?:[가-힣]{{1,4}} )?(?!{_WAITED})[가-힣]{{0,5}}?"
    "(?:셨|신다|십니|세요|시[는었고던지며면자]|[오가]신|계[시신셨])"
)
_HERE = "(?:다 |더 |모두 )?"
_HONORED = re.compile(
    f"께|이시|[은이] 누구|[이은도] {_HONORIFIC}"
    f"| ?{_ABOUT}[이은도]? ?{_HERE}(?:[오가][시신셨십]|계[시신셨십])"
    f"|[을만]? ?{_HERE}(?:모시|모셨|모신|모셔|뵈|뵙|뵀|초대|초청)"
    f"|의 (?:[가-힣]{{1,4}} )?(?:{_PEOPLE})"
)
_FRACTION = re.compile("의 ?(?:[0-9]|[일이삼사오육칠팔구](?:[^가-힣]|[은는이가을를로의에만]|$))")
_REACH = 20


def counts_persons(text: str, start: int, end: int) -> bool:
    """Say whether the 분 between a number and `end` counts persons.

    Args:
        text: The text.
        start: Where the number begins.
        end: Where 분 ends.
    """
    if _TIME_AFTER.match(text, end) or _FRACTION.match(text, end):
        return False
    if _NAMED.search(word_before(text, start)) or _HONORED.match(text, end):
        return True
    return _OTHERS.search(text[max(0, start - _REACH) : start]) is not None
