"""`kosorong restore`."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

from kosorong.cli.common import Commands, need_extra


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("restore", help="a backup into an empty library")
    parser.add_argument("file", type=Path, metavar="FILE.tar", help="what `backup` wrote")
    parser.add_argument("--data", type=Path, help="folder of database and files")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Put the backup back."""
    need_extra("serve", "django")
    serve = importlib.import_module("kosorong_library.serve")
    print(serve.restore(args.file.absolute(), args.data))
