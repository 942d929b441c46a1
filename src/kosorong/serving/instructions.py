"""How a caller of OpenAI's route says which Jeju is wanted: in words."""

from __future__ import annotations

import re

from kosorong.ports import Dial

_STRENGTH = re.compile(
    r"(?:strength|세기|강도)\s*[:=]?\s*(\d{1,3}(?:\.\d{1,6})?)\s*(%?)", re.IGNORECASE
)
_MODERN = re.compile(r"\bmodern\b|현대\s*(?:표기|철자)|아래아\s*(?:없이|빼고)", re.IGNORECASE)


def dial_in(instructions: str) -> Dial:
    """Return which Jeju a few words ask for; what they do not name is as usual.

    Args:
        instructions: Such as `modern spelling, strength 0.5` or `현대 표기, 세기 50%`.

    >>> dial_in("Cheerful. strength: 50%, modern spelling")
    Dial(source='ko', target='jje', spelling='modern', strength=0.5)
    >>> dial_in("아래아 없이").spelling, dial_in("strength 7").strength
    ('modern', 1.0)
    """
    spelling = "modern" if _MODERN.search(instructions) else "araea"
    wanted = _STRENGTH.search(instructions)
    if wanted is None:
        return Dial(spelling=spelling)
    strength = float(wanted[1]) / (100 if wanted[2] else 1)
    return Dial(spelling=spelling, strength=min(strength, 1.0))
