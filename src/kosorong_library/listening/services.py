"""Writes: where somebody stopped."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kosorong_library.accounts.models import User
from kosorong_library.library.models import Book, Segment
from kosorong_library.listening.models import Position


def put_position(
    user: User, book: Book, segment: Segment, audio_ms: int, client_time: datetime
) -> tuple[Position, bool]:
    """Write a place down, unless a newer one is there.

    Args:
        user: The listener.
        book: The book.
        segment: That was heard.
        audio_ms: Milliseconds from its beginning.
        client_time: When it was heard; a clock that runs ahead counts as now, so that it cannot
            lock out the listener's other devices.

    Returns:
        The row that holds now, and whether it is the new one.
    """
    at = min(client_time, timezone.now())
    with transaction.atomic():
        rows = Position.objects.select_for_update().filter(user=user, book=book)
        row = rows.first() or Position(user=user, book=book)
        if row.pk is not None and row.client_time > at:
            return row, False
        row.segment, row.audio_ms, row.client_time = segment, audio_ms, at
        row.save()
        return row, True
