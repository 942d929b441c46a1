"""`kosorong train translation|acoustic|vocoder|recogniser`."""

from __future__ import annotations

import argparse
from pathlib import Path

from kosorong.cli.common import Commands, need_extra


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("train", help="train a model until the recipe's end or Ctrl-C")
    parser.add_argument(
        "model",
        help="what is trained",
        choices=["translation", "acoustic", "vocoder", "recogniser"],
    )
    parser.add_argument("--recipe", type=Path, required=True, help="a file of recipes/")
    parser.add_argument("--data", type=Path, required=True, help="an imported corpus")
    parser.add_argument("--out", type=Path, required=True, help="the run's folder")
    parser.add_argument("--resume", action="store_true", help="go on from the newest checkpoint")
    parser.add_argument(
        "--mirror",
        type=Path,
        metavar="DIR",
        help="a second place for checkpoints, such as a mounted drive",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Train."""
    need_extra("train", "torch", "yaml")
    from kosorong.training import start

    start.train(
        args.model, args.recipe, args.data, args.out, resume=args.resume, mirror=args.mirror
    )
