"""Writes: how words are said in a user's books; what they stand in is spoken again."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from kosorong.text.letters.folding import fold
from kosorong.text.letters.normalize import normalize
from kosorong_library.accounts.models import User
from kosorong_library.config.errors import Conflict
from kosorong_library.library.models import Segment, State
from kosorong_library.studio import editing
from kosorong_library.studio.models import Pronunciation
from kosorong_library.studio.pronunciation_lexicon import PronunciationLexicon

MOST = 1000
"""Pronunciations of one user: every sentence is looked through for all of them."""


def put(user: User, term: str, spoken: str) -> Pronunciation:
    """Say a word otherwise than it is written, in all books of a user.

    Raises:
        Conflict: There are as many as one may have.
    """
    term, spoken = normalize(term), normalize(spoken)
    with transaction.atomic():
        rows = Pronunciation.objects.filter(user=user)
        if not rows.filter(term=term).exists() and rows.count() >= MOST:
            raise Conflict(
                f"You have {MOST} pronunciations, as many as one may have; delete one.",
                {"reason": "too_many_pronunciations"},
            )
        row, _ = Pronunciation.objects.update_or_create(
            user=user, term=term, defaults={"spoken": spoken}
        )
        _speak_again(user, term)
    return row


def remove(row: Pronunciation) -> None:
    """Say a word as it is written again."""
    with transaction.atomic():
        user, term = row.user, row.term
        row.delete()
        _speak_again(user, term)


def preview(user: User, term: str, spoken: str) -> dict[str, Any]:
    """Return the sentences that a pronunciation would change: how many, and the first fifty."""
    term = normalize(term)
    lexicon = PronunciationLexicon({term: normalize(spoken)})

    def change(segment: Segment) -> dict[str, str]:
        before = editing.jeju_of(segment)
        return {"before": before, "after": lexicon.respell(before)}

    return editing.preview(holding(user, term), change)


def holding(user: User, term: str) -> list[Segment]:
    """Return the segments of a user's books in which a term is read by a machine."""
    # Any other word does, as long as it is not the same: only where it stands is asked.
    lexicon = PronunciationLexicon({term: f"{term}·"})
    return [
        segment for segment in _candidates(user, term) if lexicon.respell(editing.jeju_of(segment))
    ]


def _candidates(user: User, term: str) -> QuerySet[Segment]:
    rows = Segment.objects.filter(
        Q(take=None) | Q(take__synthetic=True),
        book__owner=user,
        passage__folded__contains=fold(term),
        spoken_text="",
    )
    return rows.select_related("book").order_by("book", "position")


def _speak_again(user: User, term: str) -> None:
    found = holding(user, term)
    editing.speak_again(
        segment for segment in found if segment.state != State.WAITING or segment.claimed_by
    )
