"""The command `kosorong`: one file per command, heavy imports inside the commands."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from kosorong import __version__
from kosorong.cli.notes import NOTES
from kosorong.errors import KosorongError, UsageError

COMMANDS: tuple[str, ...] = (
    "translate",
    "speak",
    "say",
    "book",
    "segments",
    "pronounce",
    "spell",
    "serve",
    "inference",
    "api",
    "worker",
    "admin",
    "backup",
    "restore",
    "check",
    "voices",
    "translators",
    "lexicon",
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


def build_parser(names: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """Return the parser; commands import what they need when they run.

    Args:
        names: The commands it shall know, all of them where it is to list or judge them.
    """
    parser = _Parser(prog="kosorong", description="Korean texts become Jeju audiobooks.")
    parser.add_argument("-V", "--version", action="version", version=f"kosorong {__version__}")
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in names:
        module = importlib.import_module(f"kosorong.cli.{name}")
        module.add(commands)
    for each in (parser, *commands.choices.values()):
        each.add_argument(
            *("-q", "--quiet"),
            action="store_true",
            default=argparse.SUPPRESS,
            help="say nothing but errors",
        )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 done, 1 failed with a message, 2 wrong use.
    """
    words = sys.argv[1:] if arguments is None else list(arguments)
    debug = "--debug" in words
    # The others' modules would take a tenth of the time to the first sound.
    command = next((word for word in words if not word.startswith("-")), "")
    try:
        args = build_parser([command] if command in COMMANDS else COMMANDS).parse_args(words)
        NOTES.quiet = "quiet" in args
        return int(args.run(args) or 0)
    except KosorongError as error:
        if debug:
            raise
        print(f"kosorong: {error}", file=sys.stderr)
        return 2 if isinstance(error, UsageError) else 1
    except UnicodeEncodeError as error:
        print(
            f"kosorong: what is printed cannot be written as {error.encoding}."
            " Set PYTHONUTF8=1, or a locale of UTF-8.",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("kosorong: stopped; run the same command again to go on.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output has gone (as with `| head`): not an error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    finally:
        NOTES.close()
