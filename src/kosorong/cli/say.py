"""`kosorong say`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kosorong.cli.common import Bar, Commands, add_dial, open_translator, open_voice, ranged
from kosorong.cli.memory import stay_small
from kosorong.cli.notes import NOTES
from kosorong.ports import FASTEST, JEJU, KOREAN, SLOWEST, Dial

if TYPE_CHECKING:
    from kosorong.wordlist.making import Translate


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("say", help="a list of words to a sound for each, with a manifest")
    parser.add_argument(
        "words",
        type=Path,
        help="a table (.tsv) with a head: jeju or korean (or both), and if wanted id, sound (a"
        " person's take), speaker, village, licence",
    )
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder of the sounds")
    parser.add_argument("--format", choices=["mp3", "wav", "flac", "opus"], default="mp3")
    parser.add_argument("--voice", default="", help="see kosorong voices")
    parser.add_argument(
        "--speed", type=ranged(float, SLOWEST, FASTEST), default=1.0, help="2 is twice as fast"
    )
    add_dial(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Make what has changed, and tell what the voice's licence forbids before that."""
    stay_small()
    from kosorong.audio.mark import mark_of
    from kosorong.wordlist.making import make_sounds
    from kosorong.wordlist.rows import read_rows

    rows = read_rows(args.words)
    voice = open_voice(args.voice)
    NOTES.say(f"{mark_of(voice).artist}: {voice.credit}")
    if "-NC" in voice.engine.bundle.info.licence:
        NOTES.say("what this voice says may not be sold, nor used to make money otherwise")
    made = make_sounds(
        rows,
        args.output,
        voice=voice,
        translate=None if all(row.jeju for row in rows) else _translate(args),
        form=args.format,
        speed=args.speed,
        progress=Bar(),
    )
    NOTES.say(*made.warnings)
    print(made.manifest)


def _translate(args: argparse.Namespace) -> Translate:
    translator = open_translator(terms=args.terms)
    options = Dial(KOREAN, JEJU, args.spelling, args.strength).options()
    return lambda texts: translator.translate(texts, **options)
