"""Finding books and sentences, however arae-a was spelled."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from kosorong.text.letters.folding import fold
from kosorong_library.library.models import MAX_FOLDED, Book, Passage, Segment

_BATCH = 500
_MOST_WORDS = 10


def words_of(search: str) -> list[str]:
    """Return the folded words that are looked for, at most ten."""
    return fold(search).split()[:_MOST_WORDS]


def matching(books: QuerySet[Book], search: str, language: str = "") -> QuerySet[Book]:
    """Return those books that hold every word, in title, author or text.

    Args:
        books: Among these.
        search: Words, in any spelling of arae-a; all books where there is none.
        language: Of the original; any where empty.
    """
    if language:
        books = books.filter(language=language)
    words = words_of(search)
    if not words:
        return books
    matches = books
    for word in words:
        # A book's texts are read as far as the first that holds the word.
        texts = Passage.objects.filter(book=OuterRef("pk"), folded__contains=word)
        matches = matches.filter(Q(folded__contains=word) | Exists(texts))
    # Asked for once: the list and its count would both walk through all texts.
    return books.filter(pk__in=list(matches.values_list("pk", flat=True).order_by()))


def matching_segments(segments: QuerySet[Segment], search: str) -> QuerySet[Segment]:
    """Return those segments that hold every word, in either language."""
    for word in words_of(search):
        segments = segments.filter(passage__folded__contains=word)
    return segments


def book_line(book: Book) -> str:
    """Return what of a book's title page is searched."""
    return fold(f"{book.title} {book.author}")[:MAX_FOLDED]


def text_line(segment: Segment) -> str:
    """Return what of a segment is searched."""
    return fold(f"{segment.source_text} {segment.target_text}")


def index(segments: Iterable[Segment]) -> None:
    """Write down what segments look like when they are searched."""
    rows = [
        Passage(segment=segment, book_id=segment.book_id, folded=text_line(segment))
        for segment in segments
    ]
    # MySQL finds what a row is in conflict with by itself, and takes no word for it.
    named = connection.features.supports_update_conflicts_with_target
    Passage.objects.bulk_create(
        rows,
        _BATCH,
        update_conflicts=True,
        update_fields=["folded"],
        unique_fields=["segment"] if named else None,
    )
