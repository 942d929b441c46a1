"""How words and names are translated in a user's books; what they stand in is translated again."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from kosorong.terms import Term, Terms
from kosorong_library.accounts.models import User
from kosorong_library.config.errors import Conflict
from kosorong_library.library.models import PERSON, Language, Segment
from kosorong_library.studio import editing
from kosorong_library.studio.models import FixedTerm

MOST = 1000
"""Terms of one user: they are sent with every request for translation."""
_SHOWN = 50
_BATCH = 500


def terms_of(user: int) -> Terms:
    """Return the terms of a user."""
    rows = FixedTerm.objects.filter(user=user).values_list("korean", "jeju")
    return Terms(tuple(Term(korean, jeju) for korean, jeju in rows))


def put(user: User, term: Term) -> FixedTerm:
    """Fix how a word is translated in all books of a user.

    Raises:
        Conflict: There are as many as one may have.
    """
    with transaction.atomic():
        rows = FixedTerm.objects.filter(user=user)
        old = rows.filter(korean=term.korean).first()
        if old is None and rows.count() >= MOST:
            raise Conflict(
                f"You have {MOST} terms, as many as one may have; delete one.",
                {"reason": "too_many_terms"},
            )
        if old is not None and old.jeju != term.jeju:
            _translate_again(user, Term(old.korean, old.jeju))
        row, _ = FixedTerm.objects.update_or_create(
            user=user, korean=term.korean, defaults={"jeju": term.jeju}
        )
        _translate_again(user, term)
    return row


def remove(row: FixedTerm) -> None:
    """Leave a word to the translator again."""
    with transaction.atomic():
        user, term = row.user, Term(row.korean, row.jeju)
        row.delete()
        _translate_again(user, term)


def preview(user: User, term: Term) -> dict[str, Any]:
    """Return the sentences that a term would change: how many, and the first fifty."""
    found = holding(user, term)
    rows = found.select_related("book").order_by("book", "position")[:_SHOWN]
    return {
        "count": found.count(),
        "results": [
            {
                "book": one.book_id,
                "title": one.book.title,
                "segment": one.pk,
                "position": one.position,
                "text": one.source_text,
                "before": one.target_text,
            }
            for one in rows
        ],
    }


def holding(user: User, term: Term) -> QuerySet[Segment]:
    """Return the segments of a user's books that hold a term and a machine translated and reads."""
    korean = Q(book__language=Language.KOREAN, source_text__contains=term.korean)
    jeju = Q(book__language=Language.JEJU, source_text__contains=term.jeju)
    read = Q(take=None) | Q(take__synthetic=True)
    rows = Segment.objects.filter(read, korean | jeju, book__owner=user)
    # What waits is translated by the terms of then, but what a worker holds by those it read.
    return rows.exclude(Q(translation_key=PERSON) | Q(translation_key="", claimed_by=""))


def _translate_again(user: User, term: Term) -> None:
    numbers = list(holding(user, term).values_list("pk", flat=True))
    for start in range(0, len(numbers), _BATCH):
        editing.translate_again(Segment.objects.filter(pk__in=numbers[start : start + _BATCH]))
