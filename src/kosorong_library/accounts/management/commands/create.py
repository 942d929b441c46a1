"""`kosorong admin create NAME`: an admin of the library."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kosorong.errors import UsageError
from kosorong_library.accounts.services import create_admin
from kosorong_library.config import env
from kosorong_library.config.errors import Refused

_SETTING = "KOSORONG_ADMIN_PASSWORD"


class Command(BaseCommand):
    """Makes an admin who can log in."""

    help = (
        "Make an admin. The first one takes over the books of the machine's own user. The password"
        " is asked for on the terminal, or read from a file."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what the command takes."""
        parser.add_argument("name", help="to log in with")
        parser.add_argument("--mail", default="", help="for a forgotten password")
        parser.add_argument(
            "--password-file",
            type=Path,
            help=f"file with the password; {_SETTING}_FILE does the same",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the admin."""
        password = _password(options["password_file"])
        try:
            user, adopted = create_admin(options["name"], password, options["mail"])
        except Refused as error:
            raise CommandError(str(error.detail)) from error
        self.stdout.write(f"{user.username} is an admin now.")
        if adopted:
            self.stdout.write(f"The machine's own books are theirs ({user.books.count()}).")
        if settings.SINGLE_USER:
            self.stdout.write(
                "Nobody has to log in here yet: start with KOSORONG_SINGLE_USER=0 to turn"
                " accounts on."
            )


def _password(path: Path | None) -> str:
    """Return the password from a file or the terminal; never from the command line or a default."""
    source = {f"{_SETTING}_FILE": str(path)} if path else None
    try:
        kept = env.secret(_SETTING, source=source) if source else env.secret(_SETTING)
    except UsageError as error:
        raise CommandError(str(error)) from error
    if kept:
        return kept
    if not sys.stdin.isatty():
        raise CommandError(
            "there is no terminal to ask for the password at. Give --password-file, or set"
            f" {_SETTING}_FILE to a file that holds it."
        )
    first = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != first:
        raise CommandError("the two are not the same; try again.")
    return first
