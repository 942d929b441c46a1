"""Texts without what no file may hold, and on one line."""

from __future__ import annotations

import re

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


def plain(text: str) -> str:
    r"""Return a clean text on one line.

    >>> plain(" 가\x00나\n다 ")
    '가나 다'
    """
    return clean(" ".join(text.split()))
