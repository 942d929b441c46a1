"""`kosorong admin token NAME`: a bearer token for a program."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kosorong_library.accounts.models import User
from kosorong_library.accounts.services import make_token
from kosorong_library.config.errors import Conflict


class Command(BaseCommand):
    """Prints a new token of a user."""

    help = "Print a new bearer token of a user; it cannot be shown again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what the command takes."""
        parser.add_argument("user", help="the user's name")
        parser.add_argument("--name", default="program", help="what the token is for")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the token."""
        user = User.objects.filter(username=options["user"]).first()
        if user is None:
            raise CommandError(f"There is no user {options['user']!r}.")
        try:
            self.stdout.write(make_token(user, options["name"]))
        except Conflict as error:
            raise CommandError(str(error.detail)) from error
