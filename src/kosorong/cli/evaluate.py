"""`kosorong evaluate`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kosorong.cli.common import Bar, Commands, need_extra, ranged
from kosorong.cli.evaluate_text import MEASURES as TEXT_MEASURES
from kosorong.cli.evaluate_voice import VOICE_MEASURES
from kosorong.errors import UsageError
from kosorong.ports import LANGUAGES

if TYPE_CHECKING:
    from kosorong.training.evaluate_speech.report import Report
    from kosorong.training.judges import Judge
    from kosorong.training.translation.evaluate import EvaluatedLine

MEASURES = {**TEXT_MEASURES, **VOICE_MEASURES}


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("evaluate", help="measure a bundle or a recipe")
    parser.add_argument(
        "what",
        choices=["translation", "speech", "alignment", *MEASURES],
        help="; ".join(
            ["what is judged", *(f"{name}: {about}" for name, (about, _) in MEASURES.items())]
        ),
    )
    parser.add_argument("--bundle", type=Path, help="what is measured")
    parser.add_argument("--recipe", type=Path, help="measured by training it on folds")
    parser.add_argument(
        "--folds", type=ranged(int, 2, 20), default=5, help="how many, by dialogue unit"
    )
    parser.add_argument(
        "--rules-only", action="store_true", help="measure the rules on folds; trains no model"
    )
    parser.add_argument("--data", type=Path, help="an imported corpus")
    parser.add_argument(
        "--texts", type=Path, nargs="+", default=[], help="speech of these texts, corpus or none"
    )
    parser.add_argument("--language", choices=LANGUAGES, default="", help="of the texts")
    parser.add_argument(
        "--pairs", type=Path, help="speech of both sides of lines: id TAB Korean TAB Jeju"
    )
    parser.add_argument(
        "--recogniser",
        metavar="whisper|vosk:PATH|RUN",
        help="who listens to speech: Whisper base (extra judge), a Vosk model, or a trained run",
    )
    parser.add_argument(
        "--split",
        choices=["valid", "test", "all"],
        default="test",
        help="held-out sentences of speech: checkpoints are chosen on valid, figures told of test",
    )
    parser.add_argument(
        "--seeds",
        type=ranged(int, 1, 100),
        default=5,
        help="readings of each sentence that are listened to, each with other noise",
    )
    parser.add_argument("--acoustic", type=Path, help="run to measure instead of a bundle")
    parser.add_argument("--vocoder", type=Path, help="run, or bundle, to measure with --acoustic")
    parser.add_argument("--speaker", action="append", default=[], help="repeatable")
    parser.add_argument(
        "--chosen-on",
        action="store_true",
        help="for vowels: the words that the shares of the mixture were chosen on",
    )
    parser.add_argument("--out", type=Path, help="folder for the table, JSON and pictures")
    parser.add_argument("--card", type=Path, help="bundle whose model card tells the figures")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Measure, and print the table."""
    need_extra("train", "torch", "sacrebleu")
    if args.what in MEASURES:
        MEASURES[args.what][1](args)
    elif args.what == "alignment":
        _alignment(args)
    elif args.what == "speech" and args.texts:
        _texts(args)
    elif args.what == "speech" and args.pairs is not None:
        _pairs(args)
    elif args.what == "speech":
        _speech(args)
    elif args.rules_only:
        _rules(args)
    elif args.recipe is not None:
        _folds(args)
    else:
        _translation(args)


def _needed(path: Path | None, what: str) -> Path:
    if path is None:
        raise UsageError("something to measure with is missing.", cure=f"Add {what}.")
    return path


def _judge(args: argparse.Namespace) -> Judge | None:
    from kosorong.training.judges import open_judge

    return open_judge(args.recogniser) if args.recogniser else None


def _texts(args: argparse.Namespace) -> None:
    from kosorong.training.evaluate_speech.speakers import BundleTalker
    from kosorong.training.evaluate_speech.texts import evaluate_texts

    talker, judge = BundleTalker(_needed(args.bundle, "--bundle BUNDLE")), _judge(args)
    for speaker in args.speaker or talker.speakers[:1]:
        report = evaluate_texts(
            talker,
            speaker,
            args.texts,
            language=args.language,
            judge=judge,
            progress=Bar(),
        )
        print(report.text())


def _pairs(args: argparse.Namespace) -> None:
    from kosorong.training.evaluate_speech.pairs import evaluate_pairs
    from kosorong.training.evaluate_speech.speakers import BundleTalker

    talker, judge = BundleTalker(_needed(args.bundle, "--bundle BUNDLE")), _judge(args)
    if judge is None:
        raise UsageError("nobody listens to the pairs.", cure="Add --recogniser RUN.")
    speakers = args.speaker or talker.speakers
    report = evaluate_pairs(talker, speakers, args.pairs, judge, progress=Bar())
    if args.out is not None:
        report.write(args.out)
    print(report.text())


def _alignment(args: argparse.Namespace) -> None:
    from kosorong.training.evaluate_speech.borders import evaluate_borders, evaluate_known

    bundle, data = _needed(args.bundle, "--bundle BUNDLE"), _needed(args.data, "--data CORPUS")
    print("synthetic, every word, against the durations it was made with")
    for borders in evaluate_known(bundle, data, progress=Bar()):
        print(f"  {borders.text()}")
    for noise in (None, 30.0, 20.0, 10.0):
        print("as recorded" if noise is None else f"with white noise {noise:.0f} dB below")
        for borders in evaluate_borders(bundle, data, noise_db=noise, progress=Bar()):
            print(f"  {borders.text()}")


def _speech(args: argparse.Namespace) -> None:
    from kosorong.training.evaluate_speech.espeak import EspeakTalker
    from kosorong.training.evaluate_speech.evaluate import Scope, evaluate_run, evaluate_speech
    from kosorong.training.evaluate_speech.speakers import BundleTalker

    scope = Scope(
        speakers=tuple(args.speaker) or Scope().speakers, split=args.split, seeds=args.seeds
    )
    data = _needed(args.data, "--data CORPUS, --texts FILE or --pairs FILE")
    common: dict[str, Any] = {"judge": _judge(args), "scope": scope, "out": args.out}
    common |= {"floor": EspeakTalker.of_machine(), "progress": Bar()}
    if args.acoustic is not None and args.vocoder is not None:
        report = evaluate_run(args.acoustic, args.vocoder, data, **common)
    else:
        talker = BundleTalker(_needed(args.bundle, "--bundle BUNDLE"))
        report = evaluate_speech(talker, data, **common)
    print(report.text())
    if args.card is not None:
        _tell(args.card, report)


def _tell(card: Path, report: Report) -> None:
    from kosorong.training.export.card import record

    record(card, "Held-out sentences", f"```\n{report.table()}\n```", report.figures())
    if report.judgement is not None:
        heading, section = (
            f"Understood by {report.judgement.judge}",
            f"```\n{report.understood()}\n```",
        )
        first = report.judgement.stranger
        record(card, heading, section, report.judgement.figures(), first=first)


def _folds(args: argparse.Namespace) -> None:
    from kosorong.training.common.memory import keep_freed_memory
    from kosorong.training.common.recipes import load_recipe
    from kosorong.training.translation.evaluate import evaluate_folds
    from kosorong.training.translation.recipe import TranslationRecipe

    if args.out is None:
        raise UsageError("folds are trained: name a folder for them.", cure="Add --out FOLDER.")
    keep_freed_memory()
    recipe = load_recipe(args.recipe, TranslationRecipe)
    data = _needed(args.data, "--data CORPUS")
    lines = evaluate_folds(recipe, data, args.out, folds=args.folds)
    _report(args, lines, f"{args.recipe.name}, {args.folds} folds by dialogue unit")


def _rules(args: argparse.Namespace) -> None:
    from kosorong.training.translation.evaluate import evaluate_rules

    lines = evaluate_rules(_needed(args.data, "--data CORPUS"), folds=args.folds)
    _report(args, lines, f"Rules alone, {args.folds} folds by dialogue unit")


def _translation(args: argparse.Namespace) -> None:
    from kosorong.training.translation.evaluate import evaluate_bundle

    bundle = _needed(args.bundle, "--bundle BUNDLE or --recipe RECIPE")
    lines = evaluate_bundle(bundle, _needed(args.data, "--data CORPUS"))
    _report(args, lines, f"{bundle.name}, as installed")


def _report(args: argparse.Namespace, lines: Sequence[EvaluatedLine], title: str) -> None:
    from kosorong.training.corpora.parallel import read_manifest
    from kosorong.training.translation.report import report_of

    report = report_of(lines, read_manifest(args.data), title)
    if args.out is not None:
        args.out.mkdir(parents=True, exist_ok=True)
        (args.out / "translation-quality.md").write_text(report, encoding="utf-8")
    print(report)
    if args.card is not None:
        from kosorong.training.export.card import record
        from kosorong.training.translation.evaluate import figures_of, table_of

        figures = figures_of(lines)
        quality = {f"chrF2 {f.task}": f"{f.chrf:.1f}" for f in figures if f.system == "model"}
        record(args.card, f"Measured: {title}", table_of(figures), quality)
