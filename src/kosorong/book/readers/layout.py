"""Decides what the lines of a plain text are: paragraphs, sentences, or wrapped lines.

Measured on the text itself: where blank lines stand, how long lines are, where they stop.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kosorong.book.readers.headings import ends_sentence
from kosorong.text.segments.sentences import follows_quotation, split_sentences

SENTENCES_PER_PARAGRAPH = 8
"""Where every line is a sentence, so many make a paragraph at most."""

_SAMPLE = 2_000  # lines looked at
_NARROWEST, _WIDEST = 36, 160  # columns; shorter or longer lines are not wrapped by hand
_VERSE_COLUMNS = 44
_LONGEST_POEM = 200  # lines without a blank one

Layout = Literal["paragraphs", "sentences", "wrapped"]


@dataclass(frozen=True, slots=True)
class Decision:
    """How lines are to be joined.

    Attributes:
        layout: What a line is.
        joiner: What is put between wrapped lines: a space, or nothing.
        width: Columns of a full line; a Hangul syllable takes two.
        indented: A paragraph begins with white space, not after a blank line.
        words: The decision as a sentence.
    """

    layout: Layout
    joiner: str = " "
    width: int = 0
    indented: bool = False
    words: str = ""


def decide(lines: Sequence[str]) -> Decision:
    """Decide the layout of a text by its first two thousand lines."""
    filled = [line for line in lines[:_SAMPLE] if line.strip()]
    continued = [a for a, b in itertools.pairwise(lines[:_SAMPLE]) if _both(a, b)]
    if len(filled) < 5 or len(continued) < 0.3 * len(filled):
        return Decision("paragraphs", words="Blank lines stand between paragraphs.")
    columns = sorted(_columns(line) for line in continued)
    width = columns[int(0.95 * (len(columns) - 1))]
    full = sum(c >= 0.8 * width for c in columns) / len(columns)
    stopped = sum(map(ends_sentence, continued)) / len(continued)
    if stopped < 0.6 and full >= 0.6 and _NARROWEST <= width <= _WIDEST:
        return _wrapped(continued, width)
    return _whole(filled, stopped)


def _both(a: str, b: str) -> bool:
    return bool(a.strip() and b.strip())


def _wrapped(continued: Sequence[str], width: int) -> Decision:
    """Describe lines wrapped by hand; some programs cut them in the middle of a word."""
    exact = sum(abs(_columns(line) - width) <= 1 for line in continued) / len(continued)
    spaced = sum(line.endswith(" ") for line in continued) / len(continued)
    indented = sum(line[:1] in " \t\u3000" for line in continued) / len(continued)
    joiner = "" if spaced > 0.2 or exact >= 0.85 else " "
    how = "without a space" if not joiner else "with a space"
    words = f"Lines are wrapped at {width} columns; joined {how}."
    return Decision("wrapped", joiner, width, 0.02 < indented < 0.6, words)


def _whole(filled: Sequence[str], stopped: float) -> Decision:
    sample = filled[:300]
    single = sum(len(split_sentences(line)) == 1 for line in sample) / len(sample)
    if len(filled) >= 20 and stopped >= 0.8 and single >= 0.85:
        words = f"Each line is a sentence ({single:.0%} of lines); grouped into paragraphs."
        return Decision("sentences", words=words)
    return Decision("paragraphs", words="Each line is a paragraph.")


def _columns(line: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in line.rstrip())


def paragraphs(block: Sequence[str], decision: Decision) -> Iterator[tuple[int, list[str]]]:
    """Group the lines of a block without blank lines into paragraphs.

    Yields:
        Index of the first line in the block, and the lines of one paragraph.
    """
    starts_new = {"paragraphs": _always, "sentences": _after_sentences, "wrapped": _after_wrap}
    decide_one = starts_new[decision.layout]
    group: list[str] = []
    begin = 0
    for i, line in enumerate(block):
        if group and decide_one(group, line, decision):
            yield begin, group
            group, begin = [], i
        group.append(line)
    if group:
        yield begin, group


def is_verse(block: Sequence[str], decision: Decision) -> bool:
    """Tell whether a block of several short lines, most without a full stop, is verse."""
    if decision.layout != "paragraphs" or not 3 <= len(block) <= _LONGEST_POEM:
        return False
    stopped = sum(map(ends_sentence, block)) / len(block)
    return stopped < 0.4 and all(_columns(line) <= _VERSE_COLUMNS for line in block)


def _always(group: list[str], line: str, decision: Decision) -> bool:
    return True


def _after_sentences(group: list[str], line: str, decision: Decision) -> bool:
    """Dialogue stands alone, with the line that begins 하고 after it."""
    before, here = _is_dialogue(group[0]), _is_dialogue(line)
    if before and len(group) == 1 and not here and follows_quotation(line):
        return False
    return before or here or len(group) >= SENTENCES_PER_PARAGRAPH


def _after_wrap(group: list[str], line: str, decision: Decision) -> bool:
    """A paragraph begins indented, with a quotation, or after a short line that stops."""
    if decision.indented and line[:1] in " \t\u3000":
        return True
    if not ends_sentence(group[-1]):
        return False
    return _is_dialogue(line) or _columns(group[-1]) < 0.7 * decision.width


def _is_dialogue(line: str) -> bool:
    return line.lstrip()[:1] in tuple("\"“「『｢‘'")
