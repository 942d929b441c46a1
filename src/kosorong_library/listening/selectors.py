"""Reads: where somebody stopped, what they marked, how they like it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from kosorong_library.accounts.models import User
from kosorong_library.library.models import Book, Language, Segment
from kosorong_library.listening.models import Bookmark, Position, Preferences


def position_of(user: User, book: Book) -> dict[str, Any] | None:
    """Return a listener's place in a book, None where there is none."""
    row = Position.objects.filter(user=user, book=book).select_related("segment").first()
    return None if row is None else shown(row)


def shown(row: Position) -> dict[str, Any]:
    """Return a position as it looks from outside."""
    return {
        "segment": row.segment_id,
        "audio_ms": row.audio_ms,
        "client_time": row.client_time,
        "version": row.version,
        "position": row.segment.position,
    }


def places_of(user: User, books: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return where a listener is in books, by their number: sentence and when."""
    rows = Position.objects.filter(user=user, book__in=list(books))
    columns = ("book", "segment__position", "client_time")
    return {
        book: {"position": position, "at": at} for book, position, at in rows.values_list(*columns)
    }


def begun(user: User, books: QuerySet[Book]) -> QuerySet[Book]:
    """Return those books that a listener has begun and not heard to the end, the last first."""
    last = Segment.objects.filter(book=OuterRef("pk")).order_by("-position").values("position")
    mine = Position.objects.filter(user=user, book=OuterRef("pk"))
    placed = books.annotate(
        heard_at=Subquery(mine.values("client_time")[:1]),
        heard=Subquery(mine.values("segment__position")[:1]),
        end=Subquery(last[:1]),
    )
    # Of a long book that just came, more follows than is cut yet.
    before_end = Q(heard__lt=F("end")) | Q(uncut__gt=0)
    return placed.filter(before_end, heard_at__isnull=False).order_by("-heard_at")


def bookmarks_of(user: User, book: Book) -> QuerySet[Bookmark]:
    """Return what somebody marked in a book, in reading order."""
    rows = Bookmark.objects.filter(user=user, book=book).select_related("segment", "book")
    return rows.order_by("segment__position")


def marked(row: Bookmark) -> dict[str, Any]:
    """Return a bookmark, read with its segment and book, as it looks from outside."""
    source, target = row.segment.source_text, row.segment.target_text
    korean = row.book.language == Language.KOREAN
    return {
        "id": row.pk,
        "segment": row.segment_id,
        "position": row.segment.position,
        "note": row.note,
        "text": target if korean else source,
        "beside": source if korean else target,
        "created_at": row.created_at,
    }


def settings_of(user: User) -> dict[str, Any]:
    """Return what somebody chose."""
    return dict(
        Preferences.objects.filter(user=user).values_list("chosen", flat=True).first() or {}
    )
