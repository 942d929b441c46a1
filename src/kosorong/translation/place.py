"""Where a word stands in its sentence: what its ending can mean there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kosorong.text.letters.hangul import around, bare_word, nfd
from kosorong.text.letters.particles import is_object
from kosorong.text.tables import TRANSLATION
from kosorong.text.words import any_of
from kosorong.translation.word_lists import listed

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
_A_EO = "아어여해헤와봐줘워둬춰꿔눠려져켜펴쳐써떠꺼텨겨셔내놔돼깨빼태"
"""Syllables in which a verb's -아 or -어 ends."""
_OPEN_VERB = re.compile(
    f"(?:[{_A_EO}]|[몰흘골발올불눌찔자]라|"
    "[떠어만끝깨]나|[나들올내려넘날돌건]+[아어러]?가|^[가자서커파싸짜까베])$"
)
_GUESS = re.compile(any_of("word_lists.guess-forms", TRANSLATION))
_NO_GUESS = "|".join(listed("no-guess-in-na"))
_GUESSED = re.compile(f"(?:\u11ab{nfd('가')}|(?<!{_NO_GUESS}){nfd('나')}|{nfd('까')}|{nfd('카')})$")
"""What a word ends in that a guess with 보다 follows: 오는가 보다, 왔나 보다, 올까 봐."""
_COUNTS = re.compile(
    f"{any_of('word_lists.numerals', TRANSLATION)}|{any_of('word_lists.determiners', TRANSLATION)}"
)
_DESCRIBES = re.compile("[\u11ab\u11af]$")
_ASKS_WHAT = re.compile(any_of("word_lists.question-words", TRANSLATION))
_BIDS_WITH = re.compile(f"(?:{any_of('word_lists.bids-with', TRANSLATION)})(?:들|요)?")
_PAST = re.compile(f"\u11bb{nfd('어요')}$")
_NEVER_BIDS = re.compile(any_of("word_lists.never-bids", TRANSLATION))
_MAY_BID = re.compile(".*[아어여해와워줘둬봐춰꿔눠려져켜펴쳐써떠꺼텨겨셔내놔깨빼태가자나서커사]요")
_SUBJECT = re.compile(".+(?:[가은는도]|께서|(?<![많같높깊끗까])이)")
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
        guessed: Whether a form of 보다 follows that says it is a guess.
        guesses: Whether the word is such a form itself.
        opens: Whether nothing stands before it in its clause.
        counted: Whether a numeral or the like stands right before: 두, 그, 새.
        described: Whether an attributive form stands right before: 먹은, 갈.
        wonders: Whether a word like why or who stands before in a question.
        urges: Whether -아요 bids here: 말아요, 빨리 와요!
    """

    stop: str = "."
    asks: bool = False
    told: bool = False
    said: bool = False
    acts: bool = True
    beside: bool = False
    helps: bool = False
    guessed: bool = False
    guesses: bool = False
    opens: bool = True
    counted: bool = False
    described: bool = False
    wonders: bool = False
    urges: bool = False


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
        opens=not before or bool(around(before)[2]),
        counted=_COUNTS.fullmatch(bare_word(before)) is not None,
        described=_DESCRIBES.search(nfd(before[-1:])) is not None,
        guesses=end > 1 and _is_guess(before, words[end - 1]),
    )
    if stop == ".":
        asks = "?" in after
        return replace(
            place,
            asks=asks,
            told=_tells(words, end),
            wonders=asks and any(map(_ASKS_WHAT.match, [*_sentence(words, end), words[end - 1]])),
            urges=not asks and _urges(words, end),
        )
    if not after and _is_guess(words[end - 1], words[end]):
        return replace(place, guessed=True)
    if after or not _SAY.match(bare_word(words[end])):
        return place
    # 열었다 닫았다 하다 is no quotation.
    twice = before.endswith("다") and words[end - 1].endswith("다")
    return replace(place, said=not twice)


def _sentence(words: Sequence[str], end: int) -> list[str]:
    """Return the bare words of a sentence before its last one."""
    start = end - 1
    while start > 0 and not any(sign in _STOPS for sign in around(words[start - 1])[2]):
        start -= 1
    return [bare_word(word) for word in words[start : end - 1]]


def _urges(words: Sequence[str], end: int) -> bool:
    core, after = around(words[end - 1])[1:]
    if core == "말아요":
        return True
    if not _MAY_BID.fullmatch(core) or _NEVER_BIDS.match(core) or _PAST.search(nfd(core)):
        return False
    before = _sentence(words, end)
    if any(_SUBJECT.fullmatch(word) for word in before):
        return False
    return "!" in after or core.endswith("줘요") or any(map(_BIDS_WITH.fullmatch, before))


def _is_guess(before: str, word: str) -> bool:
    """Tell whether a word behind another says that this is a guess."""
    return _GUESSED.search(nfd(before[-2:])) is not None and bool(_GUESS.fullmatch(bare_word(word)))


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
