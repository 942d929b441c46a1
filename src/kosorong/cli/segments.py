"""`kosorong segments`."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from kosorong.cli.common import Commands, add_chapters, readable


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("segments", help="a book's segments, one a line")
    parser.add_argument("input", type=Path, help="a manuscript, - for a text, or a transcript")
    parser.add_argument("--json", action="store_true", help="with chapter and paragraph")
    add_chapters(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Print the segments in reading order."""
    from kosorong.book.contents import switched
    from kosorong.book.manuscript import segments
    from kosorong.book.readers import read_manuscript

    with readable(args.input) as path:
        read = read_manuscript(path)
    manuscript = switched(read, include=args.include, leave_out=args.leave_out)
    for segment in segments(manuscript):
        if args.json:
            title = manuscript.chapters[segment.chapter].title
            row = {**asdict(segment), "chapter_title": title}
            print(json.dumps(row, ensure_ascii=False))
        else:
            print(" ".join(segment.text.split()))
