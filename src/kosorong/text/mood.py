"""What a sentence wants of its hearer: tells, asks, or proposes; by its mark and its last word.

A mark says it best, but Jeju is often written without one: 감수과 asks, whatever stands behind it,
and 가게 proposes. Only endings that leave no doubt count; what is none of them tells.

>>> moods_of(["어디", "감수과."]), moods_of(["어디", "감신고."]), moods_of(["신고."])
({1: 'question'}, {1: 'question'}, {0: 'statement'})
>>> moods_of(["ᄒᆞᆫ저", "가게.", "비", "오람저!"])
{1: 'suggestion', 3: 'statement'}
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

Mood: TypeAlias = Literal["statement", "question", "suggestion"]

_STOP = re.compile(r"[.?!…][\s\"'”’)\]」』]*$")
# What politeness and emphasis put behind an ending.
_BEHIND = re.compile("(?:마씀|마씸|마시|양|예|게|원)$")
# Whatever stands behind them. 감수과, 허우꽈, 먹쿠과, 아니과, 누게과; 갑니까, 옵네까, 갑디가;
# 감시니, 감디, 감신가; 헷니; 먹으카.
_ENDS_ASKING = re.compile(
    "(?:"
    "[수쑤우쿠](?:과|꽈|광)|(?:.이|니|게|거|마|미)(?:과|꽈)|(?:쑤|쿠|우)[까가]|[ᆺᆻ]수[까가]"
    "|ᆸ(?:니|네|디)[까가]|ᆷ(?:시니|시냐|신[가고]|디)"
    "|[엇앗헷]니|ᆫ디야|ᆯ디야|(?:으|ᄒᆞ)(?:카|코)"
    ")$"
)
# With a full stop these ask nobody, as prose has them: 이 얼마나 먼 길인가.
_ENDS_ASKING_UNMARKED = re.compile(
    "(?:ᆯ까요?|(?:[는은던]|ᆫ)가요?|(?<!바나)나요|[었았겠했]니|[느으]냐|(?<!케)(?<!소)(?<!타).냐)$"
)
# Words that end so, and ask nothing.
_ASKS_NOT = frozenset(("누군가", "언젠가", "어딘가", "뭔가", "무언가", "이과", "문이과"))
# -고 asks in Jeju beside a word that asks, after ㄴ or ㄹ; elsewhere it joins clauses.
_ASKS_BESIDE = re.compile("[ᆫᆯ]고$")
_ASKING_WORD = re.compile(
    "어디|어드레|누게|누구|무사|무신|무시|무스|무엇|뭐|뭘|언제|메|어떵|어떻|얼마|멧|몇|왜"
)
_PROPOSES = re.compile(
    "(?:"
    "(?:암|엄|염|햄|왐|엇|앗|헷|ᄒᆞ|허)(?:주|게)|^(?:가|오|보|먹|놀|앚|앉|자|사|타)(?:주|게)"
    "|ᆸ서|ᆸ시다|십시오|세요|글라|[하가보먹말주오놀앉]자"  # 옵서, 갑시다, 글라
    ")$"
)


def moods_of(sayings: Sequence[str]) -> Mapping[int, Mood]:
    """Tell the mood of every sentence.

    Args:
        sayings: What is said for each written word, marks at their ends; empty where nothing is.

    Returns:
        By the index of a sentence's last word. The last word of all ends a sentence, with a mark
        or without; one before a comma does not.
    """
    said = [index for index, saying in enumerate(sayings) if saying]
    moods: dict[int, Mood] = {}
    start = 0
    for index in said:
        if _STOP.search(sayings[index]) or (index == said[-1] and not sayings[index].endswith(",")):
            moods[index] = _mood(sayings[start : index + 1])
            start = index + 1
    return moods


def asking(saying: str) -> str:
    """Return a word that ends a question with the question's mark.

    >>> asking("감수과."), asking("감수과"), asking("감수과?")
    ('감수과?', '감수과?', '감수과?')
    """
    found = _STOP.search(saying)
    if found is None:
        return f"{saying}?"
    at = found.start()
    return saying if saying[at] != "." else f"{saying[:at]}?{saying[at + 1 :]}"


def _mood(sentence: Sequence[str]) -> Mood:
    """Tell the mood of one sentence's words."""
    last = sentence[-1]
    mark = _STOP.search(last)
    if mark is not None and "?" in mark.group():
        return "question"
    word = _STOP.sub("", last).split()
    ending = word[-1] if word else ""
    # An exclamation that has the form of a question is one of surprise: it falls.
    surprised = mark is not None and "!" in mark.group()
    if not surprised and _asks(ending, sentence, mark is not None):
        return "question"
    proposes = any(_PROPOSES.search(form) for form in _forms(ending))
    return "suggestion" if proposes else "statement"


def _asks(word: str, sentence: Sequence[str], marked: bool) -> bool:
    """Tell whether a sentence asks by its last word, its mark cut off."""
    beside = _ASKING_WORD.search(" ".join(sentence[:-1]))
    wanted = [_ENDS_ASKING]
    wanted += [] if marked else [_ENDS_ASKING_UNMARKED]
    wanted += [_ASKS_BESIDE] if beside else []
    return word not in _ASKS_NOT and any(
        pattern.search(form) for pattern in wanted for form in _forms(word)
    )


def _forms(word: str) -> list[str]:
    """Return a word with and without what stands behind its ending, whole and parted."""
    bare = _BEHIND.sub("", word)
    return [word, _parted(word), bare, _parted(bare)]


def _parted(word: str) -> str:
    """Return a word whose last syllable but one has its coda as a letter of its own.

    >>> _parted("갑니까"), _parted("옵서")
    ('갑니까', '옵서')
    """
    parts = []
    for letter in word:
        apart = unicodedata.normalize("NFD", letter)
        whole = len(apart) == 3 and "가" <= letter <= "힣"
        parts.append(unicodedata.normalize("NFC", apart[:2]) + apart[2] if whole else letter)
    return "".join(parts)
