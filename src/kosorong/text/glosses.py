"""Hanja with Hangul beside it: which of the two only repeats the other, and is said once.

>>> bool(hangul_gloss("憂鬱《우울》한 날", 0, 2)), bool(hangul_gloss("小說《무정》을", 0, 2))
(True, False)
"""

from __future__ import annotations

import re

from kosorong.text.hanja import HANJA, read_run
from kosorong.text.scanning import HANGUL

_HANGUL_GLOSS = re.compile(f"([\\(\\[《〈〔【]) ?([{HANGUL}]{{1,20}}) ?[\\)\\]》〉〕】]")
_HANJA_GLOSS = re.compile(
    f"([\\(\\[〔［《〈【]) ?([{HANJA}][{HANJA}·, ]{{0,30}})[\\)\\]〕］》〉】]"
)
_TITLE_MARKS = "《〈【"
_SAID_BEFORE = re.compile(f"[{HANGUL}’”'\"」』]")
_NO_HANJA = re.compile(f"[^{HANJA}]")
_REACH = 40


def hangul_gloss(text: str, start: int, end: int) -> re.Match[str] | None:
    """Find the Hangul in brackets that says the Hanja before it.

    In marks that also hold titles, 《》 and the like, it must sound like the Hanja: 小說《무정》
    names a novel.

    Args:
        text: The text.
        start: Where the Hanja begin.
        end: Where they end.

    Returns:
        The match, the Hangul in its second group; None where there is no such gloss.
    """
    gloss = _HANGUL_GLOSS.match(text, end)
    if gloss is None or len(gloss[2]) > 2 * (end - start) + 1:
        return None
    if gloss[1] in _TITLE_MARKS and not _sounds_like(text[start:end], gloss[2]):
        return None
    return gloss


def _sounds_like(hanja: str, hangul: str) -> bool:
    """Say whether Hangul reads the Hanja: as long, and half of its syllables the same."""
    said, unknown = read_run(hanja)
    if len(hangul) != len(hanja):
        return False
    same = sum(a == b for a, b in zip(said, hangul, strict=False)) if not unknown else len(hanja)
    return 2 * same >= len(hanja)


def hanja_gloss(text: str, at: int) -> int:
    """Return where Hanja in brackets end that only repeat what stands before them, 0 else.

    Args:
        text: The text.
        at: Offset of the opening bracket.
    """
    gloss = _HANJA_GLOSS.match(text, at)
    if gloss is None:
        return 0
    if gloss[1] not in _TITLE_MARKS and _SAID_BEFORE.match(text[at - 1 : at] if at else ""):
        return gloss.end()
    reading, _ = read_run(_NO_HANJA.sub("", gloss[2]))
    before = text[max(0, at - _REACH) : at].rstrip()
    return gloss.end() if reading and before.endswith(reading) else 0
