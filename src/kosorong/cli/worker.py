"""`kosorong worker`."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

from kosorong.cli.common import Commands, need_extra
from kosorong.cli.memory import give_back_in_pauses, stay_small
from kosorong.cli.supervisor import leave_with_supervisor


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("worker", help="makes the library's books (part of serve)")
    parser.add_argument("--data", type=Path, help="folder of database and files")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Make books until stopped."""
    need_extra("serve", "django")
    stay_small()
    give_back_in_pauses()
    leave_with_supervisor()
    importlib.import_module("kosorong_library.serve").worker(args.data)
