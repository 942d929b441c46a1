"""Where a word stands in its sentence: what its ending can mean there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kosorong.text.hangul import around, bare_word
from kosorong.text.particles import is_object

_STOPS = ".?!…’”\"'」』"
_SAY = re.compile(
    "(?:하(?:고|는|니|면|며|여|였|더|던|기|게|려|오|시|셨|신|실|십|네|자|지(?!만))|했|해(?:서|도|야|$)|"
    "합니|한(?:다|$|데)|할(?:$|지|까)|함(?=$|[은을이에과도]))"
)
_NOBODY = re.compile(
    "(?:날|솜|말|글|맘|마음|불|홀)씨.$|(?:기|부|성|신|화|충|수|양|지|명|본|흥|여)분.$"
)
"""Words that end as those of respected people do."""
_CLAUSE = re.compile("(?:(?<![머언])니|니까|으?면|거든|때까지|때는?|지만|는데)$")
"""What closes a clause of its own: whoever it tells of is not who is spoken to behind it."""
_OPEN_VERB = re.compile("(?:[아어여해헤와봐줘려져켜펴쳐써떠꺼텨겨셔]|나가|들어가|올라가|ᄂᆞ려가)$")
_RESPECTED = re.compile(
    "(?:께서(?:는|도|만)?$|(?:님|머니|버지|아저씨|아주머니|아줌마|씨|선생|어른|부인|누나|언니|오빠|형|"
    "부모|분|교수|사장|원장|의사|간호사|신부|목사|스님|영감|마님|할멈|고모|이모|숙모|삼촌|사모|엄마|아빠)"
    "(?:들)?(?:은|는|이|가|도))$"
)


@dataclass(frozen=True, slots=True)
class Place:
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


ANYWHERE = Place()
"""A word alone."""


def place_of(words: Sequence[str], end: int) -> Place:
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
    place = Place(
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
