"""How words are said: a user's pronunciations, laid over a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kosorong_library.studio.models import Pronunciation


@dataclass(frozen=True, slots=True)
class PronunciationLexicon:
    """Terms and what is said for them.

    A term is found where a word begins, so that what is added to it (한라산이) is said as written.

    Args:
        entries: Term → spoken.

    >>> PronunciationLexicon({"한라산": "할라산"}).respell("한라산이 보인다.")
    '할라산이 보인다.'
    >>> PronunciationLexicon({"한라산": "할라산"}).respell("산이 보인다.")
    ''
    """

    entries: Mapping[str, str]
    _pattern: re.Pattern[str] | None = field(init=False)

    def __post_init__(self) -> None:
        # Of two terms that begin alike the longer one is meant.
        terms = sorted(self.entries, key=len, reverse=True)
        words = "|".join(map(re.escape, terms))
        pattern = re.compile(rf"(?<!\w)(?:{words})") if words else None
        object.__setattr__(self, "_pattern", pattern)

    def respell(self, text: str) -> str:
        """Return what is said for a text, "" where that is what is written."""
        if self._pattern is None:
            return ""
        respelt, count = self._pattern.subn(lambda match: self.entries[match[0]], text)
        return respelt if count and respelt != text else ""


def lexicon_of(user: int) -> PronunciationLexicon:
    """Return the pronunciations of a user."""
    rows = Pronunciation.objects.filter(user=user)
    return PronunciationLexicon(dict(rows.values_list("term", "spoken")))
