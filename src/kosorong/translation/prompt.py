"""What the translator reads: tags, the text, and what the rules make of it as a hint.

The rules know words that a small model cannot remember, the model knows how words hang
together; so the model reads both and writes the translation (as automatic post-editing does,
Junczys-Dowmunt and Grundkiewicz 2016).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kosorong.ports import JEJU, KOREAN, SPELLINGS
from kosorong.translation.tokenizer import END, JamoTokenizer

HINT = "<hint>"
SPELLING_TAGS = {name: f"<{name}>" for name in SPELLINGS}
STYLE_TAGS = {
    name: f"<{name}>"
    for name in ("dialogue", "proverb", "example", "lexicon", "synthetic", "other")
}
TO_TAGS = {KOREAN: "<to-ko>", JEJU: "<to-jje>"}
TAGS: tuple[str, ...] = (
    HINT,
    *TO_TAGS.values(),
    *SPELLING_TAGS.values(),
    *STYLE_TAGS.values(),
)
"""Every tag; their order is part of the vocabulary."""


def prompt(
    encode: Callable[[str], list[str]],
    text: str,
    hint: str,
    *,
    target: str,
    spelling: str,
    style: str,
) -> list[str]:
    """Return the source units of a text.

    Args:
        encode: Turns a text into units.
        text: The source text.
        hint: The text translated by rules, or nothing.
        target: Language tag of the translation, `ko` or `jje`.
        spelling: `araea` or `modern`, for Jeju targets.
        style: A key of `STYLE_TAGS`; what the translation should read like.

    >>> encode = JamoTokenizer("가", tags=TAGS).encode
    >>> prompt(encode, "가", "", target="ko", spelling="araea", style="other")
    ['<to-ko>', '<other>', '▁', 'ᄀ', 'ᅡ', '</s>']
    """
    tags = [TO_TAGS[target]]
    if target == JEJU:
        tags.append(SPELLING_TAGS[spelling])
    units = [*tags, STYLE_TAGS[style], *encode(text)]
    if hint:
        units += [HINT, *encode(hint)]
    return [*units, END]


def text_words(tokenizer: JamoTokenizer, units: Sequence[str]) -> list[int]:
    """Return for each unit of a prompt the index of its word in the text, or -1.

    Units of the hint count as none.
    """
    end = units.index(HINT) if HINT in units else len(units)
    return [*tokenizer.words(units[:end]), *([-1] * (len(units) - end))]


def hint_words(tokenizer: JamoTokenizer, units: Sequence[str]) -> list[int]:
    """Return for each unit of a prompt the index of its word in the hint, or -1."""
    start = units.index(HINT) if HINT in units else len(units)
    return [*([-1] * start), *tokenizer.words(units[start:])]
