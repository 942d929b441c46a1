"""`kosorong api`.

The library is no part of the engine, which must not import it: the commands that start it name it
as text, and find it where `[serve]` is installed.
"""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

from kosorong.cli.common import Commands, need_extra
from kosorong.cli.memory import give_back_in_pauses, stay_small
from kosorong.cli.supervisor import leave_with_supervisor


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("api", help="the library's API and page (part of serve)")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--data", type=Path, help="folder of database and files")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Answer requests until stopped."""
    need_extra("serve", "django", "waitress")
    stay_small()
    give_back_in_pauses()
    leave_with_supervisor()
    importlib.import_module("kosorong_library.serve").api(args.host, args.port, args.data)
