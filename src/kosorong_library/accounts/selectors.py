"""Reads: who holds a token, who owns the machine."""

from __future__ import annotations

from kosorong_library.accounts.models import Token, User
from kosorong_library.accounts.services import digest_of


def holder(token: str) -> Token | None:
    """Return the row of a token whose user is active."""
    found = Token.objects.select_related("user").filter(digest=digest_of(token)).first()
    return found if found is not None and found.user.is_active else None


def machine_owner() -> User | None:
    """Return the first user of the machine."""
    return User.objects.order_by("id").first()
