"""Finding books and sentences, however arae-a was spelled.

Which books may hold a word is told by an index of letters: of every book the single ones and the
pairs that stand in its texts (`library.models.Letters`). A word of one syllable or two is found by
it alone; of a longer one those books are looked through that have all its pairs.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from kosorong.text.letters.folding import fold
from kosorong_library.library.bounds import MAX_FOLDED
from kosorong_library.library.models import Book, Letters, Passage, Segment

_BATCH = 500
_ROWS = 2000
_MOST_WORDS = 10
_INDEXED = 2


def words_of(search: str) -> list[str]:
    """Return the folded words that are looked for, at most ten."""
    return fold(search).split()[:_MOST_WORDS]


def letters_of(folded: str) -> set[str]:
    """Return the single letters of a folded text, and the pairs inside of its words.

    >>> sorted(letters_of("돌 담이"))
    ['담', '담이', '돌', '이']
    """
    words = folded.split()
    pairs = {one + other for word in words for one, other in pairwise(word)}
    return pairs.union(*words)


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
    candidates = books
    for word in words:
        candidates = candidates.filter(Q(folded__contains=word) | _may_hold(word))
    rows = dict(candidates.values_list("pk", "loose").order_by())
    sure = [pk for pk, loose in rows.items() if not loose]
    unsure = [pk for pk, loose in rows.items() if loose]
    longer = [word for word in words if len(word) > _INDEXED]
    return books.filter(pk__in=_looked_through(sure, longer) + _looked_through(unsure, words))


def _may_hold(word: str) -> Q:
    """Return the condition that a book has all letters and pairs of a word in its index."""
    wanted = sorted(letters_of(word)) if len(word) == 1 else [a + b for a, b in pairwise(word)]
    condition = Q()
    for letters in wanted:
        condition &= Exists(Letters.objects.filter(book=OuterRef("pk"), letters=letters))
    return condition


def _looked_through(books: list[int], words: list[str]) -> list[int]:
    """Return those books that hold words, by their texts."""
    if not words or not books:
        return books
    rows = Book.objects.filter(pk__in=books)
    for word in words:
        # A book's texts are read as far as the first that holds the word.
        texts = Passage.objects.filter(book=OuterRef("pk"), folded__contains=word)
        rows = rows.filter(Q(folded__contains=word) | Exists(texts))
    return list(rows.values_list("pk", flat=True).order_by())


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


def index(segments: Iterable[Segment], *, learn: bool = True) -> None:
    """Write down what segments look like when they are searched.

    Args:
        segments: Which.
        learn: Whether their letters are to be written down too.
    """
    rows = [
        Passage(segment=segment, book_id=segment.book_id, folded=text_line(segment))
        for segment in segments
    ]
    if learn:
        learn_letters((row.book_id, row.folded) for row in rows)
    # MySQL finds what a row is in conflict with by itself, and takes no word for it.
    named = connection.features.supports_update_conflicts_with_target
    Passage.objects.bulk_create(
        rows,
        _BATCH,
        update_conflicts=True,
        update_fields=["folded"],
        unique_fields=["segment"] if named else None,
    )


def learn_letters(texts: Iterable[tuple[int, str]]) -> None:
    """Write down the letters of books' folded texts that are not known yet.

    Workers do so before the transaction in which texts change: whoever writes the same letters
    waits for one statement, and a book that has letters too many is only looked through in vain.
    """
    letters = {(book, one) for book, folded in texts for one in letters_of(folded)}
    rows = [Letters(book_id=book, letters=one) for book, one in sorted(letters)]
    Letters.objects.bulk_create(rows, _ROWS, ignore_conflicts=True)


def learnt_in_vain(book: int) -> None:
    """Write down that letters of a book were learnt whose texts were not kept in the end."""
    if not Book.objects.filter(pk=book).update(loose=True):
        Letters.objects.filter(book=book).delete()


def learn_all() -> None:
    """Write down the letters of all books, of which none are known."""
    for number in Book.objects.values_list("pk", flat=True).order_by("pk"):
        texts = Passage.objects.filter(book=number).values_list("folded", flat=True)
        known: set[str] = set()
        for folded in texts.iterator(_ROWS):
            known |= letters_of(folded)
        learn_letters([(number, " ".join(known))])


def tighten() -> int:
    """Forget letters that no text of their book has any more; return of how many books."""
    numbers = list(Book.objects.filter(loose=True).values_list("pk", flat=True))
    for number in numbers:
        # What is changed from here on marks the book again.
        Book.objects.filter(pk=number).update(loose=False)
        known: set[str] = set()
        for folded in Passage.objects.filter(book=number).values_list("folded", flat=True):
            known |= letters_of(folded)
        rows = Letters.objects.filter(book=number)
        gone = sorted(set(rows.values_list("letters", flat=True)) - known)
        for start in range(0, len(gone), _BATCH):
            rows.filter(letters__in=gone[start : start + _BATCH]).delete()
    return len(numbers)
