"""Configurations of the reference implementation become recipes; nothing is lost in silence."""

import json
from pathlib import Path
from typing import Any

import pytest

from kosorong.cli import main
from kosorong.errors import RecipeError
from kosorong.training.common.recipes import load_recipe
from kosorong.training.glow_tts.convert import convert, read_config
from kosorong.training.glow_tts.experiment import AcousticRecipe

BASE = Path(__file__).resolve().parents[3] / "recipes" / "glow_tts" / "base.yaml"

# The published settings, in the form of that implementation's configurations.
CONFIG: dict[str, Any] = {
    "train": {
        "use_cuda": True,
        "log_interval": 50,
        "seed": 1234,
        "epochs": 10000,
        "learning_rate": 1.0,
        "betas": [0.9, 0.98],
        "eps": 1e-9,
        "warmup_steps": 4000,
        "scheduler": "noam",
        "batch_size": 32,
        "ddi": True,
        "fp16_run": True,
    },
    "data": {"training_files": "train.txt", "sampling_rate": 22050, "mel_fmax": 8000.0},
    "model": {
        "hidden_channels": 192,
        "filter_channels": 768,
        "filter_channels_dp": 256,
        "kernel_size": 3,
        "p_dropout": 0.1,
        "n_blocks_dec": 12,
        "n_layers_enc": 6,
        "n_heads": 2,
        "p_dropout_dec": 0.05,
        "dilation_rate": 1,
        "kernel_size_dec": 5,
        "n_block_layers": 4,
        "n_sqz": 2,
        "prenet": True,
        "mean_only": True,
        "window_size": 4,
    },
}


def test_the_published_configuration_is_the_base_recipe() -> None:
    made, base = convert(CONFIG, "main").recipe, load_recipe(BASE, AcousticRecipe)
    assert made.model == base.model
    assert made.batch_size == base.batch_size
    assert made.weight_decay == base.weight_decay
    assert made.loop.schedule.at(1000, 1) == pytest.approx(base.loop.schedule.at(1000, 1), rel=1e-3)
    assert made.loop.schedule.at(9000, 1) == pytest.approx(192**-0.5 * 9000**-0.5)
    assert made.loop.precision == "auto"


def test_what_no_recipe_says_is_listed_with_its_reason() -> None:
    config = {
        **CONFIG,
        "data": {"add_blank": True, "sampling_rate": 48000, "n_speakers": 110, "colour": "red"},
        "model": {**CONFIG["model"], "gin_channels": 256, "mean_only": False},
    }
    converted = convert(config, "p225")
    assert converted.recipe.model.blanks
    assert converted.recipe.model.speaker_channels == 256
    assert converted.left_out == (
        "train.epochs: length is in steps: set loop.steps",
        "data.sampling_rate: there is one mel definition, not 48000",
        "data.n_speakers: speakers follow from the corpus",
        "data.colour: no such key is known here",
        "model.mean_only: the prior has unit variance, not False",
    )


def test_the_command_prints_a_recipe_that_is_read_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "base.json"
    path.write_text(json.dumps(CONFIG))
    assert main(["recipe", str(path), "--speaker", "jss"]) == 0
    said = capsys.readouterr()
    (tmp_path / "recipe.yaml").write_text(said.out)
    assert load_recipe(tmp_path / "recipe.yaml", AcousticRecipe).main_speaker == "jss"
    assert "left out: train.epochs" in said.err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "cannot be read as JSON"),
        ("[]", "no configuration of the reference"),
        ('{"model": {"n_heads": "two"}}', r"heads: 'two' is not of type int"),
    ],
)
def test_broken_configurations_are_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "c.json"
    path.write_text(content)
    with pytest.raises(RecipeError, match=message):
        read_config(path, "x")
