"""`kosorong backup`."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

from kosorong.cli.common import Commands, need_extra


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("backup", help="one archive of the library, while it runs")
    parser.add_argument("file", type=Path, metavar="FILE.tar", help="replaced when it is whole")
    parser.add_argument("--data", type=Path, help="folder of database and files")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Write the backup."""
    need_extra("serve", "django")
    serve = importlib.import_module("kosorong_library.serve")
    print(serve.backup(args.file.absolute(), args.data))
