"""Reads: books with their progress, texts, segments. None of them asks the inference server."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Avg, Count, F, Min, QuerySet
from django.http import Http404

from kosorong_library.accounts.models import User
from kosorong_library.config.clock import now
from kosorong_library.config.errors import Conflict
from kosorong_library.library.models import Book, Chapter, Language, Segment, State, Wish

_RECENT = 40
_HEADING = "heading"
# At rest nothing more will happen until somebody asks for it.
AT_REST = frozenset({"paused", "cancelled", "failed", "done"})


@dataclass(frozen=True, slots=True)
class BookProgress:
    """How far a book is.

    Attributes:
        total: Segments.
        done: Segments that can be heard.
        failed: Segments that need somebody.
    """

    total: int = 0
    done: int = 0
    failed: int = 0

    @property
    def waiting(self) -> int:
        """Segments that are still to come."""
        return self.total - self.done - self.failed


def books_of(user: User) -> QuerySet[Book]:
    """Return a user's books, newest first."""
    return Book.objects.filter(owner=user)


def segment_of(book: Book, number: int) -> Segment:
    """Return a segment of a book.

    Raises:
        Http404: There is none.
    """
    rows = Segment.objects.select_related("chapter", "take", "book")
    segment = rows.filter(book=book, pk=number).first()
    if segment is None:
        raise Http404
    return segment


def segment_named(book: Book, number: int) -> Segment:
    """Return the segment of a book that a body names.

    Raises:
        Conflict: The book has none of this number.
    """
    segment = book.segments.filter(pk=number).first()
    if segment is None:
        raise Conflict(
            "This book has no such segment; open the book again.", {"reason": "no_segment"}
        )
    return segment


def progress_of(books: Iterable[int]) -> dict[int, BookProgress]:
    """Return the progress of books by their number, with one query for all of them."""
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    rows = Segment.objects.filter(book__in=list(books)).values_list("book", "state")
    for book, state, count in rows.annotate(count=Count("pk")).order_by():
        counts[book][state] = count
    return {
        book: BookProgress(sum(by.values()), by.get(State.DONE, 0), by.get(State.FAILED, 0))
        for book, by in counts.items()
    }


def chapters_of(book: Book, progress: BookProgress) -> list[tuple[Chapter, BookProgress]]:
    """Return the chapters in order, and how far each is.

    A chapter's segments stand together: its first and their number are read from one index, the
    positions of the fewer, done or not, from another. Rows of segments are never touched.
    """
    spans = Segment.objects.filter(chapter__book=book).values_list("chapter").order_by()
    firsts = {
        chapter: (first, count)
        for chapter, first, count in spans.annotate(first=Min("position"), count=Count("pk"))
    }
    mostly = 2 * progress.done > progress.total
    states = (State.WAITING, State.FAILED) if mostly else (State.DONE,)
    counted = book.segments.filter(state__in=states).values_list("position", flat=True)
    positions = sorted(counted.order_by())
    out = []
    for chapter in book.chapters.select_related("narration").order_by("position"):
        first, count = firsts.get(chapter.pk, (0, 0))
        these = bisect_left(positions, first + count) - bisect_left(positions, first)
        out.append((chapter, BookProgress(count, count - these if mostly else these)))
    return out


def headings_of(book: Book) -> dict[int, str]:
    """Return what chapters are called in Jeju, by their number: titles that are read as headings.

    A Jeju original names its chapters in Jeju already.
    """
    if book.language == Language.JEJU:
        return {}
    headings = book.segments.filter(kind=_HEADING, source_text=F("chapter__title"))
    rows = headings.exclude(target_text="").order_by("-position")
    return dict(rows.values_list("chapter", "target_text"))


def status_of(book: Book, progress: BookProgress) -> str:
    """Return the status, which follows from the segments and the maker's wish.

    Returns:
        `queued`, `producing`, `paused`, `cancelled`, `failed` or `done`.
    """
    if progress.done == progress.total and not book.uncut:
        return "done"
    if book.wish == Wish.CANCEL:
        return "cancelled"
    if book.wish == Wish.PAUSE:
        return "paused"
    if not progress.waiting and not book.uncut:
        return "failed"
    return "producing" if progress.done or book.served_at else "queued"


def problem_of(book: Book) -> str:
    """Return what keeps a book, or a part of it, from being made; "" where nothing does."""
    rows = book.segments.exclude(problem="").order_by("position")
    return str(rows.values_list("problem", flat=True).first() or "")


def seconds_left(book: Book, progress: BookProgress) -> float | None:
    """Return an estimate of the seconds until a book is done; None while nothing is known.

    The last segments say what one costs. Books take turns, so that of every other book that is
    being made, as many segments come before the end as this one still has. Workers share all of
    them; of this book alone no more can help than it has segments.
    """
    if not progress.waiting or book.wish != Wish.RUN:
        return None
    # The index of what is done, from its end: what is still to come is most of a new book.
    measured = Segment.objects.filter(state=State.DONE).exclude(cost=None)
    recent = measured.filter(book=book).order_by("-position")[:_RECENT]
    cost = recent.aggregate(mean=Avg("cost"))["mean"]
    if cost is None:
        cost = measured.order_by("-pk")[:_RECENT].aggregate(mean=Avg("cost"))["mean"]
    if cost is None:
        return None
    others = Segment.objects.filter(state=State.WAITING, book__wish=Wish.RUN).exclude(book=book)
    counts = others.values("book").annotate(count=Count("pk")).values_list("count", flat=True)
    turns = sum(min(count, progress.waiting) for count in counts.order_by())
    workers = min(workers_at_work(), progress.waiting)
    return round(float(cost) * (progress.waiting + turns) / max(1, workers), 1)


def workers_at_work() -> int:
    """Return how many processes hold something now."""
    # By the index of the first condition: of the others there are as many as there is text.
    held = Segment.objects.filter(claimed_by__gt="", claimed_until__gte=now())
    names = held.values_list("claimed_by", flat=True).distinct().order_by()
    return len({name.rpartition(":")[0] for name in names})


def content_of(book: Book) -> str:
    """Return the Jeju text of a book as far as there is one: a line a paragraph."""
    column = "target_text" if book.language == Language.KOREAN else "source_text"
    rows = book.segments.exclude(**{column: ""}).order_by("position")
    rows = rows.values_list("chapter", "paragraph", column)
    out: list[str] = []
    before: tuple[int, int] | None = None
    for chapter, paragraph, text in rows.iterator(500):
        if before is not None:
            same = before == (chapter, paragraph)
            out.append(" " if same else "\n" if before[0] == chapter else "\n\n")
        out.append(text)
        before = (chapter, paragraph)
    return "".join(out)


def sample_rate_of(book: Book) -> int | None:
    """Return the sample rate (Hz) of a book's sound; None where nothing can be heard."""
    done = book.segments.filter(state=State.DONE).exclude(take=None).order_by("position")
    rate = done.values_list("take__sample_rate", flat=True).first()
    return None if rate is None else int(rate)
