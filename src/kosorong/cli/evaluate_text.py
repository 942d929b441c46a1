"""What `kosorong evaluate` measures of a translator besides its scores."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kosorong.errors import UsageError

if TYPE_CHECKING:
    from kosorong.translation.translator import NeuralTranslator


def _translator(args: argparse.Namespace) -> NeuralTranslator:
    from kosorong.translation.translator import NeuralTranslator

    if args.bundle is None:
        raise UsageError("something to measure is missing.", cure="Add --bundle BUNDLE.")
    return NeuralTranslator(args.bundle)


def _files(args: argparse.Namespace) -> list[Path]:
    if not args.texts:
        raise UsageError(
            "texts to measure with are missing.",
            cure="Add --texts and files with one Korean sentence a line.",
        )
    return [
        file
        for path in args.texts
        for file in (sorted(path.glob("*.txt")) if path.is_dir() else [path])
    ]


def _preservation(args: argparse.Namespace) -> None:
    from kosorong.training.translation.preservation import carried_names, preserved, sentences_of

    translator, sentences = _translator(args), sentences_of(_files(args))
    print(preserved("names", carried_names(), translator.translate).text)
    print(preserved("sentences with numbers or Latin", sentences, translator.translate).text)


def _strength(args: argparse.Namespace) -> None:
    from kosorong.training.translation.preservation import even_lines
    from kosorong.training.translation.strength import steps_of

    for step in steps_of(_translator(args), even_lines(_files(args))):
        print(step.text)


def _confidence(args: argparse.Namespace) -> None:
    from kosorong.training.translation.calibration import CONFIDENCE_NAME, calibrate

    if args.data is None or args.out is None:
        raise UsageError(
            "confidence is measured on the folds of a recipe.",
            cure="Add --data CORPUS and --out, the folder of evaluate translation --recipe.",
        )
    _, readings = calibrate(args.data, args.out, folds=args.folds)
    for reading in readings:
        print(reading.text)
    print(args.out / CONFIDENCE_NAME)


def _links(args: argparse.Namespace) -> None:
    from kosorong.training.translation.linking import errors_of, linked_pairs

    for error in errors_of(_translator(args), linked_pairs()):
        print(error.text)


def _jit(args: argparse.Namespace) -> None:
    from kosorong.training.translation.baselines import measure_jit, table_of_jit

    if args.data is None:
        raise UsageError(
            "the JIT corpus is missing.", cure="Add --data CORPUS (corpus import jit)."
        )
    print(table_of_jit(measure_jit(_translator(args), args.data)))


MEASURES: Mapping[str, tuple[str, Callable[[argparse.Namespace], None]]] = {
    "preservation": ("numbers, Latin words and names come through", _preservation),
    "strength": ("word forms are sound at each strength", _strength),
    "confidence": ("confidence against held-out errors; calibrates it", _confidence),
    "links": ("word links against links made by hand", _links),
    "jit": ("beside the published figures on the JIT corpus", _jit),
}
"""What is measured, by name, with a word of help."""
