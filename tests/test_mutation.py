"""The command that changes the code to see whether the tests notice."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from mutation import equivalents, subjects
from mutation.operators import mutants_of, mutated

ROOT = Path(__file__).resolve().parents[1]

TOY = '''"""A toy."""

import functools

SIZES = {"small": 3}


class SizeError(ValueError):
    """No such size."""


@functools.lru_cache(maxsize=8)
def fits(size: str, number: int = 2) -> bool:
    """Say whether it fits.

    >>> fits("small")
    True
    """
    if size not in SIZES and not size:
        raise SizeError(f"There is no {size}.")
    return number <= SIZES[size] - 1
'''

TESTS = """
import toy

def test_two_are_not_too_many():
    assert toy.fits("small", 2)

def test_three_are_too_many():
    assert not toy.fits("small", 3)
"""

JUDGE = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[1], "."]
from mutation import judging, operators, running, watching
running.WARM = "test_warm.py"
tests = ("test_toy.py", "toy.py", "--doctest-modules")
suite = running.Suite(Path.cwd(), tests, ("toy.py",), Path("log").resolve())
seen = watching.watch(suite)
assert not seen.failed, seen.failed
judge = judging.Judge(suite, seen, 30)
for mutant in operators.mutants_of(Path.cwd(), "toy.py"):
    print(judge.verdict(mutant).outcome, mutant.change, sep="|")
judge.close()
"""


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """Return a folder with a toy module and its tests."""
    (tmp_path / "toy.py").write_text(TOY, encoding="utf-8")
    (tmp_path / "test_toy.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "test_warm.py").write_text("def test_nothing(): pass\n", encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    return tmp_path


def test_every_usual_change_has_a_mutant_and_what_people_read_has_none(toy: Path) -> None:
    changes = [mutant.change for mutant in mutants_of(toy, "toy.py")]
    assert changes == [
        "'small' → ''",
        "3 → 4",
        "2 → 3",
        "size not in SIZES and (not size) → size not in SIZES or not size",
        "size not in SIZES → size in SIZES",
        "not size → size",
        "return number <= SIZES[size] - 1 → return None",
        "number <= SIZES[size] - 1 → number < SIZES[size] - 1",
        "number <= SIZES[size] - 1 → number > SIZES[size] - 1",
        "SIZES[size] - 1 → SIZES[size] + 1",
        "1 → 2",
    ]


def test_a_mutant_differs_in_its_one_change(toy: Path) -> None:
    for mutant in mutants_of(toy, "toy.py"):
        new = ast.unparse(mutated(toy, mutant)).splitlines()
        old = ast.unparse(ast.parse(TOY)).splitlines()
        assert sum(a != b for a, b in zip(old, new, strict=True)) == 1


def test_tests_kill_what_they_notice_and_nothing_else(toy: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", JUDGE, str(ROOT / "scripts")],
        cwd=toy,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
    )
    assert done.returncode == 0, done.stderr
    verdicts = dict(line.split("|")[::-1] for line in done.stdout.splitlines())
    survived = {change for change, outcome in verdicts.items() if outcome != "killed"}
    # Nobody asks for a size that is not there.
    assert survived == {
        "size not in SIZES and (not size) → size not in SIZES or not size",
        "size not in SIZES → size in SIZES",
        "not size → size",
    }
    assert (toy / "toy.py").read_text(encoding="utf-8") == TOY


def test_each_equivalent_stands_for_a_mutant_and_has_its_reason() -> None:
    files = [path for one in subjects.SUBJECTS.values() for path in one.files(ROOT)]
    keys = {mutant.key for path in files for mutant in mutants_of(ROOT, path)}
    for key, reason in equivalents.equivalents().items():
        assert key in keys, f"{key} is no mutant any more: mend or drop its row of equivalents.tsv"
        assert reason, key
