"""From scores to symbols, and how far they are from the right ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from kosorong.text.sound.symbols import BLANK_ID


def greedy(scores: NDArray[np.float32]) -> tuple[int, ...]:
    """Return the likeliest symbol of each frame, repeats and blanks taken out.

    Args:
        scores: (T, symbols) log-probabilities.

    >>> greedy(np.eye(4, dtype=np.float32)[[1, 2, 2, 1, 2, 3]])
    (2, 2, 3)
    """
    best = scores.argmax(1)
    new = np.ones(len(best), bool)
    new[1:] = best[1:] != best[:-1]
    return tuple(int(s) for s in best[new & (best != BLANK_ID)])


def edit_distance(heard: Sequence[int], wanted: Sequence[int]) -> int:
    """Return the fewest insertions, deletions and substitutions between two sequences.

    >>> edit_distance([1, 2, 3, 4], [1, 3, 5])
    2
    """
    columns = np.arange(len(heard) + 1)
    row = columns.copy()
    ids = np.asarray(heard, np.int64)
    for symbol in wanted:
        above = row + 1
        above[1:] = np.minimum(above[1:], row[:-1] + (ids != symbol))
        # Insertions run along the row: best over every start, plus the way from there.
        row = np.minimum.accumulate(above - columns) + columns
    return int(row[-1])


def error_rate(pairs: Iterable[tuple[Sequence[int], Sequence[int]]]) -> float:
    """Return the edit distances of (heard, said) pairs over the symbols said.

    >>> error_rate([([1, 2], [1, 3]), ([4, 5], [4, 5])])
    0.25
    """
    wrong = total = 0
    for heard, wanted in pairs:
        wrong += edit_distance(heard, wanted)
        total += len(wanted)
    return wrong / max(1, total)
