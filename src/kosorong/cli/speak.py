"""`kosorong speak`."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from kosorong.cli.common import (
    STDIN,
    Commands,
    add_dial,
    each_line,
    open_translator,
    open_voice,
    ranged,
)
from kosorong.cli.memory import stay_small
from kosorong.cli.notes import NOTES
from kosorong.errors import InputError, UsageError
from kosorong.ports import FASTEST, JEJU, KOREAN, SLOWEST, Dial

if TYPE_CHECKING:
    from kosorong.ports import Translation, WordTime
    from kosorong.speech.runtime import Float

# The voice is seeded, so that the same words always sound the same.
_SEED = 0


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("speak", help="a text to a sound file")
    parser.add_argument(
        "text",
        nargs="?",
        help="Jeju, or Korean with --translate; standard input for - or nothing",
    )
    parser.add_argument(
        *("-o", "--output"),
        type=Path,
        required=True,
        help=".wav, .mp3, .flac or .opus, or - for standard output",
    )
    parser.add_argument(
        "--format",
        choices=["wav", "mp3", "flac", "opus"],
        default="wav",
        help="of what goes to standard output; a file's ending says it otherwise",
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
    if str(args.output) != STDIN:
        _speak(args)
        return
    # A header tells the length, so that nothing can go out before all of it is there.
    with tempfile.TemporaryDirectory(prefix="kosorong-") as folder:
        args.output = Path(folder) / f"sound.{args.format}"
        _speak(args, told=sys.stderr)
        with args.output.open("rb") as sound:
            shutil.copyfileobj(sound, sys.stdout.buffer)
        sys.stdout.flush()


def _speak(args: argparse.Namespace, told: TextIO | None = None) -> None:
    from kosorong.audio.encode import SUFFIXES, stream_audio
    from kosorong.audio.mark import mark_of

    if args.output.suffix.lower() not in SUFFIXES:
        # Found out now, a wrong ending does not cost a synthesis.
        raise UsageError(
            f"a sound file cannot end in {args.output.suffix!r}.",
            where=str(args.output),
            cure=f"Use one of {', '.join(SUFFIXES)}.",
        )
    text = _text(args, told)
    voice = open_voice(args.voice)
    words: list[WordTime] = []

    def sounds() -> Iterator[Float]:
        for stretch in voice.stream(text, speed=args.speed, seed=_SEED):
            NOTES.say(*stretch.warnings)
            words.extend(stretch.words)
            yield stretch.samples

    # Stretch by stretch: a text of any length takes the memory of one piece.
    tags = mark_of(voice).tags()
    count = stream_audio(args.output, sounds(), voice.sample_rate, tags)
    if args.timings:
        _write_times(args.timings, text, count / voice.sample_rate, words)


def _text(args: argparse.Namespace, told: TextIO | None) -> str:
    """Return the Jeju that is to be read; a translation is told on `told`.

    Raises:
        InputError: Nothing of it can be read.
    """
    from kosorong.text.reading import read

    text = "\n".join(each_line(args.text))
    if not text.strip():
        raise InputError("the text is empty.", cure="Give a text with words in it.")
    if args.translate:
        translation = _translated(args, text)
        NOTES.say(*translation.warnings)
        text = translation.text
        print(text, file=told)
    if not read(text).symbols:
        raise InputError("nothing in the text can be read.", cure="Give a text in Hangul.")
    return text


def _translated(args: argparse.Namespace, text: str) -> Translation:
    from kosorong.markup.document import translate_document

    translator = open_translator(terms=args.terms)
    options = Dial(KOREAN, JEJU, args.spelling, args.strength).options()
    document = translate_document(
        text, "text", lambda parts: translator.translate(parts, **options)
    )
    return document.translation()


def _write_times(path: Path, text: str, seconds: float, words: Sequence[WordTime]) -> None:
    from kosorong.audio.files import write_bytes

    content = {"text": text, "seconds": seconds, "words": [asdict(word) for word in words]}
    write_bytes(path, json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n")
