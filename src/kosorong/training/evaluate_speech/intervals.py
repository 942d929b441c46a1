"""Errors of two hearings of the same sentences, their ratio and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_DRAWS, _SEED = 10_000, 7
_TAILS = (0.025, 0.975)


@dataclass(frozen=True, slots=True)
class ErrorTally:
    """One sentence, however often it was heard.

    Attributes:
        wrong: Edits.
        said: Jamo said.
    """

    wrong: int
    said: int


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure and its 95 % interval, by bootstrap over sentences.

    Attributes:
        value: Over all sentences.
        low: 2.5th percentile.
        high: 97.5th percentile.
    """

    value: float
    low: float
    high: float


def error(tallies: Sequence[ErrorTally]) -> float:
    """Return edits over jamo said.

    >>> error([ErrorTally(1, 10), ErrorTally(2, 20)])
    0.1
    """
    return sum(t.wrong for t in tallies) / max(1, sum(t.said for t in tallies))


def ratio(synthetic: Sequence[ErrorTally], base: Sequence[ErrorTally]) -> Spread:
    """Return how many times as often the made sentences are misheard (Efron 1979).

    Sentences are drawn with replacement, each with both of its hearings; where the base has no
    error the ratio is infinite.

    Args:
        synthetic: What is judged, sentence by sentence.
        base: The same sentences as they are compared with, in the same order.

    Raises:
        ValueError: There is no sentence, or not as many on both sides.

    >>> ratio([ErrorTally(2, 10)] * 9, [ErrorTally(1, 10)] * 9)
    Spread(value=2.0, low=2.0, high=2.0)
    """
    first, second = _drawn(synthetic, base)
    with np.errstate(divide="ignore", invalid="ignore"):
        drawn = np.where(second > 0, first / second, np.where(first > 0, np.inf, 1.0))
    return _spread(drawn)


def points(synthetic: Sequence[ErrorTally], base: Sequence[ErrorTally]) -> Spread:
    """Return the error of the made sentences minus that of the base, as a share; see `ratio`.

    >>> points([ErrorTally(2, 10)] * 9, [ErrorTally(1, 10)] * 9)
    Spread(value=0.1, low=0.1, high=0.1)
    """
    first, second = _drawn(synthetic, base)
    return _spread(first - second)


def _drawn(
    synthetic: Sequence[ErrorTally], base: Sequence[ErrorTally]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return both errors of every draw (1 + draws,), all sentences once each first."""
    if not synthetic or len(synthetic) != len(base):
        raise ValueError(f"{len(synthetic)} sentences against {len(base)}: they must be the same")
    places = np.random.default_rng(_SEED).integers(0, len(synthetic), (_DRAWS, len(synthetic)))
    return _errors(synthetic, places), _errors(base, places)


def _errors(tallies: Sequence[ErrorTally], places: NDArray[np.int64]) -> NDArray[np.float64]:
    table = np.array([(t.wrong, t.said) for t in tallies], np.float64)
    sums = np.concatenate([table.sum(0)[None], table[places].sum(1)])
    rates: NDArray[np.float64] = sums[:, 0] / np.maximum(sums[:, 1], 1.0)
    return rates


def _spread(values: NDArray[np.float64]) -> Spread:
    # A percentile between a number and infinity is none: one of the values is taken.
    low, high = np.quantile(values[1:], _TAILS, method="inverted_cdf")
    return Spread(*(round(float(value), 6) for value in (values[0], low, high)))
