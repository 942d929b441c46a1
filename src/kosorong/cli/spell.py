"""`kosorong spell`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from kosorong.cli.common import Commands, each_line

if TYPE_CHECKING:
    from kosorong.spelling.findings import Finding, Spelling


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "spell", help="is Jeju written by the 제주어 표기법, by which rule not, what would be right"
    )
    parser.add_argument("text", nargs="?", help="a text; standard input for - or nothing")
    parser.add_argument("--translator", default="", help="whose lexicon; the first one's otherwise")
    parser.add_argument("--json", action="store_true", help="every word's findings, one object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print what is wrong or unsure in each line; 1 where something is wrong."""
    from kosorong.spelling.speller import spell

    lines = each_line(args.text)
    found = spell("\n".join(lines), args.translator)
    if args.json:
        print(json.dumps(asdict(found), ensure_ascii=False))
    else:
        for line in _told(found):
            print(line)
    return int(found.verdict == "wrong")


def _told(found: Spelling) -> Iterator[str]:
    """Yield a line for each line of the text that is right, and for each other finding."""
    place = 0
    for number, line in enumerate(found.text.split("\n"), 1):
        end = place + len(line)
        here = [one for one in found.findings if place <= one.start < end]
        told = [one for one in here if one.verdict != "right"]
        yield from (f"{number}: {_finding(one)}" for one in told)
        if not told:
            yield f"{number}: right" if here else f"{number}: nothing to tell"
        place = end + 1


def _finding(one: Finding) -> str:
    better = f" → {' | '.join(one.right)}" if one.right else ""
    reason = " ".join(filter(None, (one.clause, one.why, f"({one.why_english})")))
    return f"{one.word} {one.verdict}{better}: {reason}"
