"""What the rules of the reader share: their result and their context."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """What a rule made of a stretch of text.

    Attributes:
        end: Offset just after the stretch.
        parts: Offset and spoken form of each part; the offset says which word it belongs to.
        joined: True where the first part continues the word before it without a space.
        fixes_particle: True where the particle after it may have to follow the new last sound.
        after_sign: True where it ends in a unit or sign, so that what follows can only be a
            particle.
    """

    end: int
    parts: tuple[tuple[int, str], ...]
    joined: bool = False
    fixes_particle: bool = True
    after_sign: bool = False


Rule = Callable[[str, int], Said | None]


def pattern_rule(pattern: str, say: Callable[[re.Match[str]], str | None]) -> Rule:
    """Make a rule of a regular expression and of a function that reads its match."""
    compiled = re.compile(pattern)

    def rule(text: str, at: int) -> Said | None:
        match = compiled.match(text, at)
        spoken = say(match) if match else None
        if match is None or spoken is None:
            return None
        return Said(match.end(), ((at, spoken),))

    return rule


def first_said(rules: tuple[Rule, ...], text: str, at: int) -> Said | None:
    """Return what the first rule that applies at offset `at` says."""
    for rule in rules:
        saying = rule(text, at)
        if saying is not None:
            return saying
    return None


def word_before(text: str, at: int, reach: int = 30) -> str:
    """Return the white-space word before the one that offset `at` stands in or before.

    Letters of the same word before `at` count as that word.

    >>> word_before("전집 3권", 3), word_before("책3권", 1)
    ('전집', '책')
    """
    words = text[max(0, at - reach) : at].split()
    return words[-1] if words else ""


# How found: bounds the search; a guess, never tuned; no measurement is on record.
_OPENING_REACH = 16
_OPENING = re.compile("[ \\t(\\[<'\"※\u2190-\u2bff\U0001f000-\U0001faff\ufe0f]*")


def line_start(text: str, at: int) -> bool:
    """Say whether only spaces and opening signs or pictograms stand before `at` on its line."""
    start = max(0, at - _OPENING_REACH)
    line = text[start:at]
    opening = _OPENING.fullmatch(line.rpartition("\n")[2])
    return (start == 0 or "\n" in line) and opening is not None
