"""Texts without what no file may hold, and on one line."""

from __future__ import annotations

import re
import unicodedata

# What XML 1.0 and tags may not hold: control characters, lone surrogates, noncharacters.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def clean(text: str) -> str:
    r"""Return a text without characters that no file of a book may hold.

    >>> clean("가\x00나\ud800\n다")
    '가나\n다'
    """
    return _FORBIDDEN.sub("", text)


# Letters by their category that nothing is drawn for: Hangul fillers and the empty Braille cell.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5\u180b\u180c\u180d\u180f")


def can_be_seen(text: str) -> bool:
    r"""Say whether anything of a text can be seen: more than blanks and what steers letters.

    >>> can_be_seen("가"), can_be_seen("\u200b\u3164 \u202e"), can_be_seen("!")
    (True, False, True)
    """
    return any(
        unicodedata.category(char)[0] not in "CZ" and char not in _BLANK for char in clean(text)
    )


def plain(text: str) -> str:
    r"""Return a clean text on one line.

    >>> plain(" 가\x00나\n다 ")
    '가나 다'
    """
    return clean(" ".join(text.split()))
