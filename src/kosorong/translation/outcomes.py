"""What comes of a text: spelled as asked, copied, with what a reader should know."""

from __future__ import annotations

from kosorong.ports import JEJU, Link, Translation
from kosorong.translation.checks import has_markup, left_alone
from kosorong.translation.modern import modern_spelling
from kosorong.translation.request import Request


def spelled(text: str, request: Request) -> str:
    """Return Jeju in the spelling asked for; Korean as it is."""
    modern = request.target == JEJU and request.spelling == "modern"
    return modern_spelling(text) if modern else text


def copied(text: str, *notes: str) -> Translation:
    """Return a text as it is, and why."""
    words = range(len(text.split()))
    sure = 0.3 if notes else 1.0
    links = tuple(Link(n, n, 1.0) for n in words)
    return Translation(text, links, sure, "copy", notes, tuple(sure for _ in words))


def warnings(text: str) -> tuple[str, ...]:
    """Return what a reader should know of a text: what was left as it stands."""
    if has_markup(text):
        return ("Markup or an address was left alone.",)
    alone = left_alone(text)
    return (f"Left as it stands: {', '.join(alone)}.",) if alone else ()
