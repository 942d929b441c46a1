"""`kosorong admin`."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

from kosorong.cli.common import Commands, need_extra


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("admin", help="the operator's commands; `admin help` lists them")
    parser.add_argument("--data", type=Path, help="folder of database and files")
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="COMMAND …")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Run one of them."""
    need_extra("serve", "django")
    importlib.import_module("kosorong_library.serve").admin(args.rest, args.data)
