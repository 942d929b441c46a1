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
    """Return a word with the codas of its syllables as letters of their own.

    >>> [len(_parted(word)) for word in ("갑니까", "가다")]
    [4, 2]
    """
    parts = []
    for letter in word:
        apart = unicodedata.normalize("NFD", letter)
        whole = len(apart) == 3 and "가" <= letter <= "힣"
        parts.append(unicodedata.normalize("NFC", apart[:2]) + apart[2] if whole else letter)
    return "".join(parts)


def _ending(name: str) -> re.Pattern[str]:
    """Return the pattern of a list of endings, in parted letters."""
    return re.compile(f"(?:{_parted(any_of(name))})$")


_STOP = re.compile(r"[.?!…][\s\"'”’)\]」』]*$")
_MARKS = re.compile(r"[\W_]+$")
_BEHIND = re.compile(f"(?:{any_of('moods.behind-ending')})$")
_ASKS = _ending("moods.asks")
_ASKS_UNMARKED = _ending("moods.asks-unmarked")
_ASKS_BESIDE = _ending("moods.asks-beside")
_PROPOSES = _ending("moods.proposes")
_PROPOSES_ALONE = frozenset(word_list("moods.proposes-alone"))
_PROPOSES_BESIDE = frozenset(word_list("moods.proposes-beside"))
_PROPOSING_WORDS = frozenset(word_list("moods.proposing-word"))
_ASKS_NOT = frozenset(word_list("moods.not-asks"))
_ASKING_WORD = re.compile(
    rf"(?<!\S)(?:{any_of('moods.asking-word')})(?!{any_of('moods.asks-none')})"
)


def moods_of(sayings: Sequence[str]) -> Mapping[int, Mood]:
    """Tell the mood of every sentence.

    Args:
        sayings: What is said for each written word, marks at their ends or apart; empty where
            nothing is.

    Returns:
        By the index of a sentence's last word. The last word of all ends a sentence, with a mark
        or without; one before a comma does not.
    """
    joined = _joined(sayings)
    moods: dict[int, Mood] = {}
    start = 0
    for place, (index, saying) in enumerate(joined):
        last = place == len(joined) - 1
        if _STOP.search(saying) or (last and not saying.endswith(",")):
            moods[index] = _mood([words for _, words in joined[start : place + 1]])
            start = place + 1
    return moods


def asking(sounds: Sequence[str], moods: Mapping[int, Mood]) -> list[str]:
    """Return the sounds of words, those that end a question with the question's mark.

    Args:
        sounds: Of each written word, with its marks.
        moods: As `moods_of` tells them.

    >>> asking(["감수과", "."], {0: "question"}), asking(["감수과…"], {0: "question"})
    (['감수과', '?'], ['감수과?'])
    """
    asked = list(sounds)
    for index in (at for at, mood in moods.items() if mood == "question"):
        # A mark that stands apart is a word of its own.
        apart = _MARKS.match("".join(asked[index + 1 : index + 2])) is not None
        place = index + 1 if apart and not _STOP.search(asked[index]) else index
        stop = _STOP.search(asked[place])
        if stop is None:
            asked[place] += "?"
        elif "?" not in stop.group() and "!" not in stop.group():
            at = stop.start()
            asked[place] = f"{asked[place][:at]}?{asked[place][at + 1 :]}"
    return asked


def _joined(sayings: Sequence[str]) -> list[tuple[int, str]]:
    """Return the words that say something with their indices, marks that stand apart joined."""
    joined: list[tuple[int, str]] = []
    for index, saying in enumerate(sayings):
        if saying and joined and _MARKS.match(saying):
            joined[-1] = (joined[-1][0], joined[-1][1] + saying)
        elif saying:
            joined.append((index, saying))
    return joined


def _mood(sentence: Sequence[str]) -> Mood:
    """Tell the mood of one sentence's words."""
    mark = _STOP.search(sentence[-1])
    if mark is not None and "?" in mark.group():
        return "question"
    words = _STOP.sub("", " ".join(sentence)).split()
    # An exclamation that has the form of a question is one of surprise: it falls.
    surprised = mark is not None and "!" in mark.group()
    if not words:
        return "statement"
    if not surprised and _asks(words[-1], words[:-1], mark is not None):
        return "question"
    return "suggestion" if _proposes(words[-1], words[:-1]) else "statement"


def _asks(word: str, before: Sequence[str], marked: bool) -> bool:
    """Tell whether a sentence asks by its last word, its mark cut off."""
    if word in _ASKS_NOT:
        return False
    beside = _ASKING_WORD.search(" ".join(before)) is not None
    return (
        _ends(word, _ASKS)
        or (not marked and _ends(word, _ASKS_UNMARKED))
        or (beside and _ends(word, _ASKS_BESIDE))
    )


def _proposes(word: str, before: Sequence[str]) -> bool:
    """Tell whether a sentence proposes by its last word, its mark cut off."""
    forms = {word, _BEHIND.sub("", word)}
    beside = bool(forms & _PROPOSES_BESIDE and _PROPOSING_WORDS.intersection(before))
    return beside or bool(forms & _PROPOSES_ALONE) or _ends(word, _PROPOSES)


def _ends(word: str, endings: re.Pattern[str]) -> bool:
    """Tell whether a word ends so, with or without what may stand behind an ending."""
    forms = (word, _BEHIND.sub("", word))
    return any(endings.search(_parted(form)) is not None for form in forms)
