"""What a linter cannot see: which packages are loaded when something is imported or run."""

from __future__ import annotations

import os
import pkgutil
import subprocess
import sys
from importlib import import_module

import pytest

import kosorong

TRAINING_ONLY = ("torch", "numba", "scipy", "onnx", "matplotlib", "tensorboard", "sacrebleu")
JUDGING_ONLY = ("faster_whisper", "tokenizers", "huggingface_hub", "vosk")
FOREIGN = (*TRAINING_ONLY, *JUDGING_ONLY, "yaml", "django", "flask")
ENGINES = ("onnxruntime", "ctranslate2", "av")

FLOORS = (
    "text", "audio", "speech", "translation", "book", "markup", "spelling", "client", "cli",
    "wordlist",
)  # fmt: skip

_ASK = """
import sys
{statement}
print(*sorted({{name.partition(".")[0] for name in sys.modules}}))
"""


def loaded_by(statement: str) -> set[str]:
    """Run a statement in a fresh interpreter and return the top-level modules it leaves loaded."""
    done = subprocess.run(
        [sys.executable, "-c", _ASK.format(statement=statement)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].split())


def modules_of(floor: str) -> list[str]:
    package = import_module(f"kosorong.{floor}")
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return [package.__name__, *(module.name for module in found)]


@pytest.mark.parametrize("floor", FLOORS)
def test_importing_a_serving_floor_loads_nothing_of_training(floor: str) -> None:
    loaded = loaded_by(f"import {', '.join(modules_of(floor))}")
    assert loaded.isdisjoint(FOREIGN), loaded.intersection(FOREIGN)


def test_the_server_loads_its_framework_and_nothing_of_training() -> None:
    loaded = loaded_by(f"import {', '.join(modules_of('serving'))}")
    assert loaded.intersection(FOREIGN) <= {"flask"}


def test_every_floor_but_training_is_looked_at() -> None:
    packages = {m.name for m in pkgutil.iter_modules(kosorong.__path__) if m.ispkg}
    assert packages - {"training", "bundles", "serving"} == set(FLOORS)


def test_text_needs_no_package_at_all() -> None:
    loaded = loaded_by(f"import {', '.join(modules_of('text'))}")
    assert loaded.isdisjoint((*FOREIGN, *ENGINES, "numpy", "tqdm"))


def test_help_loads_no_engine() -> None:
    statement = (
        "from kosorong.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass"
    )
    loaded = loaded_by(statement)
    assert "kosorong" in loaded
    assert loaded.isdisjoint((*FOREIGN, *ENGINES))


def test_asking_for_modules_sees_one_that_is_loaded() -> None:
    assert "sqlite3" in loaded_by("import sqlite3")
