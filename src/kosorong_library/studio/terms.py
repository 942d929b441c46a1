"""How words and names are translated in a user's books; what they stand in is translated again."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction
from django.db.models import Q

from kosorong.terms import Term, Terms, begins_word
from kosorong_library.accounts.models import User
from kosorong_library.config.errors import Conflict
from kosorong_library.library.models import PERSON, Language, Segment
from kosorong_library.studio import editing
from kosorong_library.studio.models import FixedTerm

MOST = 1000
"""Terms of one user: they are sent with every request for translation."""


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
    return editing.preview(
        holding(user, term),
        lambda segment: {
            "language": segment.book.language,
            "text": segment.source_text,
            "before": segment.target_text,
        },
    )


def holding(user: User, term: Term) -> list[Segment]:
    """Return the segments of a user's books that hold a term and a machine translated and reads.

    They hold it where a word begins; what follows it, the translator looks at.
    """
    korean = Q(book__language=Language.KOREAN, source_text__contains=term.korean)
    jeju = Q(book__language=Language.JEJU, source_text__contains=term.jeju)
    read = Q(take=None) | Q(take__synthetic=True)
    rows = Segment.objects.filter(read, korean | jeju, book__owner=user)
    # What waits is translated by the terms of then, but what a worker holds by those it read.
    rows = rows.exclude(Q(translation_key=PERSON) | Q(translation_key="", claimed_by=""))
    ordered = rows.select_related("book").order_by("book", "position")
    return [segment for segment in ordered if _holds(segment, term)]


def _holds(segment: Segment, term: Term) -> bool:
    word = term.korean if segment.book.language == Language.KOREAN else term.jeju
    text = segment.source_text
    places = (match.start() for match in re.finditer(re.escape(word), text))
    return any(begins_word(text, place) for place in places)


def _translate_again(user: User, term: Term) -> None:
    editing.translate_again(holding(user, term))
