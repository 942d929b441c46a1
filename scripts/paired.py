"""Measure the same figures of two trees by turns, and say whether the newer one is worse.

    python scripts/paired.py OLDER translating speed [--rounds 5] [--margin 5]

OLDER is a checkout of older code (`git worktree add`). Each round runs `scripts/bench.py` of both
trees for every figure named, with one interpreter and the older one first every other time: what
else the machine does meets both. A line shows the medians and how much the newer one is worse,
median of the rounds. Sizes, times and shares are better small, what is counted by the second is
better great. The command ends with 1 where a figure is worse by more than the margin, in percent.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Two blanks or more part a figure from its name; of one line the first figure counts.
_FIGURE = re.compile(r"^\s+(?P<name>\S.*?)\s{1,}(?P<value>-?[\d,]*\.?\d+)\s*(?P<unit>.*)$")
_BETTER_GREAT = re.compile("^a second|^sentences a second")
_BARS = re.compile(r"\(.*")

Values = dict[str, list[float]]


def figures_of(printed: str) -> dict[str, tuple[float, str]]:
    """Return the figures that `bench.py` printed: name → value and unit."""
    figures: dict[str, tuple[float, str]] = {}
    heading = part = ""
    for line in printed.splitlines():
        match = _FIGURE.match(_BARS.sub("", line))
        if line and not line[0].isspace():
            heading, part = line.partition(":")[0], ""
        elif match is None and line.strip():
            part = f"{line.strip()}, "
        elif match is not None:
            name = f"{heading}: {part}{match['name'].rstrip(',')}"
            figures[name] = float(match["value"].replace(",", "")), match["unit"].strip()
    return figures


def worse_by(older: list[float], newer: list[float], unit: str) -> float:
    """Return by how many percent newer figures are worse than older ones, median of the pairs."""
    sign = -1.0 if _BETTER_GREAT.match(unit) else 1.0
    pairs = zip(older, newer, strict=True)
    shares = [100 * sign * (new - old) / old if old else 0.0 for old, new in pairs]
    return round(statistics.median(shares), 2)


def _measured(tree: Path, figure: str) -> dict[str, tuple[float, str]]:
    environment = {**os.environ, "PYTHONPATH": str(tree / "src")}
    command = [sys.executable, str(tree / "scripts/bench.py"), figure]
    done = subprocess.run(
        command, cwd=tree, env=environment, check=True, capture_output=True, text=True
    )
    return figures_of(done.stdout)


def compare(older: Path, figure: str, rounds: int) -> dict[str, tuple[Values, str]]:
    """Measure a figure of both trees by turns; by name, the values of each tree and the unit."""
    values: dict[str, Values] = defaultdict(lambda: {"older": [], "newer": []})
    units: dict[str, str] = {}
    for number in range(rounds):
        trees = [("older", older), ("newer", ROOT)]
        for which, tree in trees if number % 2 == 0 else trees[::-1]:
            for name, (value, unit) in _measured(tree, figure).items():
                values[name][which].append(value)
                units[name] = unit
    whole = {
        name: both for name, both in values.items() if len(both["older"]) == len(both["newer"])
    }
    return {name: (both, units[name]) for name, both in whole.items()}


def main() -> None:
    """Print every figure of both trees."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("older", type=Path, help="a checkout of older code")
    parser.add_argument("figures", nargs="+", help="as scripts/bench.py names them")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--margin", type=float, default=5.0, help="percent (5)")
    args = parser.parse_args()
    missed = False
    for figure in args.figures:
        for name, (both, unit) in compare(args.older.resolve(), figure, args.rounds).items():
            worse = worse_by(both["older"], both["newer"], unit)
            missed |= worse > args.margin
            old, new = statistics.median(both["older"]), statistics.median(both["newer"])
            mark = "  WORSE" if worse > args.margin else ""
            print(
                f"{name:58} {old:10.4f} → {new:10.4f} {unit:10} {worse:+7.2f} %{mark}", flush=True
            )
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
