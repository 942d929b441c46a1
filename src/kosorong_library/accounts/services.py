"""Writes: the machine's first user, tokens."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kosorong_library.accounts.models import Role, Token, User

_PREFIX = "kosorong_"
# A token's last use is noted once an hour: a read must not cost a write.
_NOTED_EVERY = timedelta(hours=1)


def first_user() -> User:
    """Return the machine's first user, made where there is none; nobody can log in as it."""
    with transaction.atomic():
        user = User.objects.order_by("id").first()
        if user is None:
            user = User(username="owner", role=Role.ADMIN)
            user.set_unusable_password()
            user.save()
        return user


def digest_of(token: str) -> str:
    """Return what is kept of a token; tokens are random, so that a plain hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def make_token(user: User, name: str) -> str:
    """Return a new token of a user; it cannot be shown again."""
    token = _PREFIX + secrets.token_urlsafe(32)
    Token.objects.create(user=user, name=name, digest=digest_of(token))
    return token


def note_use(token: Token) -> None:
    """Remember that a token was used."""
    now = timezone.now()
    old = Q(used_at=None) | Q(used_at__lt=now - _NOTED_EVERY)
    if token.used_at is None or token.used_at < now - _NOTED_EVERY:
        Token.objects.filter(old, pk=token.pk).update(used_at=now)
