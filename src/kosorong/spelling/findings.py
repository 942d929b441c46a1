"""What is found in a text: a finding a word, or several where it breaks several rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["right", "wrong", "unsure"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What is to be said of a word.

    Attributes:
        word: As it was written.
        start: Where it begins in the normalised text, in characters.
        end: Where it ends there.
        verdict: Whether it is written by the 제주어 표기법; `unsure` where that cannot be told.
        rule: Name of the rule, as the table of rules has it; `known`, `korean` or `unknown` where
            none is broken.
        clause: The clause of the notice that the rule rests on; empty where none is broken.
        clause_korean: What it asks for.
        clause_english: The same in English.
        right: What would be right, the likeliest first.
        why: Why, in Korean.
        why_english: The same in English.
    """

    word: str
    start: int
    end: int
    verdict: Verdict
    rule: str
    clause: str = ""
    clause_korean: str = ""
    clause_english: str = ""
    right: tuple[str, ...] = ()
    why: str = ""
    why_english: str = ""


@dataclass(frozen=True, slots=True)
class Spelling:
    """What was found in a text.

    Attributes:
        text: The normalised text, in which the places are counted.
        verdict: `wrong` where a word is, else `unsure` where one is, else `right`.
        modern: Whether it is written in the modern spelling, wholly without ㆍ; one finding then
            tells of all the words that differ by that.
        mended: The text with every word that is wrong as it would be right.
        findings: In the order of the text, each word at least once.
    """

    text: str
    verdict: Verdict
    modern: bool
    mended: str
    findings: tuple[Finding, ...]
