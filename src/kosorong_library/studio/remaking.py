"""Writes: how a book is made, chosen anew; what that touches is made again, places stay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Avg, Q, QuerySet

from kosorong_library.library.models import PERSON, Book, Language, Segment
from kosorong_library.studio import editing

_WRITTEN = frozenset({"strength", "spelling"})
_HEARD = frozenset({"voice", "speed"})


def set_choices(book: Book, chosen: Mapping[str, Any]) -> int:
    """Choose how a book is made; what a person wrote or read stays as it is.

    Args:
        book: Which.
        chosen: Of `strength`, `spelling`, `voice`, `speed`.

    Returns:
        How many segments are made again.
    """
    with transaction.atomic():
        written, heard = _touched(book, chosen)
        Book.objects.filter(pk=book.pk).update(**chosen)
        return editing.translate_again(list(written)) + editing.speak_again(list(heard))


def cost_of(book: Book, chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Return how many segments a choice would make again, and the seconds of work it may take."""
    written, heard = (rows.count() for rows in _touched(book, chosen))
    mean = book.segments.exclude(cost=None).aggregate(mean=Avg("cost"))["mean"]
    seconds = None if mean is None else round(mean * (written + heard), 1)
    return {"translated": written, "spoken": heard, "seconds": seconds}


def _touched(book: Book, chosen: Mapping[str, Any]) -> tuple[QuerySet[Segment], QuerySet[Segment]]:
    """Return the segments that are translated again, and those that are only spoken again."""
    other = {name for name, value in chosen.items() if getattr(book, name) != value}
    rows = book.segments.filter(Q(take=None) | Q(take__synthetic=True)).order_by("position")
    # A Jeju original is read as it is: its Korean stands beside it whatever is chosen.
    translates = bool(other & _WRITTEN) and book.language == Language.KOREAN
    written = rows.exclude(translation_key=PERSON) if translates else rows.none()
    if not other & _HEARD:
        return written, rows.none()
    return written, rows.filter(translation_key=PERSON) if translates else rows
