"""Learns the merges of `kosorong.translation.tokenizer` from text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise

from kosorong.text.letters.hangul import ARAEA_VOWELS, nfd
from kosorong.translation.tokenizer import BYTES, SPECIALS, WORD, JamoTokenizer

_ASCII = "".join(chr(c) for c in range(33, 127))
_RANGES = (range(0x1100, 0x1113), range(0x1161, 0x1176), range(0x11A8, 0x11C3))
_JAMO = "".join(chr(c) for letters in _RANGES for c in letters)
_SIGNS = "‘’“”…·~《》〈〉「」『』"


def learn_tokenizer(
    texts: Iterable[str], size: int, tags: tuple[str, ...] = (), *, least: int = 2
) -> JamoTokenizer:
    """Learn a tokenizer of about `size` units.

    Args:
        texts: Texts of both languages.
        size: Units in all, specials, tags and bytes counted.
        tags: Units that stand for no text.
        least: Pairs seen less often are not merged.
    """
    alphabet = _JAMO + ARAEA_VOWELS + _ASCII + _SIGNS
    known = frozenset(alphabet)
    counts = Counter(nfd(word) for text in texts for word in text.split())
    words = {(WORD, *word): n for word, n in counts.items() if known.issuperset(word)}
    room = size - len(SPECIALS) - len(tags) - len(BYTES) - len(known) - 1
    merges = _learn_merges(words, max(0, room), least)
    return JamoTokenizer(alphabet, merges, tags)


def _learn_merges(
    words: dict[tuple[str, ...], int], limit: int, least: int
) -> list[tuple[str, str]]:
    spelled = [list(word) for word in words]
    weights = list(words.values())
    pairs: Counter[tuple[str, str]] = Counter()
    where: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for n, word in enumerate(spelled):
        _count(word, n, weights[n], pairs, where)
    merges: list[tuple[str, str]] = []
    while len(merges) < limit and pairs:
        # Ties go to the pair that sorts first, so that the result does not depend on hashing.
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        if pairs[best] < least:
            break
        merges.append(best)
        for n in sorted(where.pop(best)):
            _count(spelled[n], n, -weights[n], pairs, where)
            spelled[n] = _joined(spelled[n], best)
            _count(spelled[n], n, weights[n], pairs, where)
        del pairs[best]
    return merges


def _count(
    word: list[str],
    n: int,
    weight: int,
    pairs: Counter[tuple[str, str]],
    where: defaultdict[tuple[str, str], set[int]],
) -> None:
    for pair in pairwise(word):
        pairs[pair] += weight
        if weight > 0:
            where[pair].add(n)


def _joined(word: list[str], pair: tuple[str, str]) -> list[str]:
    out: list[str] = []
    for unit in word:
        if out and (out[-1], unit) == pair:
            out[-1] += unit
        else:
            out.append(unit)
    return out
