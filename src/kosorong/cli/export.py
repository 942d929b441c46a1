"""`kosorong export`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kosorong.cli.common import Commands, need_extra
from kosorong.errors import UsageError
from kosorong.ports import LANGUAGES

if TYPE_CHECKING:
    from kosorong.training.export.voice import Origin, VoiceChoice


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("export", help="a trained run to a bundle, parity checked")
    parser.add_argument(
        "run_folder",
        metavar="RUN",
        type=Path,
        help="acoustic or translation run, or see --rules and --even",
    )
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder of the bundle")
    parser.add_argument(
        "--vocoder", type=Path, help="vocoder run, or a voice bundle with one, for a voice"
    )
    parser.add_argument("--data", type=Path, help="corpus on which pace and tone are measured")
    parser.add_argument(
        "--voice", action="append", default=[], help="SPEAKER[:female|male] to name; repeatable"
    )
    parser.add_argument("--licence", default="", help="SPDX expression of the weights")
    parser.add_argument("--credit", default="", help="whom every export must credit")
    parser.add_argument(
        "--confidence", type=Path, help="a translator's calibration, from evaluate confidence"
    )
    parser.add_argument(
        "--rules",
        type=Path,
        help="RUN is a translator's bundle: learn its rules anew from CORPUS",
        metavar="CORPUS",
    )
    parser.add_argument(
        "--network-towards",
        choices=(*LANGUAGES, "both", "none"),
        help="with --rules: languages towards which the network is asked",
    )
    parser.add_argument(
        "--even",
        type=Path,
        help="RUN is a voice's bundle: mix its arae-a and measure its tone on CORPUS;"
        " its card loses the figures of the old sound",
        metavar="CORPUS",
    )
    parser.add_argument("--trained-on", action="append", default=[], help="corpus; repeatable")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Export."""
    need_extra("train", "torch", "onnx")
    if args.rules is not None:
        _renew_rules(args)
        return
    if args.even is not None:
        _make_even(args)
        return
    recipe = args.run_folder / "recipe.yaml"
    if not recipe.is_file():
        raise UsageError("this is no run.", where=str(recipe), cure="Name the --out of a training.")
    if "kind: acoustic" in recipe.read_text(encoding="utf-8"):
        _export_voice(args)
    else:
        from kosorong.training.translation.export import CREDIT, LICENCE, export_translator

        export_translator(
            args.run_folder,
            args.output,
            confidence=args.confidence,
            licence=args.licence or LICENCE,
            credit=args.credit or CREDIT,
        )
    print(args.output)


def _renew_rules(args: argparse.Namespace) -> None:
    from kosorong.training.translation.export import renew_rules

    towards = {None: None, "both": LANGUAGES, "none": ()}.get(
        args.network_towards, (args.network_towards,)
    )
    renew_rules(
        args.run_folder, args.rules, args.output, towards=towards, confidence=args.confidence
    )
    print(args.output)


def _make_even(args: argparse.Namespace) -> None:
    from kosorong.training.corpora.packed import pack
    from kosorong.training.export.renewal import renew_voice

    renew_voice(args.run_folder, pack(args.even), args.output, args.even / "packed")
    print(args.output)


def _export_voice(args: argparse.Namespace) -> None:
    from kosorong.training.corpora.packed import pack
    from kosorong.training.export.voice import VOICES, export_voice

    if args.vocoder is None:
        raise UsageError(
            "a voice needs a vocoder run.",
            cure="Add --vocoder RUN, or a bundle whose vocoder is to speak.",
        )
    voices = tuple(_choice(text) for text in args.voice) or VOICES
    corpus = pack(args.data) if args.data else None
    origin = _origin(args)
    export_voice(
        args.run_folder, args.vocoder, args.output, voices=voices, corpus=corpus, origin=origin
    )


def _choice(text: str) -> VoiceChoice:
    from kosorong.training.export.voice import VoiceChoice

    speaker, _, gender = text.partition(":")
    if gender not in ("", "female", "male"):
        raise UsageError(f"unknown gender {gender!r}.", cure="Use SPEAKER:female or SPEAKER:male.")
    return VoiceChoice(speaker, speaker, gender)


def _origin(args: argparse.Namespace) -> Origin:
    """Return whose voice it is: what was given, or what follows from the corpus."""
    from kosorong.training.corpora.manifest import read_layout
    from kosorong.training.export.voice import KNOWN_ORIGINS, Origin

    if args.licence and args.credit:
        return Origin(args.licence, args.credit, tuple(args.trained_on))
    if args.data is not None and read_layout(args.data) in KNOWN_ORIGINS:
        return KNOWN_ORIGINS[read_layout(args.data)]
    raise UsageError(
        "a voice must say under which licence and whose it is.",
        cure="Add --licence and --credit (and --trained-on), or the --data of a known corpus.",
    )
