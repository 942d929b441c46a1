"""From a recipe file to a running training."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from pathlib import Path

from kosorong.training.common import processes
from kosorong.training.common.experiment import Experiment, LoopConfig
from kosorong.training.common.loop import Loop
from kosorong.training.common.memory import keep_freed_memory
from kosorong.training.common.recipes import dump_recipe, load_recipe


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
    words: list[object] = [
        "kosorong",
        "train",
        model,
        "--recipe",
        recipe,
        "--data",
        data,
        "--out",
        run,
    ]
    words += ["--mirror", mirror] if mirror else []
    with processes.together():
        if processes.world() > 1:
            words = ["torchrun", "--nproc-per-node", processes.world(), "--no-python", *words]
        command = shlex.join([*map(str, words), "--resume"]) + "\n"
        if model == "translation":
            return _train_translation(recipe, data, run, command, resume=resume, mirror=mirror)
        with processes.first_alone():  # it packs the corpus
            experiment, config, text = _BUILDERS[model](recipe, data)
            _say_how_to_resume(run, command)
        return Loop(experiment, config, run, text, mirror).run(resume=resume)


def _say_how_to_resume(run: Path, command: str) -> None:
    run.mkdir(parents=True, exist_ok=True)
    (run / "HOW-TO-RESUME.txt").write_text(command, encoding="utf-8")


def _vocoder(recipe_path: Path, data: Path) -> tuple[Experiment, LoopConfig, str]:
    from kosorong.training.corpora.packed import pack
    from kosorong.training.vocoder.experiment import VocoderExperiment, VocoderRecipe

    recipe = load_recipe(recipe_path, VocoderRecipe)
    return VocoderExperiment(recipe, pack(data)), recipe.loop, dump_recipe(recipe)


def _acoustic(recipe_path: Path, data: Path) -> tuple[Experiment, LoopConfig, str]:
    from kosorong.training.corpora.packed import pack
    from kosorong.training.glow_tts.experiment import AcousticExperiment, AcousticRecipe

    recipe = load_recipe(recipe_path, AcousticRecipe)
    experiment = AcousticExperiment(recipe, pack(data))
    for line in experiment.data.refused:
        print(f"left out: {line}", file=sys.stderr)
    return experiment, recipe.loop, dump_recipe(recipe)


def _recogniser(recipe_path: Path, data: Path) -> tuple[Experiment, LoopConfig, str]:
    from kosorong.training.corpora.packed import pack
    from kosorong.training.recogniser.experiment import RecogniserExperiment, RecogniserRecipe

    recipe = load_recipe(recipe_path, RecogniserRecipe)
    return RecogniserExperiment(recipe, pack(data)), recipe.loop, dump_recipe(recipe)


def _train_translation(
    recipe_path: Path, data: Path, run: Path, command: str, *, resume: bool, mirror: Path | None
) -> int:
    from kosorong.training.translation.recipe import TranslationRecipe
    from kosorong.training.translation.train import train_translator

    recipe = load_recipe(recipe_path, TranslationRecipe)
    _say_how_to_resume(run, command)
    train_translator(recipe, data, run, resume=resume, mirror=mirror)
    return recipe.loop.steps


_BUILDERS: dict[str, Callable[[Path, Path], tuple[Experiment, LoopConfig, str]]] = {
    "vocoder": _vocoder,
    "acoustic": _acoustic,
    "recogniser": _recogniser,
}
