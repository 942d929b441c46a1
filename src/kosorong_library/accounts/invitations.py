"""Invitations: a link with a code, drawn as a QR code, and a PIN that is told beside it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

import segno
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from kosorong_library.accounts import limits, selectors, services
from kosorong_library.accounts.digests import digest_of
from kosorong_library.accounts.models import Invitation, User
from kosorong_library.config.errors import Refused

_PIN_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Invited:
    """A new invitation with what is shown once.

    Attributes:
        row: What is kept.
        code: Stands in the link.
        pin: Is told to whoever is invited, not sent with the link.
    """

    row: Invitation
    code: str
    pin: str


def invite(admin: User, *, role: str, note: str, days: int) -> Invited:
    """Make an invitation for one person.

    Args:
        admin: Who invites.
        role: Of whoever comes.
        note: Whom it is for.
        days: How long the link opens the door.
    """
    code = secrets.token_urlsafe(24)
    pin = f"{secrets.randbelow(10**_PIN_DIGITS):0{_PIN_DIGITS}}"
    row = Invitation.objects.create(
        digest=digest_of(code),
        pin=make_password(pin),
        note=note,
        role=role,
        created_by=admin,
        expires_at=timezone.now() + timedelta(days=days),
    )
    return Invited(row, code, pin)


def accept(code: str, pin: str, *, name: str, password: str, mail: str = "") -> User:
    """Register with an invitation, which is used up by it.

    Args:
        code: Of the link.
        pin: Was told beside it.
        name: As it will be shown and typed.
        password: As it was typed.
        mail: For a forgotten password, "" for none.

    Raises:
        Refused: The link or the PIN is not right, the name cannot be had, the password is weak.
        TooMany: The PIN was guessed too often.
    """
    row = selectors.invitation_of(code)
    if row is None:
        raise _wrong()
    limits.count((limits.PIN, str(row.pk)))
    if not check_password(pin, row.pin):
        raise _wrong()
    limits.forget(limits.PIN, str(row.pk))
    with transaction.atomic():
        user = services.register(name, password, mail, row.role)
        free = Invitation.objects.filter(pk=row.pk, used_at=None)
        if not free.update(used_at=timezone.now(), used_by=user):
            raise _wrong()
    return user


def _wrong() -> Refused:
    return Refused(
        "code",
        "The invitation does not hold (any more), or the PIN is not right;"
        " look at both, or ask for a new one.",
        "wrong_invitation",
    )


def qr(text: str) -> str:
    """Return a QR code as an SVG image of its own, with the white edge that readers want."""
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", scale=6, border=4, dark="#000", light="#fff", xmldecl=False
    )
    return out.getvalue().decode()
