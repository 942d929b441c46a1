"""Writes: a manuscript becomes a book; wishes, deletion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from functools import partial

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction

from kosorong.book.edition import picture_type
from kosorong.book.manuscript import Manuscript, segments
from kosorong.book.options import original_language
from kosorong.errors import InputError
from kosorong.text.cleaning import clean, plain
from kosorong_library.accounts.models import User
from kosorong_library.config.errors import Conflict
from kosorong_library.library import search, sources
from kosorong_library.library.covers import ENDINGS
from kosorong_library.library.manuscripts import Sent
from kosorong_library.library.models import MAX_TITLE, Book, Chapter, Segment, State, Wish
from kosorong_library.library.signals import takes_left, work_wanted
from kosorong_library.storage.files import check_quota, forget, keep

_BATCH = 500


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
    check_quota()
    _check_book_limit(owner)
    manuscript = sent.manuscript
    spoken, assumed = original_language(manuscript.language, language)
    warnings = [*manuscript.warnings, *([assumed] if assumed else [])]
    kept: list[str] = []
    try:
        with transaction.atomic():
            book = Book.objects.create(
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
            )
            book.folded = search.book_line(book)
            _lay(book, manuscript)
            _keep_files(book, sent, kept)
            transaction.on_commit(partial(work_wanted.send, None))
    except BaseException:
        forget(kept)
        raise
    return book


def _check_book_limit(owner: User) -> None:
    most = settings.BOOKS_PER_USER
    if most and not settings.SINGLE_USER and owner.books.count() >= most:
        raise Conflict(
            f"You have {most} books, as many as one may have here; delete one that is not needed.",
            {"reason": "too_many_books", "limit": most},
        )


def _check_segment_limit(owner: User, more: int) -> None:
    most = settings.SEGMENTS_PER_USER
    if not most or settings.SINGLE_USER:
        return
    have = Segment.objects.filter(book__owner=owner).count()
    if have + more > most:
        raise Conflict(
            f"This book has {more} sentences, your others have {have}; one may have {most} here."
            " Delete a book that is not needed, or bring this one in volumes.",
            {"reason": "too_much_text", "limit": most, "have": have, "more": more},
        )


def _lay(book: Book, manuscript: Manuscript) -> None:
    """Write chapters and segments."""
    Chapter.objects.bulk_create(
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
        _BATCH,
    )
    # Asked for again: not every database tells the numbers of many new rows.
    rows = list(_segments(book, list(book.chapters.order_by("position")), manuscript))
    if not rows:
        raise InputError(
            "there is nothing to read in it.",
            where=book.title,
            cure="Give a text with words in it.",
        )
    _check_segment_limit(book.owner, len(rows))
    search.index(Segment.objects.bulk_create(rows, _BATCH))


def _segments(book: Book, chapters: list[Chapter], manuscript: Manuscript) -> Iterator[Segment]:
    position = 0
    for segment in segments(manuscript):
        text = clean(segment.text)
        if text.strip():
            yield Segment(
                book=book,
                chapter=chapters[segment.chapter],
                position=position,
                paragraph=segment.paragraph,
                kind=segment.kind,
                ends_paragraph=segment.ends_paragraph,
                source_text=text,
            )
            position += 1


def _keep_files(book: Book, sent: Sent, kept: list[str]) -> None:
    """Keep the original and the cover; `kept` learns their names, for undoing."""
    with sent.path.open("rb") as file:
        book.original = keep(f"{book.folder}/original{sent.path.suffix}", File(file))
    kept.append(book.original.name)
    cover = sent.manuscript.cover
    kind = picture_type(cover or b"")
    if cover and kind:
        book.cover = keep(f"{book.folder}/cover.{ENDINGS[kind]}", ContentFile(cover))
        kept.append(book.cover.name)
    book.save(update_fields=["original", "cover", "folded"])


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
        book.wish = wish
        book.save(update_fields=["wish"])
        if wish == Wish.RUN:
            book.segments.filter(state=State.FAILED).update(
                state=State.WAITING, problem="", attempts=0, not_before=None
            )
            book.segments.filter(state=State.WAITING).update(not_before=None)
            transaction.on_commit(partial(work_wanted.send, None))
    return book
