"""Jeju written as it sounds: the last consonant of a stem stands as the next syllable's first."""

from __future__ import annotations

from collections.abc import Iterator

from kosorong.text.letters.hangul import nfc, nfd

_SILENT = "\u110b"
_OPEN = 2
"""Jamo of a syllable without a coda."""
_CODA_OF = {
    nfd(closed)[0]: nfd(closed)[2]
    for closed in ("각", "난", "닫", "랄", "맘", "밥", "삿", "샀", "잦", "찿", "탙", "팦")
}
"""The coda that each onset is, from syllables that hold both."""


def unlinked(word: str) -> Iterator[str]:
    """Yield a word with one onset written below the syllable before it, once for each.

    Args:
        word: Bare, NFC.

    >>> list(unlinked("부럿저"))
    ['불엇저']
    """
    for n in range(1, len(word)):
        above, below = nfd(word[n - 1]), nfd(word[n])
        coda = _CODA_OF.get(below[0])
        if coda and len(above) == _OPEN:
            yield f"{word[: n - 1]}{nfc(above + coda)}{nfc(_SILENT + below[1:])}{word[n + 1 :]}"
