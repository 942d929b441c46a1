"""Deletes an account: everything that is its user's goes, and nothing else."""

from __future__ import annotations

from django.db import transaction

from kosorong_library.accounts.models import User
from kosorong_library.accounts.services import keep_an_admin
from kosorong_library.accounts.signals import account_deleting


def delete_account(user: User) -> None:
    """Delete a user with books, files, places, tokens and sessions.

    Books go one by one, so that a large library does not hold up everybody else; whoever is
    stopped halfway begins again and goes on.

    Raises:
        Conflict: Nobody would be left to look after the library.
    """
    with transaction.atomic():
        keep_an_admin(user)
    account_deleting.send(User, user=user)
    with transaction.atomic():
        keep_an_admin(user)
        # What another session of this user made meanwhile.
        account_deleting.send(User, user=user)
        user.delete()
