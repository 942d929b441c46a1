"""Doubted words: written down with their segments, and counted through the library."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from kosorong_library.accounts.models import User
from kosorong_library.library.bounds import MAX_LEMMA
from kosorong_library.library.models import Book, DoubtedWord, Segment, Visibility

_BATCH = 500


def write(segments: Iterable[Segment]) -> None:
    """Write down which words of segments are doubted now."""
    rows = list(segments)
    DoubtedWord.objects.filter(segment__in=[segment.pk for segment in rows]).delete()
    words = {
        (segment.pk, segment.book_id, str(lemma)[:MAX_LEMMA]): reason
        for segment in rows
        for _, lemma, reason in segment.doubts or ()
    }
    DoubtedWord.objects.bulk_create(
        [
            DoubtedWord(segment_id=segment, book_id=book, lemma=lemma, reason=reason)
            for (segment, book, lemma), reason in words.items()
        ],
        _BATCH,
    )


def by_mending(book: Book, segments: QuerySet[Segment], user: User | None) -> dict[int, int]:
    """Return how many doubts a correction of each doubted segment would mend, the most first.

    Counted are the segments of this book, of the user's own and of public books in which a word
    is doubted that is doubted here too. What others keep to themselves is not counted.

    Args:
        book: Whose segments.
        segments: Which of them.
        user: Who asks; None for somebody who is not logged in.
    """
    mine = DoubtedWord.objects.filter(book=book)
    seen = Q(book=book) | Q(book__visibility=Visibility.PUBLIC, book__taken_down_at=None)
    if user is not None:
        seen |= Q(book__owner=user)
    lemmas = mine.order_by().values("lemma").distinct()
    alike = DoubtedWord.objects.filter(seen, lemma__in=lemmas).order_by()
    counts = dict(alike.values_list("lemma").annotate(count=Count("pk")))
    mends: defaultdict[int, int] = defaultdict(int)
    here = mine.filter(segment__in=segments.order_by().values("pk"))
    for segment, lemma in here.order_by("segment__position").values_list("segment", "lemma"):
        mends[segment] += counts.get(lemma, 0)
    return dict(sorted(mends.items(), key=lambda row: -row[1]))
