"""`kosorong export`."""

from __future__ import annotations

import argparse
from pathlib import Path

from kosorong.cli.common import Commands, need_extra
from kosorong.errors import UsageError


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("export", help="a trained run to a bundle, parity checked")
    parser.add_argument("run_folder", metavar="RUN", type=Path, help="acoustic or translation run")
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder of the bundle")
    parser.add_argument("--vocoder", type=Path, help="vocoder run, for a voice")
    parser.add_argument("--data", type=Path, help="corpus that calibrates the voices' pace")
    parser.add_argument("--voice", action="append", default=[], help="speaker to name; repeatable")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Export."""
    need_extra("train", "torch", "onnx")
    recipe = args.run_folder / "recipe.yaml"
    if not recipe.is_file():
        raise UsageError("this is no run.", where=str(recipe), cure="Name the --out of a training.")
    if "kind: acoustic" in recipe.read_text(encoding="utf-8"):
        _export_voice(args)
    else:
        from kosorong.training.translation.export import export_translator

        export_translator(args.run_folder, args.output)
    print(args.output)


def _export_voice(args: argparse.Namespace) -> None:
    from kosorong.training.corpora.packed import pack
    from kosorong.training.export.voice import VOICES, VoiceChoice, export_voice

    if args.vocoder is None:
        raise UsageError("a voice needs a vocoder run.", cure="Add --vocoder RUN.")
    voices = tuple(VoiceChoice(name, name) for name in args.voice) or VOICES
    corpus = pack(args.data) if args.data else None
    export_voice(args.run_folder, args.vocoder, args.output, voices=voices, corpus=corpus)
