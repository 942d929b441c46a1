"""`kosorong translate`."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from kosorong.cli.common import Commands, add_dial, each_line, open_translator

if TYPE_CHECKING:
    from kosorong.ports import Translation

# Lines translated together: enough to fill a batch, few enough to answer a pipe soon.
_BATCH = 16


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("translate", help="Korean to Jeju, or back, line by line")
    parser.add_argument("text", nargs="?", help="a text; standard input where it is left out")
    parser.add_argument(
        "--from", dest="source", choices=["ko", "jje"], default="ko", help="language of the text"
    )
    parser.add_argument(
        "--to", dest="target", choices=["ko", "jje"], default="jje", help="language wanted"
    )
    add_dial(parser)
    parser.add_argument("--translator", default="", help="an installed translator's name")
    parser.add_argument(
        "--json", action="store_true", help="with word links, confidence and provenance"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Translate every line, keeping their number."""
    translator = open_translator(args.translator, args.terms)
    batch: list[str] = []

    def flush() -> None:
        results = translator.translate(
            batch,
            source=args.source,
            target=args.target,
            spelling=args.spelling,
            strength=args.strength,
        )
        for line, result in zip(batch, results, strict=True):
            _show(line, result, as_json=args.json)
        sys.stdout.flush()
        batch.clear()

    for line in each_line(args.text):
        batch.append(line)
        if len(batch) == _BATCH:
            flush()
    if batch:
        flush()


def _show(line: str, result: Translation, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"source": line, **asdict(result)}, ensure_ascii=False))
        return
    # One output line for each input line, whatever a translation holds.
    print(" ".join(result.text.splitlines()))
    for warning in result.warnings:
        print(f"kosorong: {warning}", file=sys.stderr)
