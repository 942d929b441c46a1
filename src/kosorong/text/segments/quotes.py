"""Finds quotations and brackets, so that a splitter knows what stands inside one.

>>> quoted_spans('그는 "가자." 하고 (웃으며) 말했다')
[(3, 7), (12, 16)]
"""

from __future__ import annotations

from collections.abc import Iterator

_PAIRS = {
    "“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "〈": "〉", "｢": "｣", "«": "»",
    "(": ")", "[": "]", "{": "}", "【": "】", "（": "）", "［": "］",
}  # fmt: skip
_OPENER_OF = {closer: opener for opener, closer in _PAIRS.items()}
_BRACKETS = frozenset("([{【（［")

# How found: a guess, never tuned; no measurement is on record.
LONGEST_BRACKET = 300
"""Characters; a bracket that closes later than this is a stray one."""

OPENERS = "".join(_PAIRS) + "\"'"
CLOSERS = "".join(_OPENER_OF) + "\"'"


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Return the outermost quotations and brackets as (opener, closer) indices, in order.

    Marks without a partner are passed over; an apostrophe is no quotation mark.
    """
    outermost: list[tuple[int, int]] = []
    for start, end in sorted(_matched(text)):
        if not outermost or start > outermost[-1][1]:
            outermost.append((start, end))
    return outermost


def _matched(text: str) -> Iterator[tuple[int, int]]:
    """Yield every pair of marks, inner ones before the ones around them."""
    stack: list[tuple[str, int]] = []
    waiting: dict[str, int] = {}
    for i, char in enumerate(text):
        if char not in CLOSERS and char not in OPENERS:
            continue
        opener = _closes(text, i, waiting)
        if opener:
            start = _pop(stack, waiting, opener)
            if opener not in _BRACKETS or i - start <= LONGEST_BRACKET:
                yield start, i
        elif char in _PAIRS or (char in "\"'" and _may_open(text, i)):
            stack.append((char, i))
            waiting[char] = waiting.get(char, 0) + 1


def _closes(text: str, i: int, waiting: dict[str, int]) -> str:
    """Return the opener that the mark at `i` closes, or ""."""
    char = text[i]
    opener = _OPENER_OF.get(char, char if char in "\"'" else "")
    if not waiting.get(opener):
        return ""
    is_apostrophe = char in "'’" and _latin(text, i - 1) and _latin(text, i + 1)
    return "" if is_apostrophe else opener


def _may_open(text: str, i: int) -> bool:
    """Tell whether a straight mark opens: a letter follows, and for ' none comes before."""
    if i + 1 >= len(text) or text[i + 1].isspace():
        return False
    return text[i] == '"' or i == 0 or not text[i - 1].isalnum()


def _latin(text: str, i: int) -> bool:
    return 0 <= i < len(text) and text[i].isascii() and text[i].isalpha()


def _pop(stack: list[tuple[str, int]], waiting: dict[str, int], opener: str) -> int:
    """Take marks off the stack down to the nearest `opener`; return where it stood."""
    while True:
        mark, start = stack.pop()
        waiting[mark] -= 1
        if mark == opener:
            return start
