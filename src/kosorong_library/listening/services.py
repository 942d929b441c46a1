"""Writes: where somebody stopped, what they marked, how they like it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from kosorong.text.cleaning import plain
from kosorong_library.accounts.models import User
from kosorong_library.config.errors import Conflict
from kosorong_library.library.models import Book, Segment
from kosorong_library.listening.models import Bookmark, Position, Preferences

MOST_BOOKMARKS = 1000
"""Of one listener in one book."""


def put_position(
    user: User,
    book: Book,
    segment: Segment,
    audio_ms: int,
    client_time: datetime,
    based_on: int | None = None,
) -> tuple[Position, bool]:
    """Write a place down, unless one is there that its listener did not know.

    Args:
        user: The listener.
        book: The book.
        segment: That was heard.
        audio_ms: Milliseconds from its beginning.
        client_time: When it was heard; a clock that runs ahead counts as now, so that it cannot
            lock out the listener's other devices. So does a place that was stored while the
            server's own clock ran ahead.
        based_on: Version of the place that the listener knew, 0 for none. Where nobody says so,
            the later of two places wins.

    Returns:
        The row that holds now, and whether it is the new one.
    """
    now = timezone.now()
    at = min(client_time, now)
    with transaction.atomic():
        rows = Position.objects.select_for_update().filter(user=user, book=book)
        row = rows.first() or Position(user=user, book=book, version=0)
        if row.pk is not None and _is_unknown(row, at, now, based_on):
            return row, False
        row.segment, row.audio_ms, row.client_time = segment, audio_ms, at
        row.version += 1
        row.save()
        return row, True


def _is_unknown(row: Position, at: datetime, now: datetime, based_on: int | None) -> bool:
    """Return whether a stored place is one that whoever writes another did not know."""
    return at < row.client_time <= now if based_on is None else row.version != based_on


def put_bookmark(user: User, book: Book, segment: Segment, note: str) -> tuple[Bookmark, bool]:
    """Mark a sentence; where it is marked already, its note is written anew.

    Returns:
        The bookmark, and whether it is new.

    Raises:
        Conflict: There are as many as one may have.
    """
    with transaction.atomic():
        rows = Bookmark.objects.filter(user=user, book=book)
        if not rows.filter(segment=segment).exists() and rows.count() >= MOST_BOOKMARKS:
            raise Conflict(
                f"There are {MOST_BOOKMARKS} bookmarks in this book; delete one first.",
                {"reason": "too_many_bookmarks"},
            )
        defaults = {"book": book, "note": plain(note)}
        bookmark: tuple[Bookmark, bool] = Bookmark.objects.update_or_create(
            user=user, segment=segment, defaults=defaults
        )
    return bookmark


def set_settings(user: User, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Change how somebody likes it; what is not named stays."""
    with transaction.atomic():
        Preferences.objects.get_or_create(user=user)
        row = Preferences.objects.select_for_update().get(user=user)
        row.chosen = {**row.chosen, **changes}
        row.save()
    return dict(row.chosen)
