"""Print how the house stands: every figure of its order that can be counted without running it.

    python scripts/house.py

One line for each: what is counted, the figure, its bar. Where a line says more by itself, the
script is named that shows the places. What has to be run is run by commands of its own: mutants
(`scripts/mutation`), what a change made different (`scripts/unchanged.py`), what it made slower
(`scripts/paired.py`). The command ends with 1 where a bar is missed.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import floors
import names
import rooms
import tuned

ROOT = Path(__file__).resolve().parents[1]
_PLACES = 10
_MOST_OPENED = 15
_LEAST_ANNOTATED = 98.0
_LONGEST_FUNCTION = 80


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its bar.

    Attributes:
        what: What is counted.
        value: The figure.
        bar: Most that is good; least where `at_least`.
        at_least: Whether more is better.
        unit: Behind the figure.
    """

    what: str
    value: float
    bar: float
    at_least: bool = False
    unit: str = ""

    @property
    def holds(self) -> bool:
        """Say whether the bar is met."""
        return self.value >= self.bar if self.at_least else self.value <= self.bar

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        missed = "" if self.holds else "  MISSED"
        figure = f"{self.value:.1f}".removesuffix(".0") + self.unit
        return f"{self.what:68} {figure:>8}  ({sign} {self.bar:g}{self.unit}){missed}"


def figures() -> Iterator[Figure]:
    """Yield every figure."""
    imports = floors.imports_of()
    rings = [ring for ring in floors.circles(imports) if set(ring) != floors.DJANGO]
    yield Figure("imports that run back up (floors.py --show)", len(floors.upward(imports)), 1)
    yield Figure("circles of files but Django's pair", len(rings), 0)
    for subject in rooms.SUBJECTS:
        count = len(rooms.knowing(subject))
        yield Figure(f"places that know {subject.name} (rooms.py --show)", count, 1)
    yield Figure("literals of eight or more linguistic strings", len(rooms.literals()), 0)
    yield Figure("functions with vague names (names.py --show)", _vague(), names.MOST, unit=" %")
    yield Figure("files to open for the ten places, with the page", opened(), _MOST_OPENED)
    yield Figure(
        "annotated test functions", annotated(), _LEAST_ANNOTATED, at_least=True, unit=" %"
    )
    silent = sum(not number.found for number in tuned.tuned())
    yield Figure("tuned numbers that say nothing (tuned.py --guesses)", silent, 0)
    yield Figure("lines of the longest function of the source", longest(), _LONGEST_FUNCTION)


def _vague() -> float:
    functions = [one for _, tree in names.modules() for one in names.functions(tree)]
    return 100 * sum(bool(names.vague(function)) for function in functions) / len(functions)


def opened() -> int:
    """Return the files that the ten places of how-to/change.md ask to open, the page among them."""
    page = (ROOT / "docs/how-to/change.md").read_text(encoding="utf-8")
    counts = re.findall(r"^\|.*\| (\d+) \|$", page, re.MULTILINE)
    return sum(map(int, counts[:_PLACES])) + 1


def annotated() -> float:
    """Return the percentage of test functions whose arguments and result are all annotated."""
    whole = [_is_annotated(function) for function in _tests()]
    return 100 * sum(whole) / len(whole)


def _tests() -> Iterator[names.Function]:
    for path in sorted((ROOT / "tests").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield from (one for one in names.functions(tree) if one.name.startswith("test"))


def _is_annotated(function: names.Function) -> bool:
    arguments = function.args
    every = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    named = (one for one in every if one.arg not in ("self", "cls"))
    return function.returns is not None and all(one.annotation is not None for one in named)


def longest() -> int:
    """Return the lines of the longest function of the source, docstring and all."""
    functions = (one for _, tree in names.modules() for one in names.functions(tree))
    return max((one.end_lineno or one.lineno) - one.lineno + 1 for one in functions)


def main() -> None:
    """Print every figure."""
    everything = list(figures())
    print("\n".join(map(str, everything)))
    sys.exit(0 if all(figure.holds for figure in everything) else 1)


if __name__ == "__main__":
    main()
