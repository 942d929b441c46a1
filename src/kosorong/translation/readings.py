"""How a word was taken apart, and what speaks against what became of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kosorong.text.letters.hangul import nfc
from kosorong.translation.transducer import Analysis

# How found: half the words of an ending that is twice as likely as the next; a guess.
_UNSURE = math.log(1.5)
"""What an ending must be likelier by than the next, as a logarithm, not to be doubted."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a word was taken apart.

    Attributes:
        analysis: The likeliest way.
        margin: What its ending is likelier by than the next that means something else, as a
            logarithm.
        by_chance: Whether one of several senses was taken that little or nothing tells of.
    """

    analysis: Analysis
    margin: float
    by_chance: bool


def word_key(analysis: Analysis) -> str:
    """Return stem and part of speech as the table's choices and senses name them."""
    return f"{nfc(analysis.lexeme.source)} {analysis.lexeme.pos}"


def lemma_of(analysis: Analysis) -> str:
    """Return the source word as a dictionary has it."""
    verb = "다" if analysis.lexeme.pos in "va" else ""
    return f"{nfc(analysis.lexeme.source)}{verb}"


def doubt_of(reading: Reading | None, core: str, text: str) -> str:
    """Return what speaks against a word that the grammar knows, of `kosorong.ports.DOUBTS`.

    Args:
        reading: How it was taken apart.
        core: The word, bare.
        text: What it became.
    """
    if reading is None:
        return ""
    if reading.by_chance:
        return "rare_sense"
    if reading.analysis.kind == "ending" and reading.margin < _UNSURE:
        return "unsure_ending"
    return "stands" if text == core else ""
