"""Reads: where somebody stopped."""

from __future__ import annotations

from typing import Any

from kosorong_library.accounts.models import User
from kosorong_library.library.models import Book
from kosorong_library.listening.models import Position


def position_of(user: User, book: Book) -> dict[str, Any] | None:
    """Return a listener's place in a book, None where there is none."""
    row = Position.objects.filter(user=user, book=book).first()
    return None if row is None else shown(row)


def shown(row: Position) -> dict[str, Any]:
    """Return a position as it looks from outside."""
    return {
        "segment": row.segment_id,
        "audio_ms": row.audio_ms,
        "client_time": row.client_time,
    }
