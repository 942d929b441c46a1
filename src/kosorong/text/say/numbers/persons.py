"""Whether 분 counts persons or minutes: 손님 세 분, 삼 분 동안.

>>> counts_persons("어르신 5분께", 4, 6), counts_persons("3분이 오셨다", 0, 2)
(True, True)
>>> counts_persons("앞으로 3분이 남았다", 4, 6), counts_persons("선생님이 5분 늦으셨다", 5, 7)
(False, False)
"""

from __future__ import annotations

import re

from kosorong.text.say.scanning import word_before
from kosorong.text.words import any_of

_PEOPLE = any_of("number_words.respected")
_NAMED = re.compile(f"(?:{_PEOPLE})(?:들)?$")
_OTHERS = re.compile(
    f"(?:^|[^가-힣])(?:{any_of('number_words.others')}) ?분(?:과|하고|이랑|,| ?중에?| ?가운데) ?$"
)
_WAITED = f"(?:더 |또 )?(?:{any_of('number_words.waited')})"
_ABOUT = "(?:쯤|정도|가량|이상|씩)?"
_TIME_AFTER = re.compile(
    f"{_ABOUT} ?(?:{any_of('number_words.time-behind')})|{_ABOUT}[이은을만도]? ?{_WAITED}|"
    "만 (?:계시|주[시세])"
)
_HONORIFIC = (
    f"(?:[가-힣]{{1,4}} )?(?!{_WAITED})[가-힣]{{0,5}}?(?:{any_of('number_words.honorific')})"
)
_HERE = "(?:다 |더 |모두 )?"
_COMES = "(?:[오가][시신셨십]|계[시신셨십])"
_HONORED_SUBJECT = f"께|이시|[은이] 누구|[이은도] {_HONORIFIC}| ?{_ABOUT}[이은도]? ?{_HERE}{_COMES}"
_HONORED = re.compile(
    f"{_HONORED_SUBJECT}|[을만]? ?{_HERE}(?:{any_of('number_words.honoured')})|"
    f"의 (?:[가-힣]{{1,4}} )?(?:{_PEOPLE})"
)
_FRACTION = re.compile("의 ?(?:[0-9]|[일이삼사오육칠팔구](?:[^가-힣]|[은는이가을를로의에만]|$))")
# How found: long enough for the patterns that look there; a guess.
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
