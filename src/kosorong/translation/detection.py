"""Korean or Jeju: told by words and endings, and by the translator's rules.

No model: each sign is worth some points for one of the two, and the points become a share.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

from kosorong.ports import JEJU, KOREAN
from kosorong.text import langid
from kosorong.text.letters.hangul import has_hangul
from kosorong.text.letters.normalize import normalize

# How found: a guess; no grid is on record. scripts/language_report.py counts without it.
_RULES = 0.7
_LONGEST = 2_000
"""Characters looked at; a text does not change its language later."""


class RulesTranslate(Protocol):
    """Translates by rules alone."""

    def translate_by_rules(
        self, texts: Sequence[str], *, target: str = JEJU, spelling: str = "araea"
    ) -> list[str]:
        """Return what the rules make of each text."""
        ...


class Detector:
    """Tells Korean from Jeju.

    Args:
        rules: Whose tables say which words are changed on the way to the other language; None
            goes by endings and little words alone.

    >>> Detector().shares("바당에 감수다.")[0][0], Detector().shares("바다에 갑니다.")[0][0]
    ('jje', 'ko')
    """

    def __init__(self, rules: RulesTranslate | None = None) -> None:
        self._rules = rules

    def shares(self, text: str) -> list[tuple[str, float]]:
        """Return both languages with their shares, 0 to 1, the likelier one first.

        A text without Hangul is Korean with a share of 0.
        """
        plain = " ".join(normalize(text[:_LONGEST]).split())
        if not has_hangul(plain):
            return [(KOREAN, 0.0), (JEJU, 0.0)]
        # Points add up; a bias to Korean, which nearly all texts are written in.
        jeju = 1.0 / (1.0 + math.exp(0.5 - self._points(plain)))
        return sorted([(KOREAN, 1.0 - jeju), (JEJU, jeju)], key=lambda share: -share[1])

    def _points(self, text: str) -> float:
        """Return points for Jeju less those for Korean, between -30 and 30."""
        points = langid.points(text)
        if self._rules is not None:
            jeju, korean = (_changed(self._rules, text, to) for to in (KOREAN, JEJU))
            points += _RULES * (jeju - korean)
        return max(-30.0, min(30.0, points))


def _changed(rules: RulesTranslate, text: str, target: str) -> int:
    """Return how many words the rules change on the way to a language."""
    (changed,) = rules.translate_by_rules([text], target=target)
    return len(set(text.split()) - set(changed.split()))
