"""`kosorong check`."""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

from kosorong.cli.common import Commands, need_extra


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("check", help="whether the library's files are whole")
    parser.add_argument(
        "--repair", action="store_true", help="make damaged ones again, delete what is left over"
    )
    parser.add_argument("--data", type=Path, help="folder of database and files")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Read all files; 1 where something is damaged and stays so."""
    need_extra("serve", "django")
    serve = importlib.import_module("kosorong_library.serve")
    report, is_well = serve.check(args.data, repair=args.repair)
    print(report)
    if not is_well:
        sys.exit(1)
