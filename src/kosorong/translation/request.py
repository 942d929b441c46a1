"""What a translation is asked for, checked."""

from __future__ import annotations

from dataclasses import dataclass

from kosorong.errors import UsageError
from kosorong.ports import KOREAN, LANGUAGES, SPELLINGS
from kosorong.translation.tables import KINDS, Kind, kinds_of


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for, checked.

    Attributes:
        source: Language tag.
        target: Language tag.
        spelling: `araea` or `modern`.
        kinds: What may change; all of it where the strength is full.
        neural: Whether the model is asked, or only the rules.
    """

    source: str
    target: str
    spelling: str
    kinds: tuple[Kind, ...]
    neural: bool


def check_request(source: str, target: str, spelling: str, strength: float) -> Request:
    """Check what `translate` was asked for.

    Raises:
        UsageError: A language, spelling or strength is not valid.
    """
    for language in (source, target):
        if language not in LANGUAGES:
            raise UsageError(
                f"Unknown language {language!r}.", cure=f"Valid: {', '.join(LANGUAGES)}."
            )
    if spelling not in SPELLINGS:
        raise UsageError(f"Unknown spelling {spelling!r}.", cure=f"Valid: {', '.join(SPELLINGS)}.")
    if not 0.0 <= strength <= 1.0:
        raise UsageError(f"The strength {strength} is not valid.", cure="Give 0 to 1.")
    full = target == KOREAN or strength == 1.0
    return Request(source, target, spelling, KINDS if full else kinds_of(strength), full)
