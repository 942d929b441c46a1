"""Reads: which books of a shelf, in which order, and what there is to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, FloatField, OuterRef, Q, QuerySet, Subquery, Sum

from kosorong_library.library.models import Book, Language, Segment, State, Wish
from kosorong_library.library.search import words_of

ORDERS = ("newest", "oldest", "title", "author")
STATES = ("done", "making", "resting")
"""Whole; being made; stopped before its end, by somebody or by a fault."""
_COLUMNS = {
    "newest": ("-id",),
    "oldest": ("id",),
    "title": ("title", "-id"),
    "author": ("author", "title", "-id"),
}


_MOST_LENGTHS = 10_000
# By the state of a book: another one is measured anew.
_lengths: dict[tuple[object, ...], int] = {}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for on a shelf; everything where empty.

    Attributes:
        state: One of `STATES`.
        licence: Of the text.
        tag: One of a book's tags.
        series: That books are part of.
        order: One of `ORDERS`.
    """

    state: str = ""
    licence: str = ""
    tag: str = ""
    series: str = ""
    order: str = ""


def chosen(books: QuerySet[Book], wanted: Wanted) -> QuerySet[Book]:
    """Return those books of a shelf that are looked for, in the order that is."""
    if wanted.state:
        books = books.filter(_in_state(wanted.state))
    if wanted.licence:
        books = books.filter(licence=wanted.licence)
    if wanted.tag:
        books = books.filter(tags__contains=f"\n{wanted.tag}\n")
    if wanted.series:
        books = books.filter(series=wanted.series)
    return books.order_by(*_COLUMNS[wanted.order]) if wanted.order else books


def _in_state(state: str) -> Q:
    segments = Segment.objects.filter(book=OuterRef("pk"))
    uncut = Q(uncut__gt=0)
    unfinished = uncut | Exists(segments.exclude(state=State.DONE))
    if state == "done":
        return ~unfinished
    making = Q(wish=Wish.RUN) & (uncut | Exists(segments.filter(state=State.WAITING)))
    return making if state == "making" else unfinished & ~making


def choices(books: QuerySet[Book]) -> dict[str, list[str]]:
    """Return what the books of a shelf can be chosen by: languages, licences, tags, series."""
    rows = set(books.order_by().values_list("language", "licence", "tags", "series").distinct())
    tags = {tag for _, _, line, _ in rows for tag in line.split("\n")}
    return {
        "languages": _told(row[0] for row in rows),
        "licences": _told(row[1] for row in rows),
        "tags": _told(tags),
        "series": _told(row[3] for row in rows),
    }


def _told(values: Iterable[str]) -> list[str]:
    return sorted(filter(None, set(values)))


def lengths_of(books: Iterable[tuple[Book, int]]) -> dict[int, int]:
    """Return how long the sentences of books sound that are made, milliseconds, by their number.

    One question for all whose length is not known since they last changed.

    Args:
        books: Each with its number of sentences that can be heard.
    """
    states = {book.pk: (book.pk, book.created_at, book.revision, done) for book, done in books}
    missing = [number for number, state in states.items() if state[-1] and state not in _lengths]
    if missing:
        _keep_lengths({states[number]: ms for number, ms in _measured(missing).items()})
    return {number: _lengths.get(state, 0) for number, state in states.items()}


def _keep_lengths(found: dict[tuple[object, ...], int]) -> None:
    if len(_lengths) > _MOST_LENGTHS:
        _lengths.clear()
    _lengths.update(found)


def _measured(books: list[int]) -> dict[int, int]:
    sound = F("take__samples") * 1000.0 / F("take__sample_rate")
    rows = Segment.objects.filter(book__in=books, state=State.DONE).values_list("book").order_by()
    told = rows.annotate(ms=Sum(sound, output_field=FloatField()))
    return dict.fromkeys(books, 0) | {book: round(ms or 0) for book, ms in told}


def excerpts(books: Iterable[Book], search: str) -> dict[int, dict[str, Any]]:
    """Return where in their texts books hold what is looked for, by their number.

    The first sentence that holds every word, else the first that holds one of them; nothing for a
    book that has them in its title or author alone.
    """
    words = words_of(search)
    missing = {book.pk: book for book in books}
    found: dict[int, dict[str, Any]] = {}
    for condition in _conditions(words):
        # A book's sentences are read as far as the first that holds what is looked for.
        rows = Segment.objects.filter(condition, book=OuterRef("pk")).order_by("position")
        holds = Book.objects.filter(pk__in=list(missing)).order_by()
        firsts = holds.annotate(first=Subquery(rows.values("position")[:1]))
        first = dict(firsts.filter(first__isnull=False).values_list("pk", "first"))
        found |= _sentences(missing, first)
        missing = {number: book for number, book in missing.items() if number not in first}
        if not missing:
            break
    return found


def _conditions(words: list[str]) -> list[Q]:
    """Return what a sentence has to hold: every word; and for the rest, one of them."""
    if not words:
        return []
    every, any_ = Q(), Q()
    for word in words:
        every &= Q(passage__folded__contains=word)
        any_ |= Q(passage__folded__contains=word)
    return [every, any_] if len(words) > 1 else [every]


def _sentences(books: dict[int, Book], first: dict[int, int]) -> dict[int, dict[str, Any]]:
    places = Q(pk__in=[])
    for book, position in first.items():
        places |= Q(book=book, position=position)
    columns = ("book", "position", "source_text", "target_text")
    return {
        book: _excerpt(books[book], position, source, target)
        for book, position, source, target in Segment.objects.filter(places).values_list(*columns)
    }


def _excerpt(book: Book, position: int, source: str, target: str) -> dict[str, Any]:
    korean = book.language == Language.KOREAN
    text, beside = (target, source) if korean else (source, target)
    return {"position": position, "text": text, "beside": beside}
