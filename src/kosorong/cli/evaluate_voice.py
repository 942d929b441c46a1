"""What `kosorong evaluate` measures of a voice besides its likeness to recordings."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from kosorong.cli.common import Bar
from kosorong.errors import UsageError


def _bundle(args: argparse.Namespace) -> Path:
    if args.bundle is None:
        raise UsageError("something to measure is missing.", cure="Add --bundle BUNDLE.")
    return Path(args.bundle)


def _vowels(args: argparse.Namespace) -> None:
    from kosorong.training.evaluate_speech.vowels import CHOSEN_ON, WORDS, evaluate_vowels

    words = CHOSEN_ON if args.chosen_on else WORDS
    for report in evaluate_vowels(_bundle(args), words=words, progress=Bar()):
        print(report.text())


def _evenness(args: argparse.Namespace) -> None:
    from kosorong.training.corpora.packed import pack
    from kosorong.training.evaluate_speech.evenness import evaluate_evenness

    corpus = pack(args.data) if args.data else None
    for evenness in evaluate_evenness(_bundle(args), corpus, progress=Bar()):
        print(evenness.text())


def _melody(args: argparse.Namespace) -> None:
    from kosorong.training.corpora.packed import pack
    from kosorong.training.evaluate_speech.melody import (
        draw_melody,
        melody,
        melody_of_questions,
        melody_table,
    )
    from kosorong.training.evaluate_speech.speakers import BundleTalker

    if args.data is None:
        raise UsageError("recordings to compare with are missing.", cure="Add --data CORPUS.")
    corpus, talker = pack(args.data), BundleTalker(_bundle(args))
    melodies = {}
    for name in talker.speakers:
        own = melody(talker, corpus, name, progress=Bar())
        melodies[name] = own, melody_of_questions(talker, name, progress=Bar())
        if args.out:
            draw_melody(args.out / f"{name}-melody.png", own)
    print(melody_table(melodies))


VOICE_MEASURES: Mapping[str, tuple[str, Callable[[argparse.Namespace], None]]] = {
    "vowels": ("formants of arae-a beside its neighbours", _vowels),
    "melody": ("whether statements fall and questions rise", _melody),
    "evenness": ("pauses, levels and brightness of a voice", _evenness),
}
"""What is measured, by name, with a word of help."""
