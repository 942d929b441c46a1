"""`kosorong admin prune`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kosorong_library.studio.pruning import prune

_MIB = 1 << 20


class Command(BaseCommand):
    """Makes room without taking anything that cannot be made again."""

    help = "delete files that can be made again, and what dead processes left"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the arguments."""
        parser.add_argument("--days", type=float, default=7.0, help="younger files stay; 7")
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete, and say what."""
        done = prune(options["days"], dry=options["dry_run"])
        outcome = "would go" if options["dry_run"] else "are gone"
        self.stdout.write(
            f"{done.exports} files that can be made again {outcome} ({done.bytes / _MIB:.1f} MiB);"
            f" {done.left} files of work that was broken off were deleted."
        )
