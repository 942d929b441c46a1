"""Covers: the source's, one's own, or drawn once; what the page shows, files of the book hold."""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.db import transaction

from kosorong.book.covers import draw_cover
from kosorong.book.drawing import drawn, is_drawn, is_svg
from kosorong.book.edition import picture_type
from kosorong.book.readers.svg import hardened
from kosorong.errors import InputError
from kosorong_library.library.models import Book
from kosorong_library.library.revisions import raise_revision
from kosorong_library.storage.files import check_quota, forget, keep

MOST_BYTES = 8 << 20
"""Of a picture that somebody brings."""
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif"}
_TYPES = {f".{ending}": media_type for media_type, ending in ENDINGS.items()}
_DRAWN = "/drawn"


def is_drawn_cover(book: Book) -> bool:
    """Return whether a book's cover was drawn here, and would be drawn anew for another title."""
    return _DRAWN in book.cover.name if book.cover else False


def version_of(book: Book) -> str:
    """Return what of a cover stands in its address: another cover, another address."""
    name = book.cover.name if book.cover else f"{book.title}\n{book.author}"
    return hashlib.sha256(name.encode()).hexdigest()[:12]


def media_type_of(book: Book) -> str:
    """Return the media type of a book's cover; one that is yet to be drawn will be a PNG."""
    name = book.cover.name if book.cover else f"{_DRAWN}.png"
    return _TYPES.get(PurePath(name).suffix, "application/octet-stream")


def cover_of(book: Book) -> str:
    """Return the name of a book's cover in the storage; where there is none, it is drawn.

    Raises:
        StorageError: The disk is full.
    """
    if book.cover:
        return str(book.cover.name)
    picture = draw_cover(book.title, book.author)
    name = keep(f"{book.folder}{_DRAWN}.png", ContentFile(picture))
    if Book.objects.filter(pk=book.pk, cover="").update(cover=name):
        book.cover = name
        return name
    # Somebody else was faster, or brought one; or the book is gone.
    forget([name])
    book.refresh_from_db(fields=["cover"])
    return str(book.cover.name)


def set_cover(book: Book, picture: bytes, where: str) -> Book:
    """Give a book a cover of one's own.

    Args:
        book: Whose.
        picture: JPEG, PNG, GIF, WebP, BMP or SVG.
        where: Its name, for messages.

    Raises:
        InputError: It is no picture that can be shown.
        StorageError: The disk is full, or the library as large as it may be.
    """
    check_quota(len(picture))
    if not is_drawn(picture):
        svg = hardened(picture, where, lambda _: b"").encode() if is_svg(picture) else picture
        picture = drawn(svg, where)
    kind = picture_type(picture)
    if kind not in ENDINGS:
        raise InputError("This is no picture.", where=where, cure="Give it as PNG or JPEG.")
    return _put(book, keep(f"{book.folder}/cover.{ENDINGS[kind]}", ContentFile(picture)))


def drop_cover(book: Book) -> Book:
    """Take a book's cover away; one is drawn in its place."""
    return _put(book, "")


def _put(book: Book, name: str) -> Book:
    with transaction.atomic():
        old = Book.objects.select_for_update().values_list("cover", flat=True).get(pk=book.pk)
        Book.objects.filter(pk=book.pk).update(cover=name)
        raise_revision(book.pk, 0)
        transaction.on_commit(partial(forget, [old]))
    book.refresh_from_db()
    return book
