"""scripts/make_constraints.py: what pyproject.toml asks for, in versions that fit together."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

SCRIPT = Path(__file__).parents[1] / "scripts" / "make_constraints.py"


@pytest.fixture
def script() -> dict[str, Any]:
    return runpy.run_path(str(SCRIPT))


def test_extras_are_those_of_the_file_and_not_of_what_was_installed_long_ago(
    script: dict[str, Any],
) -> None:
    named = {need.name for need in script["needs"]("kosorong", frozenset({"grow"}))}
    assert {"numpy", "boto3", "redis", "pymysql"} <= named
    assert "torch" not in named


def test_a_version_that_somebody_does_not_take_is_named(script: dict[str, Any]) -> None:
    assert script["_fitting"]("somebody", Requirement("packaging>=20"))
    with pytest.raises(script["UnfitError"], match="somebody wants packaging<1, but"):
        script["_fitting"]("somebody", Requirement("packaging<1"))


def test_the_lowest_versions_are_the_lower_ends_of_the_ranges(script: dict[str, Any]) -> None:
    found = script["lowest"](frozenset(script["SERVING"]))
    assert found["pymysql"] == "1.1.1"
    assert "torch" not in found
    with pytest.raises(script["UnfitError"], match="names no lowest version"):
        script["_floor"](Requirement("numpy<3"))
