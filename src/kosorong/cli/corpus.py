"""`kosorong corpus import|check|phrases|part|join`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from kosorong.cli.common import Bar, Commands, need_extra, ranged
from kosorong.errors import UsageError

_MONO = "mono"
# Refused rows shown on the screen; all of them stand in DEST/refused.txt.
_SHOWN = 5


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("corpus", help="bring a corpus to one manifest, look at it")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    action = actions.add_parser("import", help="import a corpus as it lies on disk")
    action.add_argument("layout", choices=_layouts(), help="how the corpus lies on disk")
    action.add_argument("source", type=Path, help="the corpus: a folder or a file")
    action.add_argument("dest", type=Path, help="folder of the manifest")
    action.set_defaults(run=run)
    action = actions.add_parser("check", help="list what spoils a training on a speech corpus")
    action.add_argument("corpus", type=Path, help="folder of the manifest; gets the report too")
    action.set_defaults(run=check)
    action = actions.add_parser("phrases", help="add the phrases between pauses as utterances")
    action.add_argument("corpus", type=Path, help="folder of the manifest; left as it is")
    action.add_argument("dest", type=Path, help="folder of the new corpus")
    action.add_argument("--voice", default="", help="whose alignment is taken; as for speak")
    action.set_defaults(run=phrases)
    action = actions.add_parser("part", help="a corpus of some speakers, or minutes, of another")
    action.add_argument("corpus", type=Path, help="folder of the manifest; left as it is")
    action.add_argument("dest", type=Path, help="folder of the new corpus")
    action.add_argument("--only", action="append", default=[], metavar="SPEAKER", help="repeatable")
    action.add_argument(
        "--without", action="append", default=[], metavar="SPEAKER", help="repeatable"
    )
    action.add_argument(
        "--minutes", type=ranged(float, 0.1, 1e6), help="most of a speaker's that teach"
    )
    action.set_defaults(run=part)
    action = actions.add_parser("join", help="several corpora as one")
    action.add_argument(
        "sources",
        type=Path,
        nargs="+",
        metavar="CORPUS",
        help="folders of manifests; left as they are",
    )
    action.add_argument("dest", type=Path, help="folder of the new corpus")
    action.set_defaults(run=joined)


def _layouts() -> list[str]:
    """Return the names of all layouts, those of speech first."""
    from kosorong.training.corpora.layouts import SPEECH_LAYOUTS
    from kosorong.training.corpora.texts import TEXT_LAYOUTS

    return [*sorted(SPEECH_LAYOUTS), *sorted({*TEXT_LAYOUTS, _MONO} - set(SPEECH_LAYOUTS))]


def check(args: argparse.Namespace) -> None:
    """Check."""
    need_extra("train", "matplotlib")
    from kosorong.training.corpora.check import check_corpus

    result = check_corpus(args.corpus, progress=Bar())
    report = result.write(args.corpus)
    print(f"{result.line} ({report})")


def phrases(args: argparse.Namespace) -> None:
    """Cut."""
    need_extra("train", "torch")
    from kosorong.speech.align import Aligner
    from kosorong.speech.catalogue import open_voice
    from kosorong.training.corpora.phrases import cut_corpus

    done = cut_corpus(
        args.corpus, args.dest, Aligner(open_voice(args.voice).engine), progress=Bar()
    )
    print(f"{len(done.utterances)} utterances, {done.phrases} of them phrases")
    _tell_refused(done.refused)


def part(args: argparse.Namespace) -> None:
    """Take a part."""
    need_extra("train", "numpy")
    from kosorong.training.corpora.parts import take_part

    rows = take_part(
        args.corpus, args.dest, only=args.only, without=args.without, minutes=args.minutes
    )
    print(f"{len(rows)} utterances, {len({row.speaker for row in rows})} speakers")


def joined(args: argparse.Namespace) -> None:
    """Join."""
    need_extra("train", "numpy")
    from kosorong.training.corpora.joins import join

    done = join(args.sources, args.dest)
    speakers = {row.speaker for row in done.utterances}
    print(f"{len(done.utterances)} utterances, {len(speakers)} speakers")
    if done.moved:
        print(f"{done.moved} changed sides, for another corpus holds their texts out")
    for line in done.renamed[:_SHOWN]:
        print(f"kosorong: speaker renamed: {line}", file=sys.stderr)
    if len(done.renamed) > _SHOWN:
        print(f"kosorong: {len(done.renamed)} speakers renamed; see manifest.tsv", file=sys.stderr)


def run(args: argparse.Namespace) -> None:
    """Import."""
    if not args.source.exists():
        raise UsageError("there is no such file or folder.", where=str(args.source))
    need_extra("train", "torch")
    from kosorong.training.corpora.layouts import SPEECH_LAYOUTS

    if args.layout in SPEECH_LAYOUTS and not _only_labels(args):
        _import_speech(args)
    else:
        _import_text(args)


def _import_speech(args: argparse.Namespace) -> None:
    from kosorong.training.corpora.importers import PARALLEL, import_speech

    done = import_speech(args.layout, args.source, args.dest, progress=Bar())
    minutes = sum(u.seconds for u in done.utterances) / 60
    speakers = len({u.speaker for u in done.utterances})
    print(f"{len(done.utterances)} utterances, {speakers} speakers, {minutes:.1f} minutes")
    if done.pairs:
        print(f"{done.pairs} pairs for the translator: {args.dest / PARALLEL}")
    _tell_refused(done.refused)


def _tell_refused(refused: Sequence[str]) -> None:
    for line in refused[:_SHOWN]:
        print(f"kosorong: left out: {line}", file=sys.stderr)
    if len(refused) > _SHOWN:
        print(f"kosorong: {len(refused)} left out; see refused.txt", file=sys.stderr)


def _only_labels(args: argparse.Namespace) -> bool:
    """Tell whether AI-Hub's labels lie there without their sounds: then they are text."""
    if args.layout != "aihub":
        return False
    folder = args.source if args.source.is_dir() else args.source.parent
    return not any(path.suffix.lower() == ".wav" for path in folder.rglob("*"))


def _import_text(args: argparse.Namespace) -> None:
    from kosorong.training.corpora.parallel import import_mono
    from kosorong.training.corpora.texts import TEXT_LAYOUTS

    if args.layout == _MONO:
        files = [args.source] if args.source.is_file() else sorted(args.source.glob("*.txt"))
        print(f"{import_mono(files, args.dest)} sentences")
        return
    done = TEXT_LAYOUTS[args.layout](args.source, args.dest)
    for style, count in done.counts.items():
        print(f"{count} pairs: {style}")
    _tell_refused(done.refused)
