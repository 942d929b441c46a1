"""Who may do what with a book: the one place that knows.

Its owner may do everything. A public book may be read by everybody, an unlisted one by whoever
opened its link in this session, or shows its key (`?key=`) as programs do that have no session. A
book that an operator took down is its owner's alone, and the admins'. What one may not see is as
good as not there.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone
from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.request import Request

from kosorong_library.accounts.models import Role, User
from kosorong_library.library.models import Book, Decision, Report, Ruling, Visibility

SHARED = "shared"
"""Where a session keeps the keys of links that were opened."""
MOST_LINKS = 100
_KEY = re.compile(r"[0-9A-Za-z_-]{1,100}")
SURE = ("owner_id", "visibility", "taken_down_at")
_OWNER_ONLY = "Only the owner of the book may do this; propose a correction instead."


def person(request: Request) -> User:
    """Return the user who asks.

    Raises:
        NotAuthenticated: Nobody is logged in.
    """
    if not request.user.is_authenticated:
        raise NotAuthenticated
    return request.user


def may_read(request: Request) -> Q:
    """Return the condition under which a book is shown to whoever asks."""
    seen = Q(taken_down_at=None) & (_linked(request) | Q(visibility=Visibility.PUBLIC))
    if not request.user.is_authenticated:
        return seen
    seen |= Q(owner=request.user)
    if request.user.is_admin:
        # What somebody complained of is looked at, whatever it was turned into since.
        seen |= Exists(Report.objects.filter(book=OuterRef("pk"))) | ~Q(taken_down_at=None)
    return seen


def _linked(request: Request) -> Q:
    return Q(visibility=Visibility.UNLISTED, share_key__in=_keys(request)) & ~Q(share_key="")


def _keys(request: Request) -> list[str]:
    """Return the keys of links opened in this session, and the one shown with the request."""
    opened: list[str] = request.session.get(SHARED, [])[-MOST_LINKS:]
    shown = request.query_params.get("key", "")
    return [*opened, shown] if _KEY.fullmatch(shown) else opened


def shared_books(request: Request) -> QuerySet[Book]:
    """Return the books of others whose links were opened in this session."""
    found = Book.objects.filter(_linked(request), taken_down_at=None)
    return found.exclude(owner=request.user) if request.user.is_authenticated else found


def book_to_read(request: Request, number: int) -> Book:
    """Return a book that whoever asks may read.

    Raises:
        Http404: There is none.
        NotAuthenticated: There is none for somebody who is not logged in.
    """
    book = Book.objects.filter(pk=number).first()
    if book is None or not surely_reads(request, *(getattr(book, name) for name in SURE)):
        # The whole condition costs as much as the rest of a short answer: few need it.
        book = Book.objects.filter(may_read(request), pk=number).first()
        if book is not None and _reads_as_operator(request, book):
            _note_reading(book)
    if book is None:
        person(request)
        raise Http404
    return book


def _reads_as_operator(request: Request, book: Book) -> bool:
    """Return whether a book is shown to an admin only because somebody complained of it."""
    if not request.user.is_authenticated or book.owner_id == request.user.pk:
        return False
    is_shown = book.visibility == Visibility.PUBLIC or (
        book.visibility == Visibility.UNLISTED and book.share_key in _keys(request)
    )
    return book.taken_down_at is not None or not is_shown


def _note_reading(book: Book) -> None:
    """Leave a trace for the owner of a book that an operator looks at, one a day."""
    noted = book.decisions.filter(kind=Ruling.READ, at__gt=timezone.now() - timedelta(days=1))
    if not noted.exists():
        Decision.objects.create(book=book, kind=Ruling.READ)


def surely_reads(
    request: Request, owner: int, visibility: str, taken_down_at: datetime | None
) -> bool:
    """Return whether three columns of a book, `SURE`, are enough to show it to whoever asks.

    Where they are not, `book_to_read` knows more.
    """
    if request.user.is_authenticated and owner == request.user.pk:
        return True
    return visibility == Visibility.PUBLIC and taken_down_at is None


def book_to_change(request: Request, number: int) -> Book:
    """Return a book that belongs to whoever asks.

    Raises:
        Http404: There is none that they may even read.
        NotAuthenticated: Nobody is logged in.
        PermissionDenied: It belongs to somebody else.
    """
    user = person(request)
    book = book_to_read(request, number)
    if book.owner_id != user.pk:
        raise PermissionDenied(_OWNER_ONLY)
    return book


def is_owner(request: Request, book: Book) -> bool:
    """Return whether a book belongs to whoever asks."""
    return bool(request.user.is_authenticated and book.owner_id == request.user.pk)


def may_vote(user: User) -> bool:
    """Return whether somebody's vote on corrections of others' books counts."""
    return user.role in {Role.CORRECTOR, Role.ADMIN}


def public_books() -> QuerySet[Book]:
    """Return the books that everybody may read."""
    return Book.objects.filter(visibility=Visibility.PUBLIC, taken_down_at=None)
