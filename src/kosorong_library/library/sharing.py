"""Writes: who else may read a book; links, reports, what an operator takes down."""

from __future__ import annotations

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils import timezone
from django.utils.crypto import get_random_string

from kosorong.text.cleaning import plain
from kosorong_library.accounts.models import User
from kosorong_library.config.errors import Conflict
from kosorong_library.library.access import MOST_LINKS, SHARED
from kosorong_library.library.models import Book, Decision, Report, Ruling, Visibility
from kosorong_library.library.revisions import raise_revision

_KEY_LETTERS = 22


def set_sharing(book: Book, visibility: str, licence: str, attribution: str) -> Book:
    """Say who may read a book, and what its text is under.

    Args:
        book: Which; a link is made where it needs one, and one that nobody may use is forgotten.
        visibility: `private`, `unlisted` or `public`.
        licence: Of its text.
        attribution: Whom the text is from.

    Raises:
        Conflict: An operator took the book down, or it is to be public and has no licence.
    """
    if book.taken_down_at and visibility != Visibility.PRIVATE:
        raise Conflict(
            "An operator took this book down; ask them before showing it again.",
            {"reason": "taken_down"},
        )
    if visibility == Visibility.PUBLIC and not licence:
        raise Conflict("Say under which licence the text is shown.", {"reason": "licence_missing"})
    with transaction.atomic():
        printed = book.rights
        book.visibility, book.licence, book.attribution = visibility, licence, plain(attribution)
        if visibility != Visibility.UNLISTED:
            book.share_key = ""
        elif not book.share_key:
            book.share_key = get_random_string(_KEY_LETTERS)
        book.save(update_fields=["visibility", "licence", "attribution", "share_key"])
        if book.rights != printed:
            raise_revision(book.pk, 0)
    return book


def renew_link(book: Book) -> Book:
    """Make another link; the one before opens nothing from now on.

    Raises:
        Conflict: The book is not shown to whoever has a link.
    """
    if book.visibility != Visibility.UNLISTED:
        raise Conflict("Only a book that is unlisted has a link.", {"reason": "no_link"})
    book.share_key = get_random_string(_KEY_LETTERS)
    book.save(update_fields=["share_key"])
    return book


def open_link(session: SessionBase, key: str) -> Book:
    """Let this session read the book of a link.

    Raises:
        Http404: The link was revoked or never was.
    """
    books = Book.objects.filter(
        share_key=key, visibility=Visibility.UNLISTED, taken_down_at=None
    ).exclude(share_key="")
    book = books.first()
    # Whatever a database holds to be equal, the key is these very letters.
    if book is None or book.share_key != key:
        raise Http404
    keys = [other for other in session.get(SHARED, []) if other != key]
    session[SHARED] = [*keys, key][-MOST_LINKS:]
    if SESSION_KEY not in session:
        # Whoever only has the link is forgotten when they close their browser.
        session.set_expiry(0)
    return book


def report(book: Book, reporter: User | None, reason: str, words: str) -> Report:
    """Write down that somebody thinks a book should not be shown."""
    return Report.objects.create(book=book, reporter=reporter, reason=reason, words=words)


def shown_or_reported(number: int) -> Book:
    """Return a book that is, or was, of any concern to an operator.

    Raises:
        Http404: There is none: a private book that nobody complained of is its owner's alone.
    """
    concerns = ~Q(visibility=Visibility.PRIVATE) | ~Q(taken_down_at=None) | Q(reported=True)
    reported = Exists(Report.objects.filter(book=OuterRef("pk")))
    book = Book.objects.annotate(reported=reported).filter(concerns, pk=number).first()
    if book is None:
        raise Http404
    return book


def take_down(book: Book, admin: User, why: str) -> None:
    """Keep a book from everybody but its owner, and close what was reported of it."""
    with transaction.atomic():
        Decision.objects.create(book=book, kind=Ruling.TAKEN_DOWN, why=why)
        book.taken_down_at, book.taken_down_why = timezone.now(), why
        book.share_key = ""
        book.visibility = Visibility.PRIVATE
        book.save(update_fields=["taken_down_at", "taken_down_why", "share_key", "visibility"])
        book.reports.filter(closed_at=None).update(
            closed_at=timezone.now(), closed_by=admin, taken_down=True
        )


def put_back(book: Book, why: str) -> None:
    """Let the owner of a book show it again; it stays private until they do."""
    if book.taken_down_at is None:
        return
    with transaction.atomic():
        book.taken_down_at, book.taken_down_why = None, ""
        book.save(update_fields=["taken_down_at", "taken_down_why"])
        Decision.objects.create(book=book, kind=Ruling.PUT_BACK, why=why)


def close_report(row: Report, admin: User, why: str) -> Report:
    """Write down that an admin looked at a report and leaves the book as it is."""
    if row.closed_at is None:
        with transaction.atomic():
            row.closed_at, row.closed_by = timezone.now(), admin
            row.save(update_fields=["closed_at", "closed_by"])
            Decision.objects.create(book=row.book, kind=Ruling.KEPT, why=why)
    return row
