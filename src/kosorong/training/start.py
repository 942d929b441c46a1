"""From a recipe file to a running training."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kosorong.training.common import processes
from kosorong.training.common.experiment import Experiment, LoopConfig
from kosorong.training.common.loop import Loop
from kosorong.training.common.memory import keep_freed_memory
from kosorong.training.common.recipes import dump_recipe, load_recipe

if TYPE_CHECKING:
    from kosorong.training.corpora.packed import PackedCorpus


def train(
    model: str, recipe: Path, data: Path, run: Path, *, resume: bool, mirror: Path | None = None
) -> int:
    """Train a model; return the last finished step.

    Args:
        model: `vocoder`, `acoustic`, `recogniser` or `translation`.
        recipe: YAML file.
        data: An imported corpus.
        run: Folder of checkpoints, pictures and logs.
        resume: Go on from the newest good checkpoint.
        mirror: A second place that checkpoints are copied to, and found in when resuming.

    Raises:
        KosorongError: The recipe, the corpus or the run is not usable; the message has the cure.
    """
    keep_freed_memory()
    words: list[object] = ["kosorong", "train", model]
    words += ["--recipe", recipe, "--data", data, "--out", run]
    words += ["--mirror", mirror] if mirror else []
    with processes.together():
        if processes.world() > 1:
            words = [*processes.started_by(), *words]
        command = shlex.join([*map(str, words), "--resume"]) + "\n"
        if model == "translation":
            return _train_translation(recipe, data, run, command, resume=resume, mirror=mirror)
        with processes.first_alone():  # it packs the corpus
            experiment, config, text = _BUILDERS[model](recipe, data, run)
            _say_how_to_resume(run, command)
        return Loop(experiment, config, run, text, mirror).run(resume=resume)


def _say_how_to_resume(run: Path, command: str) -> None:
    if processes.rank() > 0:
        return
    run.mkdir(parents=True, exist_ok=True)
    (run / "HOW-TO-RESUME.txt").write_text(command, encoding="utf-8")


def _checked(data: Path, run: Path) -> PackedCorpus:
    """Pack a corpus, say in one line what is wrong with it and list that in the run's folder."""
    from kosorong.training.corpora.check import check_corpus
    from kosorong.training.corpora.packed import pack

    try:
        # Packed first, for the check of a packed corpus is kept; a corpus that cannot be packed
        # is checked all the same, so that all that is wrong is told at once.
        return pack(data)
    finally:
        if processes.rank() == 0:
            check = check_corpus(data)
            print(f"corpus: {check.line} ({check.write(run)})", file=sys.stderr)


def _vocoder(recipe_path: Path, data: Path, run: Path) -> tuple[Experiment, LoopConfig, str]:
    from kosorong.training.vocoder.experiment import VocoderExperiment, VocoderRecipe
    from kosorong.training.vocoder.generated_mels import Mels, generated_mels

    recipe = load_recipe(recipe_path, VocoderRecipe)
    corpus = _checked(data, run)

    def mels() -> Mels:
        with processes.first_alone():  # it keeps them beside the corpus
            return generated_mels(corpus, Path(recipe.made_by), data / "made", recipe.made_noise)

    experiment = VocoderExperiment(recipe, corpus, mels if recipe.made_by else None)
    return experiment, recipe.loop, dump_recipe(recipe)


def _acoustic(recipe_path: Path, data: Path, run: Path) -> tuple[Experiment, LoopConfig, str]:
    from kosorong.training.glow_tts.experiment import AcousticExperiment, AcousticRecipe

    recipe = load_recipe(recipe_path, AcousticRecipe)
    experiment = AcousticExperiment(recipe, _checked(data, run), kept=data / "packed")
    if processes.rank() == 0:
        for line in experiment.data.refused:
            print(f"left out: {line}", file=sys.stderr)
    return experiment, recipe.loop, dump_recipe(recipe)


def _recogniser(recipe_path: Path, data: Path, run: Path) -> tuple[Experiment, LoopConfig, str]:
    from kosorong.training.recogniser.experiment import RecogniserExperiment, RecogniserRecipe

    recipe = load_recipe(recipe_path, RecogniserRecipe)
    return RecogniserExperiment(recipe, _checked(data, run)), recipe.loop, dump_recipe(recipe)


def _train_translation(
    recipe_path: Path, data: Path, run: Path, command: str, *, resume: bool, mirror: Path | None
) -> int:
    from kosorong.training.translation.recipe import TranslationRecipe
    from kosorong.training.translation.train import train_translator

    recipe = load_recipe(recipe_path, TranslationRecipe)
    _say_how_to_resume(run, command)
    train_translator(recipe, data, run, resume=resume, mirror=mirror)
    return recipe.loop.steps


_BUILDERS: dict[str, Callable[[Path, Path, Path], tuple[Experiment, LoopConfig, str]]] = {
    "vocoder": _vocoder,
    "acoustic": _acoustic,
    "recogniser": _recogniser,
}
