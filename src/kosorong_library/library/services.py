"""Writes: a manuscript becomes a book; wishes, deletion."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Sum
from django.utils.crypto import get_random_string

from kosorong.book.edition import picture_type
from kosorong.book.manuscript import Manuscript
from kosorong.book.options import original_language
from kosorong.errors import InputError
from kosorong.text.cleaning import clean, plain
from kosorong_library.accounts.models import User
from kosorong_library.config.deadlocks import retried
from kosorong_library.config.errors import Conflict
from kosorong_library.library import arrival, search, sources
from kosorong_library.library.bounds import MAX_TITLE
from kosorong_library.library.covers import ENDINGS
from kosorong_library.library.manuscripts import Sent
from kosorong_library.library.models import Book, Chapter, Segment, State, Uncut, Wish
from kosorong_library.library.signals import takes_left, work_wanted
from kosorong_library.storage.files import check_quota, forget, keep


def create_book(
    owner: User,
    sent: Sent,
    *,
    title: str = "",
    language: str = "",
    voice: str = "",
    spelling: str = "araea",
    author: str = "",
    strength: float = 1.0,
    speed: float = 1.0,
    narrated: bool = False,
) -> Book:
    """Put a manuscript into the library; its production begins in the background.

    Args:
        owner: Whose book it will be.
        sent: What was sent, read.
        title: As it was typed: markup in it is not ours to take out. The manuscript's where empty.
        language: Of the original; the one that the file declares where empty.
        voice: Reads it; the service's own choice where empty.
        spelling: Of Jeju made by translation (`kosorong.ports.SPELLINGS`).
        author: As it was typed; the manuscript's where empty.
        strength: Of Jeju made by translation, 0 to 1.
        speed: 1.0 is the voice's own pace.
        narrated: Its owner reads it: nothing is spoken before they sent a recording.

    Raises:
        Conflict: The user has as many books, or as much in them, as one may have here.
        InputError: There is nothing to read in it.
        StorageError: The disk is full, or the library as large as it may be.
    """
    _check_book_limit(owner)
    manuscript = sent.manuscript
    check_quota(sent.path.stat().st_size + len(manuscript.cover or b""))
    pieces = arrival.pieces_of(manuscript)
    first = arrival.cut(pieces[0])
    if not first and len(pieces) == 1:
        raise InputError(
            "there is nothing to read in it.",
            where=sources.title_of(manuscript, title),
            cure="Give a text with words in it.",
        )
    _check_segment_limit(owner, pieces)
    spoken, assumed = original_language(manuscript.language, language)
    warnings = [*manuscript.warnings, *([assumed] if assumed else [])]
    book = Book(
        owner=owner,
        title=sources.title_of(manuscript, title),
        author=plain(author)[:MAX_TITLE] or sources.author_of(manuscript),
        language=spoken,
        voice=voice,
        spelling=spelling,
        strength=strength,
        speed=speed,
        wish=Wish.PAUSE if narrated else Wish.RUN,
        warnings=[clean(line) for line in warnings],
        skipped=[[clean(part) for part in asdict(s).values()] for s in manuscript.skipped],
        source=sources.source_of(manuscript),
        uncut=len(pieces) - 1,
    )
    book.folded = search.book_line(book)
    others = arrival.uncut(pieces[1:])
    kept: list[str] = []
    try:
        _keep_files(book, sent, kept)
        _write(book, manuscript, first, others)
    except BaseException:
        forget(kept)
        raise
    return book


@retried
def _write(
    book: Book,
    manuscript: Manuscript,
    first: list[arrival.Cut],
    others: list[Uncut],
) -> None:
    """Write down a new book: everything that takes long was done before."""
    book.pk = None
    with transaction.atomic():
        book.save(force_insert=True)
        arrival.lay_chapters(
            book,
            [
                Chapter(
                    book=book,
                    position=i,
                    title=plain(chapter.title),
                    level=max(1, chapter.level),
                    notes=[clean(note) for note in chapter.notes],
                )
                for i, chapter in enumerate(manuscript.chapters)
            ],
        )
        arrival.lay(book, first)
        arrival.keep_uncut(book, others)
        transaction.on_commit(partial(work_wanted.send, None))


def _check_book_limit(owner: User) -> None:
    most = settings.BOOKS_PER_USER
    if most and not settings.SINGLE_USER and owner.books.count() >= most:
        raise Conflict(
            f"You have {most} books, as many as one may have here; delete one that is not needed.",
            {"reason": "too_many_books", "limit": most},
        )


def _check_segment_limit(owner: User, pieces: list[list[arrival.Paragraph]]) -> None:
    """Refuse a text that is too long; it is cut for it only where it may be."""
    most = settings.SEGMENTS_PER_USER
    if not most or settings.SINGLE_USER:
        return
    uncut = Uncut.objects.filter(book__owner=owner).aggregate(most=Sum("most"))["most"] or 0
    have = Segment.objects.filter(book__owner=owner).count() + uncut
    if have + arrival.most_segments(pieces) <= most:
        return
    more = sum(len(arrival.cut(piece)) for piece in pieces)
    if have + more > most:
        raise Conflict(
            f"This book has {more} sentences, your others have {have}; one may have {most} here."
            " Delete a book that is not needed, or bring this one in volumes.",
            {"reason": "too_much_text", "limit": most, "have": have, "more": more},
        )


def _keep_files(book: Book, sent: Sent, kept: list[str]) -> None:
    """Keep the original and the cover; `kept` learns their names, for undoing."""
    # A disk or a bucket takes its time, so that the book has no number yet.
    folder = f"books/{get_random_string(12)}"
    with sent.path.open("rb") as file:
        book.original = keep(f"{folder}/original{sent.path.suffix}", File(file))
    kept.append(book.original.name)
    cover = sent.manuscript.cover
    kind = picture_type(cover or b"")
    if cover and kind:
        book.cover = keep(f"{folder}/cover.{ENDINGS[kind]}", ContentFile(cover))
        kept.append(book.cover.name)


def delete_book(book: Book) -> None:
    """Delete a book and every file that no other book uses."""
    with transaction.atomic():
        takes = set(book.segments.exclude(take=None).values_list("take", flat=True))
        names = [book.original.name, book.cover.name]
        names += book.exports.values_list("file", flat=True)
        names += book.chapters.values_list("narration__audio", flat=True)
        spoken = book.segments.exclude(korean_sound=None)
        names += spoken.values_list("korean_sound__audio", flat=True)
        book.delete()
        takes_left.send(None, takes=takes)
        transaction.on_commit(partial(forget, names))


def set_wish(book: Book, wish: str) -> Book:
    """Write down what the maker wants; running again gives failed segments another try."""
    with transaction.atomic():
        book.wish, book.unfinished = wish, True
        book.save(update_fields=["wish", "unfinished"])
        if wish == Wish.RUN:
            book.segments.filter(state=State.FAILED).update(
                state=State.WAITING, problem="", attempts=0, not_before=None
            )
            book.segments.filter(state=State.WAITING).update(not_before=None)
            transaction.on_commit(partial(work_wanted.send, None))
    return book
