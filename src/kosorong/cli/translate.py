"""`kosorong translate`."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from kosorong.cli.common import (
    Commands,
    add_dial,
    each_line,
    is_input,
    lines_of_input,
    open_translator,
)
from kosorong.cli.notes import NOTES
from kosorong.ports import JEJU, KOREAN, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from kosorong.ports import Translation

# Lines translated together: enough to fill a batch, few enough to answer a pipe soon.
_BATCH = 16


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("translate", help="Korean to Jeju, or back, line by line")
    parser.add_argument("text", nargs="?", help="a text; standard input for - or nothing")
    parser.add_argument(
        "--from", dest="source", choices=LANGUAGES, default=KOREAN, help="language of the text"
    )
    parser.add_argument(
        "--to", dest="target", choices=LANGUAGES, default=JEJU, help="language wanted"
    )
    parser.add_argument(
        "--format",
        choices=["text", "html", "markdown"],
        default="text",
        help="text is taken line by line; a page whole, and its markup stays",
    )
    add_dial(parser)
    parser.add_argument("--translator", default="", help="an installed translator's name")
    parser.add_argument(
        "--json", action="store_true", help="with word links, confidence and provenance"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Translate every line, keeping their number, or a whole page with its markup."""
    translator = open_translator(args.translator, args.terms)

    def translate(texts: list[str]) -> list[Translation]:
        return translator.translate(
            texts,
            source=args.source,
            target=args.target,
            spelling=args.spelling,
            strength=args.strength,
        )

    if args.format != "text":
        _page(args, translate)
        return
    batch: list[str] = []
    for line in each_line(args.text):
        batch.append(line)
        if len(batch) == _BATCH:
            _lines(batch, translate(batch), as_json=args.json)
            batch.clear()
    if batch:
        _lines(batch, translate(batch), as_json=args.json)


def _page(args: argparse.Namespace, translate: Callable[[list[str]], list[Translation]]) -> None:
    from kosorong.markup.document import translate_document
    from kosorong.text.cleaning import clean

    is_argument = not is_input(args.text)
    text = clean(args.text if is_argument else "".join(lines_of_input(keep_ends=True)))
    document = translate_document(text, args.format, translate)
    translation = document.translation()
    if args.json:
        print(json.dumps({"source": text, **asdict(translation)}, ensure_ascii=False))
        return
    print(document.text, end="\n" if is_argument else "")
    _warn(translation)


def _lines(batch: list[str], results: list[Translation], *, as_json: bool) -> None:
    for line, result in zip(batch, results, strict=True):
        _show(line, result, as_json=as_json)
    sys.stdout.flush()


def _show(line: str, result: Translation, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"source": line, **asdict(result)}, ensure_ascii=False))
        return
    # One output line for each input line, whatever a translation holds.
    print(" ".join(result.text.splitlines()))
    _warn(result)


def _warn(result: Translation) -> None:
    NOTES.say(*result.warnings)
