"""The averaged weights of a run's best checkpoint, as models ready to export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torch import nn

from kosorong.audio.mel import definition_hash
from kosorong.bundle import open_bundle
from kosorong.errors import TrainingError
from kosorong.speech.settings import read_settings
from kosorong.text.sound.symbols import SYMBOLS, SYMBOLS_HASH
from kosorong.training.common.checkpoints import CheckpointFolder
from kosorong.training.common.recipes import parse_recipe
from kosorong.training.export.bundle_weights import is_bundle, vocoder_of
from kosorong.training.glow_tts.model import GlowTts, GlowTtsConfig
from kosorong.training.vocoder.model import Vocos, VocosConfig


@dataclass(frozen=True, slots=True)
class TrainedAcoustic:
    """An acoustic model as a run left it.

    Attributes:
        model: In evaluation mode.
        speakers: Names of its speakers, by index.
        step: Optimiser steps taken.
    """

    model: GlowTts
    speakers: tuple[str, ...]
    step: int


@dataclass(frozen=True, slots=True)
class TrainedVocoder:
    """A vocoder as a run left it.

    Attributes:
        model: In evaluation mode.
        step: Optimiser steps taken.
    """

    model: Vocos
    step: int


def load_acoustic(run: Path, *, newest: bool = False) -> TrainedAcoustic:
    """Load an acoustic run.

    Args:
        run: Folder of the training.
        newest: Take the newest checkpoint instead of the best one.

    Raises:
        TrainingError: It has no good checkpoint, or one made for other symbols or mels.
    """
    path, state = _state(run, newest)
    description = _description(state, path, {"symbols": SYMBOLS_HASH, "mel": definition_hash()})
    speakers = tuple(description["speakers"])
    config = parse_recipe(description["model"], GlowTtsConfig, where=str(path))
    model = GlowTts(config, len(SYMBOLS), len(speakers))
    _load(model, state, "model", path)
    return TrainedAcoustic(model, speakers, int(state["step"]))


def load_vocoder(run: Path, *, newest: bool = False) -> TrainedVocoder:
    """Load a vocoder run, or the vocoder of a voice bundle.

    Args:
        run: Folder of the training, or of the bundle.
        newest: Take the newest checkpoint instead of the best one.

    Raises:
        TrainingError: It has no good checkpoint, or one made for other mels.
        BundleError: The bundle is damaged or made for other mels.
    """
    if is_bundle(run):
        bundle = open_bundle(run, "voice")
        read_settings(bundle)  # refuses other mels
        return TrainedVocoder(vocoder_of(run), int(bundle.info.quality.get("vocoder_steps", 0)))
    path, state = _state(run, newest)
    description = _description(state, path, {"mel": definition_hash()})
    model = Vocos(parse_recipe(description["model"], VocosConfig, where=str(path)))
    _load(model, state, "generator", path)
    return TrainedVocoder(model, int(state["step"]))


def _state(run: Path, newest: bool) -> tuple[Path, dict[str, Any]]:
    folder = run / "checkpoints"
    if not folder.is_dir():
        raise TrainingError(
            "this is no training run: it has no folder checkpoints/.",
            where=str(run),
            cure="Give the folder that `kosorong train` was given as --out.",
        )
    checkpoints = CheckpointFolder(folder)
    checkpoint = checkpoints.newest() if newest else None
    return checkpoint or checkpoints.best_or_newest()


def _description(
    state: Mapping[str, Any], path: Path, wanted: Mapping[str, str]
) -> Mapping[str, Any]:
    description: Mapping[str, Any] = state.get("description", {})
    for key, own in wanted.items():
        if description.get(key) != own:
            raise TrainingError(
                f"the checkpoint was trained with other {key} than this version has.",
                where=str(path),
                cure="Export it with the version it was trained with, or train again.",
            )
    return description


def _load(model: nn.Module, state: Mapping[str, Any], name: str, path: Path) -> None:
    """Put the moving average, or the last weights of a run without one, into a model."""
    weights = state["average"].get("shadow") or state["modules"][name]
    try:
        model.load_state_dict(weights)
    except RuntimeError as error:
        raise TrainingError(
            f"the weights do not fit the model: {str(error).splitlines()[0]}", where=str(path)
        ) from error
    model.eval()
