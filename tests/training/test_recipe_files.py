"""The recipes that ship parse, say every key they have, and have the sizes they claim."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from kosorong.text.sound.symbols import SYMBOLS
from kosorong.training.common.recipes import dump_recipe, load_recipe
from kosorong.training.glow_tts.experiment import AcousticRecipe
from kosorong.training.glow_tts.model import GlowTts
from kosorong.training.recogniser.experiment import RecogniserRecipe
from kosorong.training.translation.recipe import TranslationRecipe
from kosorong.training.vocoder.discriminators import (
    period_discriminators,
    resolution_discriminators,
)
from kosorong.training.vocoder.experiment import VocoderRecipe
from kosorong.training.vocoder.model import Vocos

RECIPES = Path(__file__).resolve().parents[2] / "recipes"
SCHEMAS = {
    "glow_tts": AcousticRecipe,
    "recogniser": RecogniserRecipe,
    "translation": TranslationRecipe,
    "vocoder": VocoderRecipe,
}
FILES = sorted(path.relative_to(RECIPES) for path in RECIPES.glob("*/*.yaml"))
FULL = (Path("glow_tts/base.yaml"), Path("vocoder/base.yaml"))


@pytest.mark.parametrize("name", FILES, ids=str)
def test_every_recipe_parses(name: Path) -> None:
    load_recipe(RECIPES / name, SCHEMAS[name.parts[0]])


@pytest.mark.parametrize("name", FULL, ids=str)
def test_base_recipes_show_every_key(name: Path) -> None:
    recipe: Any = load_recipe(RECIPES / name, SCHEMAS[name.parts[0]])

    def keys(content: dict[str, object]) -> dict[str, object]:
        return {k: keys(v) if isinstance(v, dict) else None for k, v in content.items()}

    written = yaml.safe_load((RECIPES / name).read_text(encoding="utf-8"))
    assert keys(written) == keys(yaml.safe_load(dump_recipe(recipe)))


@pytest.mark.parametrize(
    "name",
    [
        *("glow_tts/base.yaml", "glow_tts/doreco.yaml", "glow_tts/jss.yaml"),
        *("glow_tts/free.yaml", "glow_tts/jss_base.yaml", "vocoder/base.yaml"),
    ],
)
def test_every_key_of_a_new_recipe_is_explained_in_its_place(name: str) -> None:
    sections = (
        "kind:",
        "model:",
        "encoder:",
        "durations:",
        "decoder:",
        "loss:",
        "loop:",
        "schedule:",
    )
    for line in (RECIPES / name).read_text(encoding="utf-8").splitlines():
        assert "#" in line or not line.strip() or line.strip().startswith(sections), line


@pytest.mark.parametrize("name", ["doreco", "free", "jss"])
def test_runs_of_the_bundled_size_can_start_from_each_other(name: str) -> None:
    small = load_recipe(RECIPES / "glow_tts/small.yaml", AcousticRecipe)
    assert load_recipe(RECIPES / f"glow_tts/{name}.yaml", AcousticRecipe).model == small.model


def test_the_base_acoustic_model_has_the_size_of_the_paper() -> None:
    recipe: Any = load_recipe(RECIPES / "glow_tts/base.yaml", AcousticRecipe)
    model = GlowTts(recipe.model, len(SYMBOLS), n_speakers=1)
    count = sum(p.numel() for p in model.parameters())
    print(f"base: {count:,} parameters")
    assert round(count / 1e6, 1) == 28.6


def test_the_base_vocoder_has_the_published_widths() -> None:
    recipe: Any = load_recipe(RECIPES / "vocoder/base.yaml", VocoderRecipe)
    count = sum(p.numel() for p in Vocos(recipe.model).parameters())
    judges = sum(
        p.numel()
        for build in (period_discriminators, resolution_discriminators)
        for p in build(recipe.discriminators).parameters()
    )
    print(f"vocoder: {count:,} parameters, discriminators: {judges:,}")
    assert 13e6 < count < 14e6
    assert judges > 30e6
