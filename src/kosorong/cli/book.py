"""`kosorong book`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kosorong.book.formats import FORMATS
from kosorong.cli.common import (
    Bar,
    Commands,
    add_chapters,
    add_dial,
    open_translator,
    open_voice,
    ranged,
    readable,
)
from kosorong.cli.memory import stay_small
from kosorong.cli.notes import NOTES
from kosorong.errors import InputError, KosorongError, UsageError
from kosorong.ports import FASTEST, LANGUAGES, SLOWEST

if TYPE_CHECKING:
    from kosorong.book.manuscript import Manuscript
    from kosorong.book.options import BookOptions
    from kosorong.book.recorded import Align
    from kosorong.ports import Voice

_CURE = "Say --yes to make it all the same, or --foreign skip to pass over its foreign sentences."
# Skipped passages shown on the screen; all of them stand in the report.
_SHOWN = 5


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("book", help="a manuscript, or a transcript, to an audiobook")
    parser.add_argument(
        "input",
        type=Path,
        help="the manuscript (.txt .md .epub .docx .hwpx .html .srt .vtt), - for a"
        " text from standard input, or a transcript (.eaf .TextGrid)",
    )
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder of the book")
    parser.add_argument("--title", default="", help="instead of the manuscript's own")
    parser.add_argument("--author", default="", help="instead of the manuscript's own")
    parser.add_argument("--language", choices=LANGUAGES, default="", help="of the original")
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
    parser.add_argument(
        "--recording",
        type=Path,
        help="what a transcript (.eaf .TextGrid .srt .vtt) was written down from: its speakers are"
        " heard; for .eaf and .TextGrid the sound file of the same name if not given",
    )
    parser.add_argument("--speaker", default="", help="who is heard in the recording")
    parser.add_argument("--format", default="m4b,epub", help=f"of {','.join(FORMATS)}")
    parser.add_argument(
        "--speed", type=ranged(float, SLOWEST, FASTEST), default=1.0, help="2 is twice as fast"
    )
    add_dial(parser)
    parser.add_argument("--no-translate", action="store_true", help="read it as it is")
    parser.add_argument("--jobs", type=ranged(int, 1, 64), default=1, help="segments at a time")
    parser.add_argument("--rights", default="", help="licence of the text, for the colophon")
    add_chapters(parser)
    parser.add_argument("--dry-run", action="store_true", help="read and report, make nothing")
    parser.add_argument("--report", type=Path, help="write what was done as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Make the book, going on where an earlier run was stopped."""
    with readable(args.input) as path:
        args.input = path
        _make(args)


def _make(args: argparse.Namespace) -> None:
    stay_small()
    from kosorong.book.produce import produce
    from kosorong.book.report import survey, write_report

    recording = _recording(args)
    manuscript = _manuscript(args, recorded=recording is not None)
    _tell(manuscript.warnings, [f"{s.where}: {s.reason}" for s in manuscript.skipped])
    if args.dry_run:
        report = survey(manuscript)
        if args.report:
            write_report(args.report, report)
        print(json.dumps(report, ensure_ascii=False, indent=2))
        return
    if not args.yes:
        _ask_if_foreign(manuscript)
    options = _options(args)
    translator = None if args.no_translate else open_translator(terms=args.terms)
    with _reader(args.voice, recording, args.speaker, manuscript) as voice:
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


def _recording(args: argparse.Namespace) -> Path | None:
    """Return the recording that is heard: the one named, or the one beside a transcript."""
    from kosorong.book.readers import TRANSCRIPTS
    from kosorong.book.recorded import recording_beside

    recording: Path | None = args.recording
    if recording is None and args.input.suffix.lower() in TRANSCRIPTS:
        recording = recording_beside(args.input)
    if recording is not None and args.speed != 1.0:
        raise UsageError("a recording has its own speed.", cure="Leave --speed out.")
    return recording


def _options(args: argparse.Namespace) -> BookOptions:
    from kosorong.book.options import BookOptions, slug_of

    return BookOptions(
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


def _manuscript(args: argparse.Namespace, *, recorded: bool) -> Manuscript:
    """Read the manuscript, its chapters switched and foreign sentences left out as asked."""
    from kosorong.book.contents import switched
    from kosorong.book.languages import without_foreign
    from kosorong.book.readers import read_manuscript

    manuscript = read_manuscript(
        args.input,
        title=args.title,
        author=args.author,
        language=args.language,
        recorded=recorded,
    )
    manuscript = switched(manuscript, include=args.include, leave_out=args.leave_out)
    return without_foreign(manuscript) if args.foreign == "skip" else manuscript


@contextmanager
def _reader(
    name: str, recording: Path | None, speaker: str, manuscript: Manuscript
) -> Iterator[Voice]:
    """Give the voice that reads a book: an installed one, or whoever is heard in a recording."""
    from kosorong.book.manuscript import has_takes

    if recording is None and not has_takes(manuscript):
        yield open_voice(name)
        return
    if recording is None:
        raise UsageError(
            "a transcript is heard from its recording.",
            cure="Give it with --recording, or lay it beside the transcript under the same name.",
        )
    from kosorong.book.recorded import open_recording

    with open_recording(recording, speaker, _aligner(name)) as recorded:
        yield recorded


def _aligner(name: str) -> Align | None:
    """Return what times words by an installed voice, None where none is installed."""
    from kosorong.speech.align import Aligner

    try:
        aligner = Aligner(open_voice(name).engine)
    except KosorongError:
        return None
    return lambda samples, text: aligner.align(samples, text).words


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
    NOTES.say(*warnings, *(f"not read: {line}" for line in skipped[:_SHOWN]))
    if len(skipped) > _SHOWN:
        NOTES.say(f"not read: {len(skipped) - _SHOWN} more; --report lists them all")
