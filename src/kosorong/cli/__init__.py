"""The command `kosorong`: one file per command, heavy imports inside the commands."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from kosorong import __version__
from kosorong.errors import KosorongError, UsageError

COMMANDS: tuple[str, ...] = (
    "translate",
    "speak",
    "book",
    "segments",
    "pronounce",
    "serve",
    "inference",
    "api",
    "worker",
    "admin",
    "backup",
    "restore",
    "voices",
    "translators",
    "corpus",
    "recipe",
    "train",
    "export",
    "evaluate",
    "doctor",
)
"""Modules of this package, in the order the help lists them."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}.", cure=f"See {self.prog} --help.")


def build_parser() -> argparse.ArgumentParser:
    """Return the parser with every command; commands import what they need when they run."""
    parser = _Parser(prog="kosorong", description="Korean texts become Jeju audiobooks.")
    parser.add_argument("--version", action="version", version=f"kosorong {__version__}")
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in COMMANDS:
        module = importlib.import_module(f"kosorong.cli.{name}")
        module.add(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 done, 1 failed with a message, 2 wrong use.
    """
    debug = "--debug" in (sys.argv[1:] if arguments is None else arguments)
    try:
        args = build_parser().parse_args(arguments)
        return int(args.run(args) or 0)
    except KosorongError as error:
        if debug:
            raise
        print(f"kosorong: {error}", file=sys.stderr)
        return 2 if isinstance(error, UsageError) else 1
    except KeyboardInterrupt:
        print("kosorong: stopped; run the same command again to go on.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output has gone (as with `| head`): not an error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
