"""Where a word stands in its sentence: what its ending can mean there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kosorong.text.letters.hangul import around, bare_word
from kosorong.text.letters.particles import is_object
from kosorong.text.tables import TRANSLATION
from kosorong.text.words import any_of

_STOPS = ".?!…’”\"'」』"
_SAY = re.compile(
    f"(?:하(?:{any_of('word_lists.say-forms', TRANSLATION)})|"
    f"{any_of('word_lists.said-forms', TRANSLATION)})"
)
_NOBODY = re.compile(
    f"(?:{any_of('word_lists.no-person-ssi', TRANSLATION)})씨.$|(?:"
    f"{any_of('word_lists.no-person-bun', TRANSLATION)})분.$"
)
"""Words that end as those of respected people do."""
_CLAUSE = re.compile(f"(?:{any_of('word_lists.closes-clause', TRANSLATION)})$")
"""What closes a clause of its own: whoever it tells of is not who is spoken to behind it."""
_OPEN_VERB = re.compile(
    "(?:[아어여해헤와봐줘워둬춰꿔눠려져켜펴쳐써떠꺼텨겨셔내놔돼깨빼태]|[몰흘골발올불눌찔]라|"
    "[나들올내려넘날돌건]+[아어러]?가|^[가자서커파싸짜까베])$"
)
_RESPECTED = re.compile(
    f"(?:께서(?:는|도|만)?$|(?:{any_of('word_lists.respected', TRANSLATION)})(?:들)?(?:"
    f"{any_of('word_lists.behind-respected', TRANSLATION)}))$"
)


@dataclass(frozen=True, slots=True)
class WordPlace:
    """Where a word stands.

    Attributes:
        stop: `.` where it may close a sentence, `,` where a pause follows, nothing within.
        asks: Whether that sentence is a question.
        told: Whether the sentence tells of somebody who is spoken of with respect, so that -세요
            tells and does not bid.
        said: Whether a form of 하다 follows, so that -다 and -자 may be what somebody said.
        acts: Whether something in -을 or -를 stands before, to which a verb may be done.
        beside: Whether that stands right before.
        helps: Whether a verb in -아 or -어 stands before, which the word may help.
    """

    stop: str = "."
    asks: bool = False
    told: bool = False
    said: bool = False
    acts: bool = True
    beside: bool = False
    helps: bool = False


ANYWHERE = WordPlace()
"""A word alone."""


def place_of(words: Sequence[str], end: int) -> WordPlace:
    """Return where a word stands.

    Args:
        words: A text, split at white space.
        end: Index behind the word, or behind the last of several.

    >>> place_of("할머니는 절에 가세요.".split(), 3).told
    True
    >>> place_of("비가 왔다 갔다".split(), 2).stop
    ''
    """
    after = around(words[end - 1])[2]
    stop = _stop_of(after, last=end == len(words))
    before = words[end - 2] if end > 1 else ""
    place = WordPlace(
        stop,
        acts=_acts(words, end),
        beside=is_object(before),
        helps=_OPEN_VERB.search(before) is not None,
    )
    if stop == ".":
        return replace(place, asks="?" in after, told=_tells(words, end))
    if after or not _SAY.match(bare_word(words[end])):
        return place
    # 열었다 닫았다 하다 is no quotation.
    twice = before.endswith("다") and words[end - 1].endswith("다")
    return replace(place, said=not twice)


def _acts(words: Sequence[str], end: int) -> bool:
    for word in reversed(words[max(0, end - 5) : end - 1]):
        _, core, after = around(word)
        if any(sign in _STOPS for sign in after):
            return False
        if is_object(core):
            return True
    return False


def _stop_of(after: str, *, last: bool) -> str:
    if last or any(sign in _STOPS for sign in after):
        return "."
    return "," if after else ""


def _tells(words: Sequence[str], end: int) -> bool:
    for word in reversed(words[: end - 1]):
        _, core, after = around(word)
        if any(sign in _STOPS for sign in after) or _CLAUSE.search(core):
            return False
        if not after and _RESPECTED.search(core) and not _NOBODY.search(core):
            return True
    return False
