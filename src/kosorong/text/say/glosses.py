"""Hanja with Hangul beside it: which of the two only repeats the other, and is said once.

>>> bool(hangul_gloss("憂鬱《우울》한 날", 0, 2)), bool(hangul_gloss("小說《무정》을", 0, 2))
(True, False)
"""

from __future__ import annotations

import re

from kosorong.text.letters.hangul import HANGUL
from kosorong.text.say.hanja import HANJA, initial, read_run

_HANGUL_GLOSS = re.compile(f"([\\(\\[《〈〔【]) ?([{HANGUL}]{{1,20}}) ?[\\)\\]》〉〕】]")
_HANJA_GLOSS = re.compile(
    f"([\\(\\[〔［《〈【]) ?([{HANJA}][{HANJA}·, ]{{0,30}})[\\)\\]〕］》〉】]"
)
_TITLE_MARKS = "《〈【"
_SAID_BEFORE = re.compile(f"[{HANGUL}’”'\"」』]")
_NO_HANJA = re.compile(f"[^{HANJA}]")
_HANGUL_ONLY = re.compile(f"[{HANGUL}]+")
_SPACE = re.compile(r"\s+")
# How found: a guess, never tuned; no measurement is on record.
_REACH, _LONG = 40, 3


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
    """Say whether Hangul reads the Hanja: as long, all syllables or all but one of three the same.

    A sign without a reading and the sound at the beginning of a word are no difference.
    """
    reading, unknown = read_run(hanja, word_start=False)
    readings = [read_run(sign, word_start=False)[0] for sign in hanja] if unknown else [*reading]
    if len(hangul) != len(readings):
        return False
    pairs = zip(readings, hangul, strict=True)
    other = sum(bool(sign) and read not in (sign, initial(sign)) for sign, read in pairs)
    return other <= int(len(readings) >= _LONG)


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
    hanja = _NO_HANJA.sub("", gloss[2])
    before = _SPACE.sub("", text[max(0, at - _REACH) : at])[-len(hanja) :]
    repeats = _HANGUL_ONLY.fullmatch(before) and _sounds_like(hanja, before)
    return gloss.end() if repeats else 0
