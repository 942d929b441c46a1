"""What the library does about what accounts tell; `library.apps` loads it."""

from __future__ import annotations

from django.dispatch import receiver

from kosorong_library.accounts.models import User
from kosorong_library.accounts.signals import account_deleting
from kosorong_library.library.services import delete_book


@receiver(account_deleting)
def delete_books(user: User, **_: object) -> None:
    """Delete a user's books one by one, with their files."""
    for book in user.books.all():
        delete_book(book)
