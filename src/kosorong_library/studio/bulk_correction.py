"""One correction, offered for all books of a user: what it would change, and the change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from kosorong.text.letters.folding import fold
from kosorong_library.accounts.models import User
from kosorong_library.library.models import Segment
from kosorong_library.studio import editing
from kosorong_library.studio.models import Correction, CorrectionKind

MOST = 200
"""Sentences that are offered at once."""


@dataclass(frozen=True, slots=True)
class Swap:
    """The words in which two sentences differ.

    Attributes:
        before: That stood there; "" where only the whole sentence is known to be other.
        after: That stand there now.

    >>> Swap.between("ᄇᆞ름 하영 분다", "ᄇᆞ름이 하영 분다")
    Swap(before='ᄇᆞ름', after='ᄇᆞ름이')
    """

    before: str
    after: str

    @classmethod
    def between(cls, was: str, text: str) -> Swap:
        """Return what two sentences do not share at their ends."""
        old, new = was.split(), text.split()
        start = 0
        while start < min(len(old), len(new)) and old[start] == new[start]:
            start += 1
        end = 0
        while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
            end += 1
        return cls(" ".join(old[start : len(old) - end]), " ".join(new[start : len(new) - end]))

    def apply(self, text: str) -> str:
        """Return a text with the words changed wherever they stand as words."""
        if not self.before:
            return text
        pattern = rf"(?<!\S){re.escape(self.before)}(?!\S)"
        return re.sub(pattern, lambda _: self.after, text)


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence that a correction would change.

    Attributes:
        segment: Which, with its book.
        column: Of its text.
        before: What stands there.
        after: What would.
    """

    segment: Segment
    column: str
    before: str
    after: str


def changes(correction: Correction, user: User) -> Iterator[Change]:
    """Yield what a correction would change in a user's own books, in order.

    The same sentence becomes the corrected one; in others, the words that were changed are.
    """
    reading = correction.kind == CorrectionKind.READING
    swap = Swap.between(correction.was, correction.text)
    for segment in _candidates(correction, swap, user).iterator(MOST):
        jeju = editing.jeju_of(segment)
        before = (segment.spoken_text or jeju) if reading else jeju
        after = correction.text if before == correction.was else swap.apply(before)
        if after != before:
            column = "spoken_text" if reading else editing.jeju_column(segment.book)
            yield Change(segment, column, before, after)


def _candidates(correction: Correction, swap: Swap, user: User) -> QuerySet[Segment]:
    words = fold(swap.before or correction.was)
    rows = Segment.objects.filter(book__owner=user, passage__folded__contains=words)
    rows = rows.exclude(pk=correction.segment_id)
    return rows.select_related("book", "chapter").order_by("book", "position")


def apply(correction: Correction, user: User, segments: Sequence[int]) -> int:
    """Change those of the offered sentences that were chosen; return how many."""
    wanted, count = set(segments), 0
    with transaction.atomic():
        for change in list(changes(correction, user)):
            if change.segment.pk in wanted:
                editing.edit(change.segment, {change.column: change.after}, user, correction)
                count += 1
    return count
