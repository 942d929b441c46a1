"""Confidence that means something: raw probabilities of the model as shares of right words.

The model is surer than it is right. A bundle may carry two curves, measured on lines that the
model had not seen (`kosorong evaluate confidence`): they turn the model's probability of a word
into the share of such words that a person wrote too, and the probability of a segment into the
share of its words.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from kosorong.errors import BundleError

CONFIG_KEY = "calibration"
# How found: stands in where a bundle was never calibrated; a guess.
_BY_RULES = 0.3


@dataclass(frozen=True, slots=True)
class Curve:
    """A rising curve through points, level beyond both ends.

    Attributes:
        points: (raw, true share), both 0 to 1, raw rising; none is the identity.

    >>> curve = Curve(((0.2, 0.1), (0.8, 0.5)))
    >>> curve.at(0.0), round(curve.at(0.5), 3), curve.at(1.0), Curve().at(0.7)
    (0.1, 0.3, 0.5, 0.7)
    """

    points: tuple[tuple[float, float], ...] = ()

    def at(self, raw: float) -> float:
        """Return the share at a raw value."""
        if not self.points:
            return raw
        n = bisect_right(self.points, raw, key=lambda point: point[0])
        if n in (0, len(self.points)):
            return self.points[max(0, n - 1)][1]
        (x0, y0), (x1, y1) = self.points[n - 1], self.points[n]
        return y0 + (y1 - y0) * (raw - x0) / (x1 - x0)


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a bundle's probabilities are read.

    Attributes:
        word: Of single words.
        segment: Of whole segments.
        by_rules: Share of right words where the rules stand in.
    """

    word: Curve = Curve()
    segment: Curve = Curve()
    by_rules: float = _BY_RULES

    def to_plain(self) -> dict[str, Any]:
        """Return it as plain data for a bundle's configuration."""
        return {
            "word": [list(point) for point in self.word.points],
            "segment": [list(point) for point in self.segment.points],
            "by_rules": self.by_rules,
        }

    @classmethod
    def from_plain(cls, content: object, where: str = "") -> Calibration:
        """Read what `to_plain` returned; None is no calibration.

        Raises:
            BundleError: It is something else.
        """
        if content is None:
            return cls()
        try:
            if not isinstance(content, Mapping):
                raise TypeError("no object")
            return cls(
                _curve(content["word"]), _curve(content["segment"]), _share(content["by_rules"])
            )
        except (KeyError, TypeError, ValueError) as error:
            raise BundleError(
                f"the calibration of its confidence is damaged ({error}).",
                where=where,
                cure="Measure it again: kosorong evaluate confidence.",
            ) from error


def read_calibration(path: Path) -> Calibration:
    """Read the file that `kosorong evaluate confidence` wrote.

    Raises:
        BundleError: It cannot be read or is something else.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BundleError(
            f"the calibration cannot be read: {error}.",
            where=str(path),
            cure="Make it with kosorong evaluate confidence.",
        ) from error
    return Calibration.from_plain(content if content is not None else [], str(path))


def _curve(rows: Sequence[Sequence[float]]) -> Curve:
    points = tuple((_share(raw), _share(share)) for raw, share in rows)
    if any(a[0] >= b[0] or a[1] > b[1] for a, b in pairwise(points)):
        raise ValueError("a curve does not rise")
    return Curve(points)


def _share(value: float) -> float:
    if not 0.0 <= float(value) <= 1.0:
        raise ValueError(f"{value} is no share")
    return float(value)


def probability(log_probabilities: Sequence[float]) -> float:
    """Return the geometric mean of probabilities given as logarithms.

    >>> round(probability([-0.1, -0.3]), 4), probability([])
    (0.8187, 0.0)
    """
    if not log_probabilities:
        return 0.0
    return min(1.0, math.exp(sum(log_probabilities) / len(log_probabilities)))


def probabilities_of_words(
    log_probabilities: Sequence[float], words: Sequence[int]
) -> tuple[float, ...]:
    """Return the probability of each word.

    Args:
        log_probabilities: Of each unit (T), and of what follows.
        words: Word of each unit (T), -1 for none.

    >>> probabilities_of_words([0.0, 0.0, -0.5], [0, 1, -1])
    (1.0, 1.0)
    """
    by_word: dict[int, list[float]] = {}
    for value, word in zip(log_probabilities, words, strict=False):
        if word >= 0:
            by_word.setdefault(word, []).append(value)
    return tuple(round(probability(by_word[word]), 4) for word in sorted(by_word))
