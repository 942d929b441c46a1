"""Whether 번 names by a number or counts times: 삼 번 출구, 세 번 울렸다.

>>> names_by_number("내선 12번", 3, 6, 12), names_by_number("3번이 정답이다", 0, 2, 3)
(True, True)
>>> names_by_number("종이 3번 울렸다", 3, 5, 3), names_by_number("문제를 3번 풀었다", 4, 6, 3)
(False, False)
"""

from __future__ import annotations

import re

from kosorong.text.say.numbers.counter_table import (
    NUMBERED_AFTER,
    NUMBERED_FIRMLY,
    NUMBERED_LOOSELY,
    Group,
)
from kosorong.text.say.scanning import word_before
from kosorong.text.words import any_of


def _ends_in(*groups: Group) -> re.Pattern[str]:
    """Make the pattern for a word that ends in one of a table."""
    return re.compile(f"(?:{'|'.join(word for group in groups for word in group.words)})$")


_FIRMLY = _ends_in(*NUMBERED_FIRMLY)
_LOOSELY = _ends_in(NUMBERED_LOOSELY)
_PART_OF_NUMBER = re.compile("([0-9]{1,3})-$")
_DONE = re.compile(" (?!타고|타면|타서|타는|탄 |내려|내리)[가-힣]")
_NOUN_AFTER = re.compile(rf"\s?(?:[가-힣]{{0,2}}버스|{'|'.join(NUMBERED_AFTER.words)})")
_NEXT = "(?:과|와|하고| 또는| 혹은) ?([0-9]{1,3}) ?번"
_CHOSEN = re.compile(
    f"이 (?:{any_of('number_words.chosen')})|이라고 (?:{any_of('number_words.called')})|"
    f"[은도] (?:{any_of('number_words.right-or-wrong')})|[을만] (?:"
    f"{any_of('number_words.chosen-object')})|에 (?:{any_of('number_words.chosen-at')})|"
    f"으로 (?!{any_of('number_words.not-chosen')})|부터|{_NEXT}"
)
_FROM_NUMBER = re.compile("[0-9] ?번(?:부터|에서|과|와|하고| 또는| 혹은) ?$")
# How found: long enough for the patterns that look there; a guess.
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
