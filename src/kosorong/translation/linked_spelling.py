"""Jeju written as it sounds: the last consonant of a stem stands as the next syllable's first."""

from __future__ import annotations

from collections.abc import Iterator

from kosorong.text.letters.hangul import nfc, nfd
from kosorong.text.letters.jamo import typed_letter

_SILENT = "\u110b"
_NEVER = "ㅇㅎ"
"""Letters that are another sound below, or none."""
_OPEN = 2
"""Jamo of a syllable without a coda."""
_CODA_OF = {
    chr(onset): chr(coda)
    for onset in range(0x1100, 0x1113)
    for coda in range(0x11A8, 0x11C3)
    if typed_letter(chr(onset)) == typed_letter(chr(coda)) not in _NEVER
}
"""The coda that each onset is."""


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
