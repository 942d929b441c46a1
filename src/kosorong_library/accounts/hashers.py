"""How passwords are hashed."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane: what OWASP asks for at least.

    Django's own 100 MiB for each of eight threads would not fit a machine with one gigabyte.
    """

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
