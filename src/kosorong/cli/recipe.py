"""`kosorong recipe CONFIG.json`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kosorong.cli.common import Commands, need_extra


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "recipe", help="an acoustic recipe from a configuration of jaywalnut310/glow-tts"
    )
    parser.add_argument("config", metavar="CONFIG.json", type=Path, help="such as its base.json")
    parser.add_argument(
        "--speaker", default="main", help="the recipe's main_speaker, as the corpus names them"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Print the recipe, and on standard error what it leaves out."""
    need_extra("train", "torch", "yaml")
    from kosorong.training.common.recipes import dump_recipe
    from kosorong.training.glow_tts.convert import read_config

    converted = read_config(args.config, args.speaker)
    print(dump_recipe(converted.recipe), end="")
    for line in converted.left_out:
        print(f"left out: {line}", file=sys.stderr)
