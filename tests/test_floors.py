"""The floors of the library: counted in its files, and as contracts that a breach breaks."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import floors
import pytest

PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"
FLOORS, HTTP = "The floors of the library", "Nobody imports what answers over HTTP"
ROOMS = {room for rooms in floors.FLOORS for room in rooms}
_CONTRACT = "[[tool.importlinter.contracts]]"
_LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def contract(name: str) -> str:
    """Return a contract as it is written in pyproject.toml."""
    blocks = PYPROJECT.read_text(encoding="utf-8").split(_CONTRACT)[1:]
    return _CONTRACT + next(block for block in blocks if f'name = "{name}"' in block)


def library(folder: Path, imports: dict[str, str]) -> Path:
    """Build a library that has all rooms, with one file each; some import another room's."""
    for room in {"", *ROOMS, *imports}:
        package = folder / "kosorong_library" / room
        package.mkdir(parents=True, exist_ok=True)
        (package / "__init__.py").touch()
        if room:
            line = f"from kosorong_library.{imports[room]} import file\n" if room in imports else ""
            (package / "file.py").write_text(line, encoding="utf-8")
    return folder / "kosorong_library"


def lint(folder: Path) -> str:
    """Hold both contracts against a library in a folder; return what is said."""
    root = '[tool.importlinter]\nroot_packages = ["kosorong_library"]\n'
    config = folder / "contracts.toml"
    config.write_text(root + contract(FLOORS) + contract(HTTP), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", _LINT, "--config", config, "--no-cache"],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
        timeout=60,
    )
    assert (done.returncode == 0) == ("BROKEN" not in done.stdout), done.stderr
    return done.stdout


def test_no_import_of_the_library_runs_back_up() -> None:
    imports = floors.imports_of()
    assert len(imports) > 100
    assert floors.upward(imports) == []
    assert floors.strange(imports) == []


def test_only_the_pair_that_django_wants_imports_each_other() -> None:
    assert floors.circles(floors.imports_of()) == [sorted(floors.DJANGO)]


def test_the_contract_has_the_floors_of_the_count() -> None:
    written = tomllib.loads(contract(FLOORS))["tool"]["importlinter"]["contracts"][0]
    layers = [set(layer.split(" | ")) for layer in written["layers"]]
    assert layers == [set(rooms) for rooms in floors.FLOORS]
    kept_out = tomllib.loads(contract(HTTP))["tool"]["importlinter"]["contracts"][0]
    assert set(kept_out["source_modules"]) == {f"kosorong_library.{r}" for r in ROOMS - {"api"}}


def test_imports_that_run_down_keep_the_contracts(tmp_path: Path) -> None:
    down = {"api": "studio", "studio": "library", "library": "accounts", "accounts": "config"}
    imports = floors.imports_of(library(tmp_path, down))
    assert floors.upward(imports) == floors.circles(imports) == []
    assert "2 kept, 0 broken" in lint(tmp_path)


@pytest.mark.parametrize(
    ("room", "above"),
    [("config", "library"), ("library", "studio"), ("studio", "listening"), ("studio", "api")],
)
def test_an_import_that_runs_back_up_or_beside_breaks_them(
    tmp_path: Path, room: str, above: str
) -> None:
    imports = floors.imports_of(library(tmp_path, {room: above}))
    assert floors.upward(imports) == [f"{room}.file -> {above}.file"]
    assert f"{FLOORS} BROKEN" in lint(tmp_path)


def test_not_even_what_stands_above_imports_the_room_of_http(tmp_path: Path) -> None:
    library(tmp_path, {"serve": "api"})
    assert f"{HTTP} BROKEN" in lint(tmp_path)


def test_a_room_without_a_floor_is_told(tmp_path: Path) -> None:
    imports = floors.imports_of(library(tmp_path, {"attic": "config"}))
    assert floors.strange(imports) == ["attic"]
    assert floors.upward(imports) == []
    assert "attic" in lint(tmp_path)


def test_a_circle_over_several_files_is_found() -> None:
    ring = {"a.x": frozenset({"a.y"}), "a.y": frozenset({"b.z"}), "b.z": frozenset({"a.x"})}
    assert floors.circles({**ring, "c": frozenset({"a.x"})}) == [["a.x", "a.y", "b.z"]]


def test_an_import_inside_of_a_function_counts(tmp_path: Path) -> None:
    package = library(tmp_path, {})
    late = "def late():\n    import kosorong_library.api.file\n"
    (package / "config" / "file.py").write_text(late, encoding="utf-8")
    assert floors.upward(floors.imports_of(package)) == ["config.file -> api.file"]
