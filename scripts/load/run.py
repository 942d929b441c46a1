"""Trials of the library under size and load, and what follows from them.

python scripts/load/run.py                 all of them, then docs/explanation/scale.md
python scripts/load/run.py size            100,000 segments in 500 books: times, queries
python scripts/load/run.py million         the same of 1,000,000 segments in 5,000 books
python scripts/load/run.py writers         15 MB of text, and a hundred books of one person
python scripts/load/run.py load            32 clients on all cores while a book is made
python scripts/load/run.py one-core        everything on one core: times, memory, what it costs
python scripts/load/run.py memory          idle and producing, embedded profile
python scripts/load/run.py restore         a backup made under load, put back and compared
python scripts/load/run.py simulation      64 workers, 10 million segments, after real workers
python scripts/load/run.py page            the page alone, from the figures of before
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests"), str(ROOT / "src")]

from chaos.results import result, save  # noqa: E402

from load import page, reads, restore, simulation_trial, size, writers  # noqa: E402
from load.found import Found  # noqa: E402

_REPORTS = ROOT / "runs" / "trials"
SEED = 6
Trial = Callable[[Path, Path], Found]
TRIALS: dict[str, Trial] = {
    "size": lambda folder, figures: size.run(folder),
    "million": lambda folder, figures: size.run(folder, size.MILLION),
    "writers": lambda folder, figures: writers.run(folder),
    "load": lambda folder, figures: reads.load(folder),
    "one-core": lambda folder, figures: reads.one_core(folder),
    "memory": lambda folder, figures: reads.memory(folder),
    "restore": lambda folder, figures: restore.run(folder),
    "simulation": simulation_trial.run,
}
"""Each takes an empty folder and the one with the figures of trials before it."""


def options_of(words: Sequence[str] | None = None) -> argparse.Namespace:
    """Return the options that words of a command line stand for; no name is every trial.

    Raises:
        SystemExit: There is no such trial.
    """
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--reports", type=Path, default=_REPORTS, help="folder of results")
    options = parser.parse_args(words)
    # `choices` would refuse that no name is given.
    if unknown := sorted(set(options.names) - {*TRIALS, "page"}):
        parser.error(f"there is no trial {unknown[0]!r}: {', '.join(TRIALS)}, page")
    options.names = options.names or list(TRIALS)
    return options


def main() -> int:
    """Run what is asked for, each in a process of its own; 1 where a bar was missed."""
    options = options_of()
    if len(options.names) == 1 and options.names[0] in TRIALS:
        return trial(options.names[0], options.reports)
    missed = 0
    for name in options.names:
        if name in TRIALS:
            words = [sys.executable, __file__, name, "--reports", str(options.reports)]
            missed += subprocess.run(words, check=False).returncode
    page.write(options.reports / "figures", ROOT / "docs" / "explanation" / "scale.md")
    return int(missed > 0)


def trial(name: str, reports: Path) -> int:
    """Run one trial and write down what it found; 1 where a bar was missed.

    Args:
        name: One of `TRIALS`.
        reports: Gets `NAME.json`, and the bare numbers as `figures/NAME.json`.
    """
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="load-", ignore_cleanup_errors=True) as folder:
        # A server that runs as another user has to come through.
        Path(folder).chmod(0o755)
        found = TRIALS[name](Path(folder), reports / "figures")
    told = result(name, f"python scripts/load/run.py {name}", SEED, found.rows, found.notes)
    save(told, reports)
    (reports / "figures").mkdir(exist_ok=True)
    figures = {**found.figures, "machine": told.machine, "date": told.date}
    path = reports / "figures" / f"{name}.json"
    path.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")
    for row in found.rows:
        print(f"  {'met ' if row.met else 'MISS'} {row.trial}: {row.measured} (bar: {row.bar})")
    for note in found.notes:
        print(f"       {note}")
    print(f"{name}: {time.monotonic() - started:.0f} s")
    return int(not all(row.met for row in found.rows))


if __name__ == "__main__":
    sys.exit(main())
