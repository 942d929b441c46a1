"""`kosorong pronounce`."""

from __future__ import annotations

import argparse

from kosorong.cli.common import Commands, each_line
from kosorong.cli.notes import NOTES


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("pronounce", help="what will be said, line by line")
    parser.add_argument("text", nargs="?", help="a text; standard input for - or nothing")
    parser.add_argument(
        "--step",
        choices=["spoken", "pronounced", "ipa", "symbols"],
        default="pronounced",
        help="numbers as words, sounds respelled, phones in IPA, or model symbols",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Print one line for each input line."""
    from kosorong.text.reading import read

    for line in each_line(args.text):
        reading = read(line)
        print(reading.show(args.step))
        for unread in reading.unread:
            NOTES.say(f"not read: {unread.character!r}: {unread.reason}")
