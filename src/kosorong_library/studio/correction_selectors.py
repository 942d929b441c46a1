"""Reads: corrections of a book, and what of them models may learn from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.crypto import salted_hmac

from kosorong.text.letters.hangul import has_araea
from kosorong_library.accounts.models import User
from kosorong_library.library.models import Book, Visibility
from kosorong_library.studio.models import Correction, Standing, Vote

_PAGE = 500
# Licences of a book under which a sentence of it may go out beside a correction.
_FREE = ("CC0 1.0", "CC BY 4.0", "CC BY-SA 4.0", "Public domain")


def corrections_of(book: Book, user: User | None) -> QuerySet[Correction]:
    """Return the corrections of a book with their votes, newest first."""
    voter = None if user is None else user.pk
    mine = Vote.objects.filter(correction=OuterRef("pk"), user=voter)
    rows = Correction.objects.filter(segment__book=book)
    rows = rows.select_related("segment", "segment__book", "segment__chapter", "user")
    return rows.annotate(count=Count("votes"), voted=Exists(mine)).order_by("-pk")


def correction_of(book: Book, number: int, user: User | None) -> Correction:
    """Return a correction of a book.

    Raises:
        Http404: There is none.
    """
    row = corrections_of(book, user).filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def line(row: Correction, user: User | None) -> dict[str, Any]:
    """Return a correction as it looks from outside."""
    return {
        "id": row.pk,
        "segment": row.segment_id,
        "position": row.segment.position,
        "kind": row.kind,
        "was": row.was,
        "text": row.text,
        "korean": row.korean,
        "spelling": spelling_of(row.text, row.segment.book),
        "region": row.region,
        "village": row.village,
        "consent": row.consent,
        "licence": row.licence,
        "state": row.state,
        "by": row.user.username,
        "mine": user is not None and row.user_id == user.pk,
        "votes": row.count,
        "voted": row.voted,
        "created_at": row.created_at,
        "decided_at": row.decided_at,
    }


def spelling_of(text: str, book: Book) -> str:
    """Return `araea` where a text shows it, else the spelling its book is made in."""
    return "araea" if has_araea(text) else str(book.spelling)


def training_rows(user: User) -> QuerySet[Correction]:
    """Return what models may learn from, as far as a user may take it away.

    That is what its author consents to and a book's owner or votes took over: of one's own books,
    and for admins of every public book under a free licence. A book that is taken back or taken
    down is not among them any more.
    """
    own = Q(segment__book__owner=user)
    free = Q(
        segment__book__visibility=Visibility.PUBLIC,
        segment__book__taken_down_at=None,
        segment__book__licence__in=_FREE,
    )
    kept = Correction.objects.filter(own | free if user.is_admin else own, consent=True)
    # Of a Jeju original that was not translated yet there is nothing to learn from.
    kept = kept.filter(state__in=(Standing.ACCEPTED, Standing.VARIANT)).exclude(korean="")
    return kept.select_related("segment", "segment__book").annotate(count=Count("votes"))


def training_lines(user: User) -> Iterator[dict[str, Any]]:
    """Yield corrections as `kosorong corpus import corrections` reads them; nobody is named."""
    for row in training_rows(user).order_by("pk").iterator(_PAGE):
        yield {
            "id": _name_of(row),
            "korean": row.korean,
            "jeju": row.text,
            "was": row.was,
            "kind": row.kind,
            "spelling": spelling_of(row.text, row.segment.book),
            "region": row.region,
            "village": row.village,
            # As SPDX writes it, and with it every corpus.
            "licence": row.licence.replace(" ", "-"),
            "consent": True,
            "book": row.segment.book_id,
            "segment": row.segment_id,
            "votes": row.count,
            "date": row.created_at.date().isoformat(),
        }


def _name_of(row: Correction) -> str:
    """Return a name that no correction of another library has; it tells nothing of anybody."""
    return str(salted_hmac("correction", str(row.pk), algorithm="sha256").hexdigest())[:16]
