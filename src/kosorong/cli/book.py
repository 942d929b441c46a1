"""`kosorong book`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kosorong.cli.common import Bar, Commands, add_dial, open_translator, open_voice, ranged
from kosorong.cli.memory import stay_small
from kosorong.errors import InputError

if TYPE_CHECKING:
    from kosorong.book.manuscript import Manuscript

_CURE = "Say --yes to make it all the same, or --foreign skip to pass over its foreign sentences."
# Skipped passages shown on the screen; all of them stand in the report.
_SHOWN = 5


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("book", help="a .txt, .md or .epub file to an audiobook")
    parser.add_argument("input", type=Path, help="the manuscript")
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder of the book")
    parser.add_argument("--title", default="", help="instead of the manuscript's own")
    parser.add_argument("--author", default="", help="instead of the manuscript's own")
    parser.add_argument("--language", choices=["ko", "jje"], default="", help="of the original")
    parser.add_argument(
        "--foreign",
        choices=["read", "skip"],
        default="read",
        help="sentences in neither Korean nor Jeju: read as Korean reads foreign words, or listed",
    )
    parser.add_argument(
        "-y", "--yes", action="store_true", help="make a foreign book without being asked"
    )
    parser.add_argument("--voice", default="", help="see kosorong voices")
    parser.add_argument("--format", default="m4b,epub", help="of m4b,epub,mp3,vtt")
    parser.add_argument(
        "--speed", type=ranged(float, 0.25, 4.0), default=1.0, help="2 is twice as fast"
    )
    add_dial(parser)
    parser.add_argument("--no-translate", action="store_true", help="read it as it is")
    parser.add_argument("--jobs", type=ranged(int, 1, 64), default=1, help="segments at a time")
    parser.add_argument("--rights", default="", help="licence of the text, for the colophon")
    parser.add_argument("--dry-run", action="store_true", help="read and report, make nothing")
    parser.add_argument("--report", type=Path, help="write what was done as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Make the book, going on where an earlier run was stopped."""
    stay_small()
    from kosorong.book.languages import without_foreign
    from kosorong.book.plan import BookOptions, slug_of
    from kosorong.book.produce import produce
    from kosorong.book.readers import read_manuscript
    from kosorong.book.report import survey, write_report

    options = BookOptions(
        formats=tuple(part.strip() for part in args.format.split(",") if part.strip()),
        title=args.title,
        author=args.author,
        slug=slug_of(args.input.stem),
        language=args.language,
        spelling=args.spelling,
        strength=args.strength,
        speed=args.speed,
        jobs=args.jobs,
        rights=args.rights,
    )
    manuscript = read_manuscript(
        args.input, title=args.title, author=args.author, language=args.language
    )
    if args.foreign == "skip":
        manuscript = without_foreign(manuscript)
    _tell(manuscript.warnings, [f"{s.where}: {s.reason}" for s in manuscript.skipped])
    if args.dry_run:
        report = survey(manuscript)
        if args.report:
            write_report(args.report, report)
        print(json.dumps(report, ensure_ascii=False, indent=2))
        return
    if not args.yes:
        _ask_if_foreign(manuscript)
    translator = None if args.no_translate else open_translator(terms=args.terms)
    voice = open_voice(args.voice)
    book = produce(
        manuscript,
        translator=translator,
        voice=voice,
        out=args.output,
        options=options,
        progress=Bar(),
    )
    _tell(tuple(w for w in book.warnings if w not in manuscript.warnings), [])
    if args.report:
        write_report(args.report, book.report)
    for path in book.paths.values():
        print(path)


def _ask_if_foreign(manuscript: Manuscript) -> None:
    """Ask whether a foreign book is to be made; where nobody can answer it is refused.

    Raises:
        InputError: It is in neither Korean nor Jeju, and nobody said yes.
    """
    from kosorong.book.languages import refuse_foreign

    try:
        refuse_foreign(manuscript, _CURE)
    except InputError as error:
        if not sys.stdin.isatty():
            raise
        print(f"kosorong: {error.message} Make it? [y/N] ", end="", file=sys.stderr, flush=True)
        if sys.stdin.readline().strip().lower() not in ("y", "yes", "예", "네"):
            raise


def _tell(warnings: tuple[str, ...], skipped: list[str]) -> None:
    for warning in warnings:
        print(f"kosorong: {warning}", file=sys.stderr)
    for line in skipped[:_SHOWN]:
        print(f"kosorong: not read: {line}", file=sys.stderr)
    if len(skipped) > _SHOWN:
        more = len(skipped) - _SHOWN
        print(f"kosorong: not read: {more} more; --report lists them all", file=sys.stderr)
