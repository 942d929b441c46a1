"""Which words of a translation stand for a word of its source, as far as links tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kosorong.ports import Link


@dataclass(frozen=True, slots=True)
class Span:
    """Words that stand side by side.

    Attributes:
        start: The first.
        end: Behind the last; the same as `start` for none.
    """

    start: int
    end: int


def spans_of(links: Sequence[Link], sources: int, targets: int) -> list[Span]:
    """Return the target words of each source word.

    Args:
        links: Between words.
        sources: How many source words there are.
        targets: How many target words there are.

    >>> spans_of([Link(0, 0, 1.0), Link(1, 0, 1.0), Link(2, 1, 1.0)], 3, 2)
    [Span(start=0, end=1), Span(start=0, end=1), Span(start=1, end=2)]
    """
    links = [link for link in links if link.source < sources and link.target < targets]
    spans: list[Span] = []
    for source, target in _groups(links, sources, targets):
        inside = [link for link in links if source.start <= link.source < source.end]
        spans += _within(inside, source, target)
    return spans


def in_order(links: Sequence[Link], sources: int, targets: int) -> list[Span]:
    """Return the same, with words that changed places taken for each other's."""
    links = [link for link in links if link.source < sources and link.target < targets]
    return [
        span
        for source, target in _groups(links, sources, targets)
        for span in _evenly(source.end - source.start, target)
    ]


def _groups(links: Sequence[Link], sources: int, targets: int) -> list[tuple[Span, Span]]:
    """Cut both texts where no link leads from one side of the cut to the other."""
    least, most = _limits(links, sources, targets)
    cuts = [(0, 0)]
    for n in range(1, sources):
        if most[n] <= least[n]:
            # Words without links are each other's, as far as there are some on both sides.
            more = cuts[-1][1] + (most[n] == most[n - 1])
            cuts.append((n, max(most[n], min(more, least[n]))))
    cuts.append((sources, targets))
    return [
        (Span(cuts[n][0], cuts[n + 1][0]), Span(cuts[n][1], cuts[n + 1][1]))
        for n in range(len(cuts) - 1)
    ]


def _limits(links: Sequence[Link], sources: int, targets: int) -> tuple[list[int], list[int]]:
    """Return for each cut of the source the first target word behind it, and that of none before.

    Returns:
        Least target that a word behind the cut has, and one more than the most of those before.
    """
    first, last = [targets] * (sources + 1), [0] * (sources + 1)
    for link in links:
        first[link.source] = min(first[link.source], link.target)
        last[link.source + 1] = max(last[link.source + 1], link.target + 1)
    for n in range(1, sources + 1):
        last[n] = max(last[n], last[n - 1])
        first[sources - n] = min(first[sources - n], first[sources - n + 1])
    return first, last


def _within(links: Sequence[Link], source: Span, target: Span) -> list[Span]:
    """Return the target words of each source word of a group."""
    sources, targets = source.end - source.start, target.end - target.start
    tied = len(links) >= sources * targets and len({link.weight for link in links}) == 1
    if not links or targets < 1 or tied:
        return _evenly(sources, target)
    taken: list[set[int]] = []
    for n in range(source.start, source.end):
        own = [link for link in links if link.source == n]
        best = max(own, key=lambda link: link.weight, default=None)
        taken.append(set() if best is None else {best.target})
    for n in range(target.start, target.end):
        if not any(n in words for words in taken):
            own = [link for link in links if link.target == n]
            best = max(own, key=lambda link: link.weight, default=None)
            if best is not None:
                taken[best.source - source.start].add(n)
    even = _evenly(sources, target)
    return [
        Span(min(words), max(words) + 1) if words else spare
        for words, spare in zip(taken, even, strict=True)
    ]


def _evenly(sources: int, target: Span) -> list[Span]:
    """Return equal shares of the words of a group."""
    words = target.end - target.start
    return [
        Span(target.start + n * words // sources, target.start - (-(n + 1) * words // sources))
        for n in range(sources)
    ]
