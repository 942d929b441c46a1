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

from kosorong.text.words import any_of, word_list

Mood: TypeAlias = Literal["statement", "question", "suggestion"]


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


def _ending(name: str) -> re.Pattern[str]:
    """Return the pattern of a list of endings, in parted letters, behind at least one other."""
    return re.compile(f".(?:{_parted(any_of(name))})$")


_STOP = re.compile(r"[.?!…][\s\"'”’)\]」』]*$")
_BEHIND = re.compile(f"(?:{any_of('moods.behind-ending')})$")
_ASKS = _ending("moods.asks")
_ASKS_UNMARKED = _ending("moods.asks-unmarked")
_ASKS_BESIDE = _ending("moods.asks-beside")
_PROPOSES = _ending("moods.proposes")
_PROPOSES_ALONE = frozenset(word_list("moods.proposes-alone"))
_ASKS_NOT = frozenset(word_list("moods.not-asks"))
_ASKING_WORD = re.compile(rf"(?<!\S)(?:{any_of('moods.asking-word')})")


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
    words = _STOP.sub("", last).split()
    word = words[-1] if words else ""
    # An exclamation that has the form of a question is one of surprise: it falls.
    surprised = mark is not None and "!" in mark.group()
    if not surprised and _asks(word, sentence, mark is not None):
        return "question"
    alone = {word, _BEHIND.sub("", word)} & _PROPOSES_ALONE
    proposes = bool(alone) or _ends(word, _PROPOSES)
    return "suggestion" if proposes else "statement"


def _asks(word: str, sentence: Sequence[str], marked: bool) -> bool:
    """Tell whether a sentence asks by its last word, its mark cut off."""
    if word in _ASKS_NOT:
        return False
    beside = _ASKING_WORD.search(" ".join(sentence[:-1])) is not None
    return (
        _ends(word, _ASKS)
        or (not marked and _ends(word, _ASKS_UNMARKED))
        or (beside and _ends(word, _ASKS_BESIDE))
    )


def _ends(word: str, endings: re.Pattern[str]) -> bool:
    """Tell whether a word ends so, with or without what may stand behind an ending."""
    forms = (word, _BEHIND.sub("", word))
    return any(endings.search(_parted(form)) is not None for form in forms)
