"""Word links: which source word a target word stands for.

Attention alone ties a word now and then to its neighbour. Korean and Jeju keep their order and
share most of their stems, so likeness of letters and place in the sentence are counted with it.
"""

from __future__ import annotations

from collections.abc import Sequence

from kosorong.ports import Link
from kosorong.text.letters.hangul import bare_word, nfd
from kosorong.translation.rules import WordChange

Matrix = list[list[float]]
"""One row a target word, one column a source word."""


def links_from_attention(
    attention: Sequence[Sequence[float]],
    source_words: Sequence[int],
    target_words: Sequence[int],
    alike: Sequence[Sequence[float]] = (),
) -> tuple[Link, ...]:
    """Tie each target word to one source word, and each source word left over to one more.

    Args:
        attention: Weights (T, S) of each target unit over the source units.
        source_words: Word of each source unit (S), -1 for none.
        target_words: Word of each target unit (T), -1 for none.
        alike: Likeness of each target word to each source word, 0 to 1; see `likeness`.

    >>> links_from_attention([[0.1, 0.9], [0.8, 0.2]], [0, 1], [0, 1])
    (Link(source=1, target=0, weight=0.9), Link(source=0, target=1, weight=0.8))
    """
    shares = _shares(attention, source_words, target_words)
    if not shares or not shares[0]:
        return ()
    scores = _scores(shares, alike)
    targets, sources = range(len(scores)), range(len(scores[0]))
    pairs = {(max(sources, key=lambda s: scores[t][s]), t) for t in targets}
    linked = {source for source, _ in pairs}
    # Two words may have become one (가고 있습니다 is 감수다): none is left without a counterpart.
    pairs |= {(s, max(targets, key=lambda t: scores[t][s])) for s in sources if s not in linked}
    ordered = sorted(pairs, key=lambda pair: (pair[1], pair[0]))
    return tuple(Link(s, t, round(shares[t][s], 3)) for s, t in ordered)


def _shares(
    attention: Sequence[Sequence[float]], source_words: Sequence[int], target_words: Sequence[int]
) -> Matrix:
    """Return the share of each target word's attention that each source word holds."""
    wide, high = max(source_words, default=-1) + 1, max(target_words, default=-1) + 1
    sums = [[0.0] * wide for _ in range(high)]
    for row, target in zip(attention, target_words, strict=False):
        if target >= 0:
            for weight, source in zip(row, source_words, strict=False):
                if source >= 0:
                    sums[target][source] += weight
    return [[value / (sum(row) or 1.0) for value in row] for row in sums]


def _scores(shares: Matrix, alike: Sequence[Sequence[float]]) -> Matrix:
    high, wide = len(shares), len(shares[0])
    if not alike:
        return shares
    return [
        [shares[t][s] + alike[t][s] - abs((s + 0.5) / wide - (t + 0.5) / high) for s in range(wide)]
        for t in range(high)
    ]


def likeness(
    source: Sequence[str], hints: Sequence[str], target: Sequence[str]
) -> list[list[float]]:
    """Return how alike each target word is to each source word or to what the rules make of it.

    Args:
        source: Source words (S).
        hints: What the rules make of each (S).
        target: Target words (T).

    Returns:
        (T, S): letters in common at both ends, as a share of the longer word.

    >>> likeness(["바다에"], ["바당에"], ["바당에", "감수다"])
    [[1.0], [0.0]]
    """
    letters = [(_letters(word), _letters(hint)) for word, hint in zip(source, hints, strict=True)]
    return [
        [max(_alike(word, own), _alike(hint, own)) for word, hint in letters]
        for own in map(_letters, target)
    ]


def _letters(word: str) -> str:
    return nfd(bare_word(word) or word)


def _alike(word: str, other: str) -> float:
    shorter, longer = sorted((len(word), len(other)))
    first = next((n for n in range(shorter) if word[n] != other[n]), shorter)
    rest = shorter - first
    last = next((n for n in range(rest) if word[-1 - n] != other[-1 - n]), rest)
    return (first + last) / max(1, longer)


def links_from_changes(changes: Sequence[WordChange]) -> tuple[Link, ...]:
    """Return the links of a translation by rules.

    >>> links_from_changes([WordChange((0, 2), "가"), WordChange((2, 3), "나 다")])[-1]
    Link(source=2, target=2, weight=1.0)
    """
    links: list[Link] = []
    target = 0
    for change in changes:
        start, end = change.source
        for _ in change.text.split():
            share = round(1.0 / (end - start), 3)
            links += [Link(source, target, share) for source in range(start, end)]
            target += 1
    return tuple(links)


def shifted(links: Sequence[Link], source: int, target: int) -> list[Link]:
    """Return links moved by a number of source and target words."""
    return [Link(link.source + source, link.target + target, link.weight) for link in links]
