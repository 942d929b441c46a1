"""Word links of sentence pairs: a monotone alignment that learns from its own links.

Korean and Jeju keep the same order of words, so a path through the grid of words (Needleman
and Wunsch 1970), with steps that tie one word to one, one to two or two to one, finds the
links; what a tie is worth comes from the words' likeness in jamo, from the dictionary and, in
later rounds, from how often the same ties were made before.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from kosorong.text.letters.hangul import ARAEA_VOWELS, bare_word, nfd

_STEPS = ((1, 1), (1, 2), (2, 1), (1, 0), (0, 1))
# How found: a guess beside likenesses of 0 to 2; no grid is on record.
_ALONE = -0.12
# How found: the same.
_TWO_FOR_ONE = -0.15
# How found: bounds the search; a guess, never tuned; no measurement is on record.
_FARTHEST = 4
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tie:
    """Words `source[0]` up to `source[1]` of one side and the same of the other.

    Attributes:
        source: First word and end, half open.
        target: First word and end, half open.
        score: How sure, about 0 to 2; below 0.3 the words were left over beside each other.
    """

    source: tuple[int, int]
    target: tuple[int, int]
    score: float


_Grid = dict[tuple[int, int], tuple[float, tuple[int, int], float]]


@dataclass(slots=True)
class WordAligner:
    """Ties the words of sentence pairs.

    Args:
        dictionary: Source headwords (verbs without 다) and their targets, in jamo.
        rounds: How often the corpus is gone through; each round learns from the one before.
    """

    dictionary: dict[str, set[str]] = field(default_factory=dict)
    rounds: int = 3
    _together: dict[str, Counter[str]] = field(default_factory=dict)
    _alone: Counter[str] = field(default_factory=Counter)
    _scores: dict[tuple[str, str], float] = field(default_factory=dict)

    def align_all(self, pairs: Sequence[tuple[str, str]]) -> list[list[Tie]]:
        """Return the ties of each pair of texts."""
        split = [(_jamo_words(source), _jamo_words(target)) for source, target in pairs]
        all_ties: list[list[Tie]] = []
        for _ in range(self.rounds):
            all_ties = [self._align(source, target) for source, target in split]
            self._learn(split, all_ties)
        return all_ties

    def _learn(
        self, split: Sequence[tuple[list[str], list[str]]], all_ties: Sequence[list[Tie]]
    ) -> None:
        self._together.clear()
        self._alone.clear()
        self._scores.clear()
        for (source, target), ties in zip(split, all_ties, strict=True):
            for tie in ties:
                left, right = (
                    "".join(source[slice(*tie.source)]),
                    "".join(target[slice(*tie.target)]),
                )
                for a in _beginnings(left):
                    self._alone[a] += 1
                    self._together.setdefault(a, Counter()).update(_beginnings(right))

    def _align(self, source: list[str], target: list[str]) -> list[Tie]:
        best: _Grid = {(0, 0): (0.0, (0, 0), 0.0)}
        slope = len(target) / max(1, len(source))
        for i in range(len(source) + 1):
            for j in range(len(target) + 1):
                # Words that stand far from the diagonal are never tied.
                if (i or j) and abs(j - i * slope) <= _FARTHEST + abs(len(target) - len(source)):
                    best[i, j] = self._best_step(best, source, target, i, j)
        return _path(best, len(source), len(target))

    def _best_step(
        self, best: _Grid, source: list[str], target: list[str], i: int, j: int
    ) -> tuple[float, tuple[int, int], float]:
        best_step = (-math.inf, (0, 0), 0.0)
        for a, b in _STEPS:
            before = best.get((i - a, j - b))
            if before is not None:
                score = self._score(source[i - a : i], target[j - b : j], i, j)
                best_step = max(best_step, (before[0] + score, (a, b), score))
        return best_step

    def _score(self, source: list[str], target: list[str], i: int, j: int) -> float:
        if not source or not target:
            return _ALONE
        left, right = "".join(source), "".join(target)
        key = (left, right)
        score = self._scores.get(key)
        if score is None:
            score = self._scores[key] = likeness(left, right) + self._known(left, right)
        return score - 0.02 * abs(i - j) + (_TWO_FOR_ONE if len(source) + len(target) > 2 else 0.0)

    def _known(self, left: str, right: str) -> float:
        worth = 0.0
        ends = _beginnings(right)
        for a in _beginnings(left):
            if not self.dictionary.get(a, _NONE).isdisjoint(ends):
                worth = max(worth, 0.9)
            together = self._together.get(a)
            for b in ends if together else ():
                n = together.get(b, 0) if together else 0
                if n > 1:
                    worth = max(worth, 0.9 * (n - 0.9) / (self._alone[a] + 0.5))
        return worth


def _path(best: _Grid, i: int, j: int) -> list[Tie]:
    ties: list[Tie] = []
    while i or j:
        _, (a, b), score = best[i, j]
        if a and b:
            ties.append(Tie((i - a, i), (j - b, j), score))
        i, j = i - a, j - b
    return ties[::-1]


def _jamo_words(text: str) -> list[str]:
    return [nfd(bare_word(word)) for word in text.split()]


@lru_cache(maxsize=100_000)
def _beginnings(word: str) -> tuple[str, ...]:
    return tuple(word[:n] for n in range(2, min(len(word), 12) + 1)) if word else ()


_VOWELS_ALIKE = str.maketrans(ARAEA_VOWELS, "\u1161\u1163\u1162")


@lru_cache(maxsize=200_000)
def likeness(left: str, right: str) -> float:
    """Return how alike two words are in jamo, 0 to 1; beginnings count twice.

    >>> likeness("abc", "abc"), likeness("abc", "xyz")
    (1.0, 0.0)
    """
    left, right = left.translate(_VOWELS_ALIKE), right.translate(_VOWELS_ALIKE)
    if not left or not right:
        return 0.0
    shared = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        shared += 1
    pairs = Counter(pairwise(left)) & Counter(pairwise(right))
    dice = 2 * sum(pairs.values()) / max(1, len(left) + len(right) - 2)
    return min(1.0, (dice + 2 * shared / math.sqrt(len(left) * len(right))) / 3)


def dictionary_of(entries: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Return headwords and their counterparts in jamo; verbs lose their 다.

    >>> [len(headword) for headword in dictionary_of([("가다", "가다"), ("밭", "밧")])]
    [2, 3]
    """
    dictionary: dict[str, set[str]] = {}
    for source, target in entries:
        left, right = (nfd(bare_word(text)) for text in (source, target))
        if left.endswith(_DA) and right.endswith(_DA):
            left, right = left.removesuffix(_DA), right.removesuffix(_DA)
        if left and right and " " not in source.strip():
            dictionary.setdefault(left, set()).add(right)
    return dictionary


_DA = nfd("다")
