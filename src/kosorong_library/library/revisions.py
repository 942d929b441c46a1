"""The revision of a book: a number that goes up whenever something of its sound changes.

It is what people changed and what was made, added up. A worker writes nothing down for it: of a
book that many make at once each would wait for the others. What people do that lets made segments
be made again counts for more than those were.
"""

from __future__ import annotations

from django.db.models import F

from kosorong_library.library.models import Book, State


def revision_of(book: Book, done: int | None = None) -> int:
    """Return the revision of a book.

    Args:
        book: As it was read now.
        done: Segments of it that can be heard; counted where None.
    """
    if done is None:
        done = book.segments.filter(state=State.DONE).count()
    return int(book.revision) + done


def raise_revision(book: int, segments: int = 1, *, texts: bool = False) -> None:
    """Write down that people changed something of a book; there may be something to make again.

    Args:
        book: Its number.
        segments: How many at most were made before and may not be any more.
        texts: Whether a text went that its index of letters knows.
    """
    loose = {"loose": True} if texts else {}
    Book.objects.filter(pk=book).update(
        revision=F("revision") + segments + 1, unfinished=True, **loose
    )
