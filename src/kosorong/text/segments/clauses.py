"""Measures text in syllables and cuts long sentences where a reader would breathe.

>>> syllables("3권을 읽고, 웃었다.")
9.5
>>> split_clauses("바람이 불고, 눈이 와서 길이 막혔다.", 10)
['바람이 불고,', '눈이 와서 길이 막혔다.']
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator

from kosorong.text.letters.hangul import has_hangul
from kosorong.text.letters.jamo import CODA_CLASS, ONSET_CLASS, VOWEL_CLASS
from kosorong.text.segments.quotes import CLOSERS, OPENERS
from kosorong.text.words import any_of

_MARK = (
    "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a"
    "\ufe00-\ufe0f\ufe20-\ufe2f\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef"
)
# Repetitions are bounded so that no flood of marks makes a cluster without end.
_CLUSTER = re.compile(
    rf"(?:[{ONSET_CLASS}\u115f]{{1,4}}[\u1160{VOWEL_CLASS}]{{1,4}}|[가-힣])[{CODA_CLASS}]{{0,3}}[{_MARK}]{{0,4}}"
    rf"|\s|.(?:[{_MARK}]|\u200d[\u2600-\u27bf\U0001f000-\U0001faff]){{0,16}}",
    re.DOTALL,
)

# How found: worked out on figures such as 1,234; a guess, no count is on record.
_DIGIT, _LATIN, _SYMBOL, _POINT = 2.0, 1.3, 2.0, 0.25  # syllables; 1,234 is read in seven

_CONNECTIVE = re.compile(rf"\S(?:{any_of('sentence_words.connective')})$")
_PARTICLE = re.compile(rf"\S(?:{any_of('sentence_words.pause-particle')})$")
_DEPENDENT = re.compile(f"(?:{any_of('sentence_words.clings')})")

_STOPS = frozenset(".!?…。．！？;:；：—–―‥~～")
_COMMAS = frozenset(",、，·")
# How found: a guess, never tuned; no measurement is on record.
_SHORTEST = 0.3  # of the length aimed at: a shorter piece is cut only for want of better
# How found: a guess, never tuned; no measurement is on record.
_HARD = 5.0


def clusters(text: str, start: int = 0) -> Iterator[tuple[int, float]]:
    """Yield (end index, weight in syllables) of each written unit.

    A syllable of conjoining jamo is one unit, a letter with its marks another.
    """
    for match in _CLUSTER.finditer(text, start):
        yield match.end(), _weight(match[0])


def syllables(text: str) -> float:
    """Estimate how many syllables a text has when read; figures and Latin letters weigh more."""
    return sum(weight for _, weight in clusters(text))


def _weight(cluster: str) -> float:
    char = cluster[0]
    if has_hangul(char):
        return 1.0
    if char.isspace():
        return 0.0
    if char.isdigit():
        return _DIGIT
    if char.isalpha():
        return _LATIN if ord(char) < 0x0590 else 1.0
    return _SYMBOL if char == "%" or unicodedata.category(char)[0] == "S" else _POINT


def split_clauses(sentence: str, limit: float) -> list[str]:
    """Cut a sentence into pieces of about equal length, none weighing more than `limit`.

    Cuts fall, in this order of preference, after stops and commas, after connective endings,
    at other spaces, and inside a word only where there is no space.

    Args:
        sentence: Any text; white space at its ends is dropped.
        limit: Most syllables of a piece, at least 2.
    """
    sentence = sentence.strip()
    left = syllables(sentence) if len(sentence) * _DIGIT > limit else 0.0
    pieces, start = [], 0
    while left > limit:
        end, weight = _best_cut(sentence, start, limit, left / math.ceil(left / limit))
        pieces.append(sentence[start:end].strip())
        start, left = end, left - weight
    pieces.append(sentence[start:].strip())
    return [piece for piece in pieces if piece]


def _best_cut(text: str, start: int, limit: float, target: float) -> tuple[int, float]:
    """Return where the piece that begins at `start` should end, and its weight."""
    best, cost = (start, 0.0), math.inf
    weight = 0.0
    for end, more in clusters(text, start):
        if weight + more > limit and best[0] > start:
            break
        weight += more
        here = _reluctance(text, end) + abs(weight - target) / limit
        if weight < _SHORTEST * target:
            here += 1.0
        if here <= cost:
            best, cost = (end, weight), here
    return best


def _reluctance(text: str, at: int) -> float:
    """Say how ill a cut before `text[at]` sounds: 0 is as good as a full stop."""
    before = text[at - 1]
    after = text[at : at + 1]
    if not after.isspace():
        return _inside_word(before, after)
    word = text[max(0, at - 8) : at].rstrip(CLOSERS)
    if not word or word[-1] in _STOPS:
        return 0.0
    if word[-1] in _COMMAS:
        return 0.05
    following = text[at : at + 12].lstrip()
    clinging = 0.5 if _DEPENDENT.match(following) else 0.0
    if _CONNECTIVE.search(word):
        return 0.2 + clinging
    if before in CLOSERS or following[:1] in OPENERS:
        return 0.4 + clinging
    return (0.5 if _PARTICLE.search(word) else 0.7) + clinging


def _inside_word(before: str, after: str) -> float:
    """Rate a cut where no space follows."""
    if before.isspace():
        return _HARD  # the same cut was rated before the space
    if before in _STOPS | _COMMAS and not after.isdigit() and after not in CLOSERS:
        return 1.0 if after not in _STOPS | _COMMAS else _HARD
    return _HARD
