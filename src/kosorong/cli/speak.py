"""`kosorong speak`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from kosorong.cli.common import Commands, add_dial, open_translator, open_voice, ranged
from kosorong.cli.memory import stay_small
from kosorong.errors import InputError, UsageError
from kosorong.ports import FASTEST, SLOWEST

if TYPE_CHECKING:
    from kosorong.ports import WordTime
    from kosorong.speech.runtime import Float

# The voice is seeded, so that the same words always sound the same.
_SEED = 0


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("speak", help="a text to a sound file")
    parser.add_argument("text", help="Jeju, or Korean with --translate")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, help=".wav, .mp3, .flac or .opus"
    )
    parser.add_argument("--voice", default="", help="see kosorong voices")
    parser.add_argument(
        "--speed", type=ranged(float, SLOWEST, FASTEST), default=1.0, help="2 is twice as fast"
    )
    parser.add_argument("--translate", action="store_true", help="the text is Korean")
    add_dial(parser)
    parser.add_argument("--timings", type=Path, help="write word times as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Speak, and write audio and word times."""
    stay_small()
    from kosorong.audio.encode import SUFFIXES, stream_audio
    from kosorong.audio.mark import mark_of

    if args.output.suffix.lower() not in SUFFIXES:
        # Found out now, a wrong ending does not cost a synthesis.
        raise UsageError(
            f"a sound file cannot end in {args.output.suffix!r}.",
            where=str(args.output),
            cure=f"Use one of {', '.join(SUFFIXES)}.",
        )
    text = _text(args)
    voice = open_voice(args.voice)
    words: list[WordTime] = []

    def sounds() -> Iterator[Float]:
        for stretch in voice.stream(text, speed=args.speed, seed=_SEED):
            _warn(stretch.warnings)
            words.extend(stretch.words)
            yield stretch.samples

    # Stretch by stretch: a text of any length takes the memory of one piece.
    tags = mark_of(voice).tags()
    count = stream_audio(args.output, sounds(), voice.sample_rate, tags)
    if args.timings:
        _write_times(args.timings, text, count / voice.sample_rate, words)


def _text(args: argparse.Namespace) -> str:
    """Return the Jeju that is to be read.

    Raises:
        InputError: Nothing of it can be read.
    """
    from kosorong.text.reading import read

    if not args.text.strip():
        raise InputError("the text is empty.", cure="Give a text with words in it.")
    text = str(args.text)
    if args.translate:
        (translation,) = open_translator().translate(
            [text], spelling=args.spelling, strength=args.strength
        )
        _warn(translation.warnings)
        text = translation.text
        print(text)
    if not read(text).symbols:
        raise InputError("nothing in the text can be read.", cure="Give a text in Hangul.")
    return text


def _write_times(path: Path, text: str, seconds: float, words: Sequence[WordTime]) -> None:
    from kosorong.audio.files import write_bytes

    content = {"text": text, "seconds": seconds, "words": [asdict(word) for word in words]}
    write_bytes(path, json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n")


def _warn(warnings: tuple[str, ...]) -> None:
    for warning in warnings:
        print(f"kosorong: {warning}", file=sys.stderr)
