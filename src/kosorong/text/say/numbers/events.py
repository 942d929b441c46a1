"""Days that stand for what happened on them: 4·3 사삼, 3.15 부정 선거 삼일오 부정 선거.

>>> first_said((EVENT,), "4·3", 0).parts, first_said((EVENT,), "6.25 전쟁", 0).parts
(((0, '사삼'),), ((0, '육이오'),))
>>> first_said((EVENT,), "6.25 미터", 0) is None, first_said((EVENT,), "2·3학년", 0) is None
(True, True)
"""

from __future__ import annotations

import re

from kosorong.text.say.numbers.counters import find_counter
from kosorong.text.say.numbers.numbers import sino, sino_digits
from kosorong.text.say.scanning import Rule, first_said, pattern_rule, word_before
from kosorong.text.tables import TEXT, read_table
from kosorong.text.words import any_of

__all__ = ["EVENT", "first_said"]

_PLACES = {row.cells[0]: row.cells[1] for row in read_table(TEXT, "event_days", ("day", "places"))}
"""Month and day of what Koreans call by its day, and where that was."""

_HAPPENED = any_of("number_words.happened")
_ABOUT = any_of("number_words.about-event")
_DAY = re.compile(r"(?<![0-9.·/])([1-9]|1[0-2])([.·/])(3[01]|[12][0-9]|[1-9])(?![0-9·/]|\.[0-9])")
_COUNTED = re.compile("[년월일시층학번호등차위권명개세회]|분기")
_OF_KNOWN = re.compile(f" ?(?:{_HAPPENED}|{_ABOUT})")
_BROKE_OUT = re.compile(f"[이가은는에의를을와과] ?(?:{any_of('number_words.broke-out')})")
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
