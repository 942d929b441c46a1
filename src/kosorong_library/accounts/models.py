"""Users, their sessions, the tokens of their programs, invitations, and tries that failed."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class Role(models.TextChoices):
    """What somebody may do: each may do what those before it may.

    A listener reads, a maker makes books, a corrector will work on the books of others, an admin
    looks after people and invitations.
    """

    LISTENER = "listener"
    MAKER = "maker"
    CORRECTOR = "corrector"
    ADMIN = "admin"


class Users(UserManager):
    """Makes users."""

    def create_superuser(
        self,
        username: str,
        email: str | None = None,
        password: str | None = None,
        **extra_fields: Any,
    ) -> User:
        """Make an admin; Django's own command asks for this."""
        extra_fields["role"] = Role.ADMIN
        return super().create_superuser(username, email, password, **extra_fields)


class User(AbstractUser):
    """Somebody who uses the library; `role` alone says what they may do.

    Attributes:
        confirmed_mail: The mail address that is known to be theirs (`accounts.mail_confirmation`).
    """

    role = models.CharField(max_length=10, choices=Role.choices, default=Role.MAKER)
    confirmed_mail = models.CharField(max_length=254, blank=True, db_default="")

    objects = Users()

    def save(self, *args: Any, **named: Any) -> None:
        """Keep the user; the sessions of one who may not come in any more end for good."""
        super().save(*args, **named)
        if not self.is_active:
            self.sessions.all().delete()

    @property
    def is_admin(self) -> bool:
        """Whether this is an admin who may still come in."""
        return bool(self.is_active and self.role == Role.ADMIN)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Return whether Django's admin site lets this user do something."""
        return self.is_admin

    def has_module_perms(self, app_label: str) -> bool:
        """Return whether Django's admin site shows an app."""
        return self.is_admin


class UserSession(AbstractBaseSession):
    """A session that knows whose it is, so that it can be ended and goes with its user."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")

    @classmethod
    def get_session_store_class(cls) -> type:
        """Return what reads and writes such sessions."""
        from kosorong_library.accounts.sessions import SessionStore

        return SessionStore


class Token(models.Model):
    """A bearer token of a program; only its hash is kept.

    Attributes:
        digest: SHA-256 of the token, hexadecimal.
        name: What the user calls it.
        used_at: When it was last used, to the hour.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} of {self.user_id}"


class Invitation(models.Model):
    """Lets one person register, with the code of a link and a PIN; of both a hash is kept.

    Attributes:
        digest: SHA-256 of the code, hexadecimal.
        pin: Hash of the PIN, slow as that of a password: six digits are soon tried.
        note: Whom it is for, as the admin knows them.
        role: Of whoever registers with it.
        used_at: None while nobody did.
    """

    digest = models.CharField(max_length=64, unique=True)
    pin = models.CharField(max_length=128)
    note = models.CharField(max_length=100, blank=True)
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.MAKER)
    created_by = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        """Newest first."""

        ordering = ("-id",)

    def __str__(self) -> str:
        return self.note or str(self.pk)


class Attempt(models.Model):
    """How often somebody tried something that can be guessed; see `accounts.limits`.

    Attributes:
        key: Keyed hash of the limit and of whom it counts: no name or address is kept.
        count: Tries in a row.
        last_at: When the last one was.
        blocked_until: Before which none is taken.
    """

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(auto_now=True, db_index=True)
    blocked_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.count}"
