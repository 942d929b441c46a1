"""Reads: who holds a token, who owns the machine, who is here, who may come."""

from __future__ import annotations

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Count, QuerySet
from django.utils import timezone

from kosorong_library.accounts.digests import digest_of
from kosorong_library.accounts.models import Invitation, Role, Token, User


def holder(token: str) -> Token | None:
    """Return the row of a token whose user is active."""
    row = Token.objects.select_related("user").filter(digest=digest_of(token)).first()
    return row if row is not None and row.user.is_active else None


def machine_owner() -> User | None:
    """Return the first admin, who is the owner of the machine in single-user mode."""
    return User.objects.filter(role=Role.ADMIN, is_active=True).order_by("id").first()


def admins_who_log_in() -> QuerySet[User]:
    """Return the admins who have a password; the machine's own first user has none."""
    admins = User.objects.filter(role=Role.ADMIN, is_active=True)
    return admins.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)


def is_last_admin(user: User) -> bool:
    """Return whether nobody but this user can look after the library."""
    return user.is_admin and not admins_who_log_in().exclude(pk=user.pk).exists()


def users() -> QuerySet[User]:
    """Return everybody with the number of their books, first come first."""
    return User.objects.annotate(book_count=Count("books")).order_by("id")


def invitations() -> QuerySet[Invitation]:
    """Return all invitations, newest first."""
    return Invitation.objects.select_related("used_by")


def state_of(invitation: Invitation) -> str:
    """Return how an invitation stands: `open`, `used` or `expired`."""
    if invitation.used_at is not None:
        return "used"
    return "open" if invitation.expires_at > timezone.now() else "expired"


def invitation_of(code: str) -> Invitation | None:
    """Return the invitation of a code that still opens the door."""
    row: Invitation | None = Invitation.objects.filter(digest=digest_of(code)).first()
    return row if row is not None and state_of(row) == "open" else None
