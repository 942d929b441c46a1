"""`kosorong translators`."""

from __future__ import annotations

import argparse

from kosorong.cli.bundles import show_bundles
from kosorong.cli.common import Commands


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "translators", help="installed translators, their licences and quality"
    )
    parser.add_argument("--json", action="store_true", help="as a list of objects")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Show the installed translator bundles."""
    show_bundles("translator", as_json=args.json)
