"""Whether 번 names by a number or counts times: 삼 번 출구, 세 번 울렸다.

>>> names_by_number("내선 12번", 3, 6, 12), names_by_number("3번이 정답이다", 0, 2, 3)
(True, True)
>>> names_by_number("종이 3번 울렸다", 3, 5, 3), names_by_number("문제를 3번 풀었다", 4, 6, 3)
(False, False)
"""

from __future__ import annotations

import re

from kosorong.text.counter_table import NUMBERED_AFTER, NUMBERED_FIRMLY, NUMBERED_LOOSELY, Group
from kosorong.text.scanning import word_before


def _ends_in(*groups: Group) -> re.Pattern[str]:
    """Make the pattern for a word that ends in one of a table."""
    return re.compile(f"(?:{'|'.join(word for group in groups for word in group.words)})$")


_FIRMLY = _ends_in(*NUMBERED_FIRMLY)
_LOOSELY = _ends_in(NUMBERED_LOOSELY)
_PART_OF_NUMBER = re.compile("([0-9]{1,3})-$")
_DONE = re.compile(" (?!타고|타면|타서|타는|탄 |내려|내리)[가-힣]")
_NOUN_AFTER = re.compile(rf"\s?(?:[가-힣]{{0,2}}버스|{'|'.join(NUMBERED_AFTER.words)})")
_CHOSEN = re.compile(
    "이 (?:정답|답|맞|옳|틀|오답|유력|당선|먼저|우승|이겼|당첨|뽑|합격|출발|비어|비었|고장)|"
    "이라고 (?:답|쓰|써|적|생각)"
    "|[은도] (?:정답|맞|옳|틀|오답)"
    "|[을만] (?:고르|골[라랐]|찍|선택|누[르른]|눌[러렀]|뽑|택|틀|맞[히혔])"
    "|에 (?:서|선|섰|앉|표시|동그라미|체크|투표|넣|적|답|내|기표)"
    "|으로 (?!나누|나뉘|늘|줄|끝|그치|그쳤|충분|제한|한정)|부터"
    "|(?:과|와|하고| 또는| 혹은) ?([0-9]{1,3}) ?번"
)
_FROM_NUMBER = re.compile("[0-9] ?번(?:부터|에서|과|와|하고| 또는| 혹은) ?$")
_REACH = 12


def names_by_number(text: str, start: int, end: int, n: int) -> bool:
    """Say whether the 번 between a number and `end` names and does not count.

    Args:
        text: The text.
        start: Where the number begins.
        end: Where 번 ends.
        n: The number.
    """
    before = word_before(text, start)
    first = _PART_OF_NUMBER.search(text[max(0, start - _REACH) : start])
    if (first and int(first[1]) >= n) or _FIRMLY.search(before):
        return True
    if _NOUN_AFTER.match(text, end):
        return True
    if _LOOSELY.search(before) and not _DONE.match(text, end):
        return True
    chosen = _CHOSEN.match(text, end)
    if chosen:
        return chosen[1] is None or int(chosen[1]) != n
    return _FROM_NUMBER.search(text[max(0, start - _REACH) : start]) is not None
