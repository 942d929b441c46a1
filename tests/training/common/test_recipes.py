"""Recipes: keys are constructor arguments, everything else is refused by name."""

import dataclasses
from pathlib import Path
from typing import Literal

import pytest

from kosorong.errors import RecipeError
from kosorong.training.common.recipes import dump_recipe, load_recipe, parse_recipe


@dataclasses.dataclass(frozen=True)
class Inner:
    rate: float = 0.1
    sizes: tuple[int, ...] = (1, 2)


@dataclasses.dataclass(frozen=True)
class Recipe:
    name: str
    kind: Literal["a", "b"] = "a"
    inner: Inner = Inner()
    weights: dict[str, float] = dataclasses.field(default_factory=dict)


def test_a_recipe_survives_being_written_and_read(tmp_path: Path) -> None:
    recipe = Recipe("x", "b", Inner(2e-4, (3, 4)), {"k": 1.5})
    path = tmp_path / "r.yaml"
    path.write_text(dump_recipe(recipe))
    assert load_recipe(path, Recipe) == recipe


def test_numbers_without_a_dot_are_numbers() -> None:
    assert parse_recipe({"name": "x", "inner": {"rate": "2e-4"}}, Recipe).inner.rate == 2e-4


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"nam": "x"}, r"unknown key 'nam'.*Valid keys: inner, kind, name, weights"),
        ({"name": "x", "inner": {"rates": 1}}, r"inner: unknown key 'rates'.*rate, sizes"),
        ({"name": "x", "kind": "c"}, r"kind: 'c' is not valid.*a, b"),
        ({"name": "x", "inner": {"rate": "fast"}}, r"rate: 'fast' is not a number"),
        ({"name": 3}, r"name: 3 is not of type str"),
        ({}, r"missing: name"),
        ([1], r"expected keys and values"),
    ],
)
def test_what_is_wrong_is_named_with_the_valid_choices(content: object, message: str) -> None:
    with pytest.raises(RecipeError, match=message):
        parse_recipe(content, Recipe)


def test_a_missing_or_broken_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="no such recipe"):
        load_recipe(tmp_path / "none.yaml", Recipe)
    broken = tmp_path / "broken.yaml"
    broken.write_text("a: [")
    with pytest.raises(RecipeError, match="not readable as YAML"):
        load_recipe(broken, Recipe)


@pytest.mark.parametrize("name", ["glow_tts/small", "vocoder/small"])
def test_the_recipes_of_the_repository_are_valid(name: str) -> None:
    from kosorong.training.glow_tts.experiment import AcousticRecipe
    from kosorong.training.vocoder.experiment import VocoderRecipe

    path = Path(__file__).parents[3] / "recipes" / f"{name}.yaml"
    load_recipe(path, AcousticRecipe if "glow" in name else VocoderRecipe)
