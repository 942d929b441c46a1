"""Links between the words of a sentence and its other language, after somebody wrote it anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from kosorong.text.letters.folding import fold

_GUESSED = 0.5
"""What a link is worth, of what it was, whose word was written otherwise."""


def carried(links: Iterable[Sequence[float]], before: str, after: str) -> list[list[float]]:
    """Return the links of a changed text: by words that stayed, and by place where they did not.

    Args:
        links: `[source word, target word, weight]` of the text before.
        before: The target before.
        after: The target now.

    Returns:
        The links of the text now.

    >>> carried([[0, 0, 1.0], [1, 1, 0.8]], "바람이 분다.", "ᄇᆞ름이 막 분다.")
    [[0, 0, 0.5], [0, 1, 0.5], [1, 2, 0.8]]
    """
    moved: dict[int, list[tuple[int, float]]] = {}
    for old, new, worth in _moves(before.split(), after.split()):
        moved.setdefault(old, []).append((new, worth))
    return [
        [int(source), new, weight * worth]
        for source, target, weight in links
        for new, worth in moved.get(int(target), ())
    ]


def _moves(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """Yield which word became which, and how surely."""
    matcher = SequenceMatcher(None, [*map(fold, before)], [*map(fold, after)], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield from ((a + n, c + n, 1.0) for n in range(b - a))
        elif kind == "replace":
            # As many steps as the longer of the two has words: none of either is left out.
            steps = max(b - a, d - c)
            for n in range(steps):
                yield a + n * (b - a) // steps, c + n * (d - c) // steps, _GUESSED
