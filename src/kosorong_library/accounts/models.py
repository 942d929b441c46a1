"""Users and the tokens of their programs."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models


class Role(models.TextChoices):
    """What somebody may do."""

    LISTENER = "listener"
    MAKER = "maker"
    CORRECTOR = "corrector"
    ADMIN = "admin"


class User(AbstractUser):
    """Somebody who uses the library; see `Role`."""

    role = models.CharField(max_length=10, choices=Role.choices, default=Role.MAKER)


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
