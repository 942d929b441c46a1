"""Recipes from the configurations of the reference implementation (jaywalnut310/glow-tts)."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kosorong.config import MEL
from kosorong.errors import RecipeError
from kosorong.training.common.recipes import parse_recipe
from kosorong.training.glow_tts.experiment import AcousticRecipe

_STRAIGHT = {
    "train.seed": "loop.seed",
    "train.log_interval": "loop.log_every",
    "train.batch_size": "batch_size",
    "data.add_blank": "model.blanks",
    "model.filter_channels": "model.encoder.inner",
    "model.n_heads": "model.encoder.heads",
    "model.n_layers_enc": "model.encoder.layers",
    "model.window_size": "model.encoder.window",
    "model.filter_channels_dp": "model.durations.inner",
    "model.n_blocks_dec": "model.decoder.blocks",
    "model.n_block_layers": "model.decoder.layers",
    "model.kernel_size_dec": "model.decoder.kernel_size",
    "model.p_dropout_dec": "model.decoder.dropout",
    "model.n_sqz": "model.decoder.squeeze",
    "model.n_split": "model.decoder.group",
    "model.gin_channels": "model.speaker_channels",
}
"""Key of the configuration -> key of the recipe with the same meaning and measure."""

_FIXED: dict[str, tuple[object, str]] = {
    "train.betas": ([0.9, 0.98], "the optimiser's are 0.9 and 0.98"),
    "train.eps": (1e-9, "the optimiser's is 1e-9"),
    "train.ddi": (True, "ActNorm always starts from the first batch"),
    "data.sampling_rate": (MEL.sample_rate, "there is one mel definition"),
    "data.filter_length": (MEL.n_fft, "there is one mel definition"),
    "data.hop_length": (MEL.hop_length, "there is one mel definition"),
    "data.win_length": (MEL.win_length, "there is one mel definition"),
    "data.n_mel_channels": (MEL.n_mels, "there is one mel definition"),
    "data.mel_fmin": (MEL.f_min, "there is one mel definition"),
    "data.mel_fmax": (MEL.f_max, "there is one mel definition"),
    "data.max_wav_value": (32768.0, "audio is 16-bit"),
    "data.load_mel_from_disk": (False, "mels are packed beside the corpus"),
    "model.dilation_rate": (1, "the couplings' convolutions are not dilated"),
    "model.prenet": (True, "the encoder always has its pre-net"),
    "model.mean_only": (True, "the prior has unit variance"),
    "model.sigmoid_scale": (False, "the couplings' scale is an exponential"),
    "model.block_length": (None, "attention sees the whole text"),
}
"""What has one value here; another one is left out for the reason given."""

_ELSEWHERE = {
    "train.epochs": "length is in steps: set loop.steps",
    "data.training_files": "bring the corpus in with kosorong corpus import",
    "data.validation_files": "kosorong corpus import makes the splits",
    "data.text_cleaners": "texts are read as Korean and Jeju",
    "data.cmudict_path": "texts are read as Korean and Jeju",
    "data.add_noise": "no dither is added to recordings",
    "data.add_space": "every sentence has marks of its edges",
    "data.n_speakers": "speakers follow from the corpus",
    "model.n_speakers": "speakers follow from the corpus",
    "model.n_speaker": "speakers follow from the corpus",
}

_JOINED = (
    "train.use_cuda",
    "train.fp16_run",
    "train.learning_rate",
    "train.warmup_steps",
    "train.scheduler",
    "model.hidden_channels",
    "model.hidden_channels_enc",
    "model.hidden_channels_dec",
    "model.kernel_size",
    "model.p_dropout",
)
"""What `_joined` reads."""


@dataclass(frozen=True, slots=True)
class Converted:
    """A recipe made from a configuration.

    Attributes:
        recipe: As `kosorong train acoustic` takes it.
        left_out: Key and reason of everything that the recipe does not say, a line each.
    """

    recipe: AcousticRecipe
    left_out: tuple[str, ...]


def read_config(path: Path, main_speaker: str) -> Converted:
    """Convert a configuration file; see `convert`.

    Raises:
        RecipeError: The file is missing, is no JSON, or holds values that no recipe can.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RecipeError(f"cannot be read as JSON: {error}.", where=str(path)) from error
    if not isinstance(content, dict) or not isinstance(content.get("model"), dict):
        raise RecipeError(
            "this is no configuration of the reference implementation.",
            where=str(path),
            cure="It is JSON with the sections train, data and model.",
        )
    return convert(content, main_speaker, where=str(path))


def convert(
    config: Mapping[str, Mapping[str, Any]], main_speaker: str, *, where: str = "config"
) -> Converted:
    """Turn a configuration with the sections train, data and model into a recipe.

    Args:
        config: Sections of keys and values.
        main_speaker: The recipe's.
        where: Name of the configuration in errors.

    Raises:
        RecipeError: A value is of another type or impossible.

    >>> converted = convert({"model": {"n_heads": 4, "n_wings": 2}}, "jss")
    >>> converted.recipe.model.encoder.heads
    4
    >>> converted.left_out
    ('model.n_wings: no such key is known here',)
    """
    flat = {f"{s}.{k}": v for s, keys in config.items() for k, v in keys.items()}
    values = {_STRAIGHT[key]: value for key, value in flat.items() if key in _STRAIGHT}
    values |= _joined(flat)
    left_out = [f"{key}: {why}" for key, value in flat.items() if (why := _why_not(key, value))]
    nested: dict[str, Any] = {"main_speaker": main_speaker, "weight_decay": 0.0}
    for key, value in values.items():
        *sections, last = key.split(".")
        place = nested
        for section in sections:
            place = place.setdefault(section, {})
        place[last] = value
    return Converted(parse_recipe(nested, AcousticRecipe, where=where), tuple(left_out))


def _joined(flat: Mapping[str, Any]) -> dict[str, Any]:
    """Return what follows from several keys or in another measure."""
    channels = flat.get("model.hidden_channels", 192)
    encoder = flat.get("model.hidden_channels_enc") or channels
    warmup = flat.get("train.warmup_steps", 4000)
    rate, noam = flat.get("train.learning_rate", 1.0), flat.get("train.scheduler") == "noam"
    dropout, kernel = flat.get("model.p_dropout", 0.1), flat.get("model.kernel_size", 3)
    return {
        "loop.device": "auto" if flat.get("train.use_cuda", True) else "cpu",
        "loop.precision": "auto" if flat.get("train.fp16_run") else "fp32",
        # There the rate is a factor on Noam's formula, here it is the rate at its peak.
        "loop.schedule.peak": rate / math.sqrt(channels * warmup) if noam else rate,
        "loop.schedule.warmup": warmup if noam else 0,
        "loop.schedule.decay": "noam" if noam else "constant",
        "model.encoder.channels": encoder,
        "model.encoder.kernel_size": kernel,
        "model.encoder.dropout": dropout,
        "model.durations.kernel_size": kernel,
        "model.durations.dropout": dropout,
        "model.decoder.hidden": flat.get("model.hidden_channels_dec") or channels,
        "model.speaker_channels": flat.get("model.gin_channels") or 1,
        "model.blanks": flat.get("data.add_blank", False),
    }


def _why_not(key: str, value: object) -> str:
    """Return why a key's value is not in the recipe, or nothing where it is."""
    if key in _FIXED:
        fixed, why = _FIXED[key]
        return "" if value == fixed else f"{why}, not {value!r}"
    if key in _STRAIGHT or key in _JOINED:
        return ""
    return _ELSEWHERE.get(key, "no such key is known here")
