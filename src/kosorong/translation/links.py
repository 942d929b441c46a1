"""Word links: which source word a target word stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kosorong.ports import Link
from kosorong.translation.rules import WordChange

_LEAST = 0.25


def links_from_attention(
    attention: Sequence[Sequence[float]],
    source_words: Sequence[int],
    target_words: Sequence[int],
) -> tuple[Link, ...]:
    """Sum attention between units into links between words.

    Args:
        attention: Weights (T, S) of each target unit over the source units.
        source_words: Word of each source unit (S), -1 for none.
        target_words: Word of each target unit (T), -1 for none.

    Returns:
        For each target word the source words that hold at least a quarter of its attention,
        or the strongest one.

    >>> links_from_attention([[0.1, 0.9], [0.8, 0.2]], [0, 1], [0, 1])
    (Link(source=1, target=0, weight=0.9), Link(source=0, target=1, weight=0.8))
    """
    sums: defaultdict[int, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
    for row, target in zip(attention, target_words, strict=False):
        if target >= 0:
            shares = sums[target]
            for weight, source in zip(row, source_words, strict=False):
                if source >= 0:
                    shares[source] += weight
    found: list[Link] = []
    for target in sorted(sums):
        found += _strongest(target, sums[target])
    return tuple(found)


def _strongest(target: int, shares: dict[int, float]) -> list[Link]:
    total = sum(shares.values())
    if total <= 0:
        return []
    best = max(shares, key=lambda source: (shares[source], -source))
    return [
        Link(source, target, round(weight / total, 3))
        for source, weight in sorted(shares.items())
        if weight >= _LEAST * total or source == best
    ]


def links_from_changes(changes: Sequence[WordChange]) -> tuple[Link, ...]:
    """Return the links of a translation by rules.

    >>> links_from_changes([WordChange((0, 2), "가"), WordChange((2, 3), "나 다")])[-1]
    Link(source=2, target=2, weight=1.0)
    """
    found: list[Link] = []
    target = 0
    for change in changes:
        start, end = change.source
        for _ in change.text.split():
            share = round(1.0 / (end - start), 3)
            found += [Link(source, target, share) for source in range(start, end)]
            target += 1
    return tuple(found)


def shifted(links: Sequence[Link], source: int, target: int) -> list[Link]:
    """Return links moved by a number of source and target words."""
    return [Link(link.source + source, link.target + target, link.weight) for link in links]
