"""Change the code in small ways, one at a time, and count how often the tests notice.

    python scripts/mutation                        both, 150 of each, seed of the day
    python scripts/mutation text --seed 7          one of them
    python scripts/mutation library --count 40 --keep runs/library.seen

Of every change that the files can undergo (`operators.py`) it draws some at random and prints the
seed. For each it runs the tests that run one of the changed lines, up to the first that fails: the
change is killed. A time-out is a kill; so is an import that fails. What no test runs has survived.
What cannot be noticed stands in `equivalents.tsv`, with the reason, and is drawn but neither run
nor counted. The command ends with 1 where less than 80 % are killed.

It uses one core and writes to no file of the repository: leave them alone while it runs.
"""

from __future__ import annotations

import argparse
import datetime
import os
import pickle
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "scripts")]

from mutation import equivalents, judging, running, subjects, watching  # noqa: E402
from mutation.operators import Mutant, mutants_of  # noqa: E402

BAR = 80.0
"""Percent of the mutants, those that are equivalent apart."""


def main() -> int:
    """Judge what is asked for; 1 where a bar was missed."""
    options = _options()
    os.chdir(ROOT)
    shares = [_judge(name, options) for name in options.subjects]
    return int(min(shares) < BAR)


def _judge(name: str, options: argparse.Namespace) -> float:
    """Draw mutants of a subject, run their tests, print each; return the share that was killed."""
    subject = subjects.SUBJECTS[name]
    files = subject.files(ROOT)
    everything = [mutant for path in files for mutant in mutants_of(ROOT, path)]
    drawn = random.Random(options.seed).sample(everything, min(options.count, len(everything)))  # noqa: S311
    known = equivalents.equivalents()
    judged = [mutant for mutant in drawn if mutant.key not in known]
    print(f"{name}: {len(drawn)} of {len(everything)} mutants, seed {options.seed}", flush=True)
    folder = Path(tempfile.mkdtemp(prefix="mutation-"))
    try:
        suite = running.Suite(ROOT, subject.tests, tuple(files), folder / "log")
        killed = _run(suite, _seen(suite, options.keep), judged, options.enough)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    share = 100 * killed / max(1, len(judged))
    print(
        f"{name}: {killed} of {len(judged)} killed, {share:.1f} % (bar {BAR:.0f} %), "
        f"{len(drawn) - len(judged)} more are equivalent, seed {options.seed}",
        flush=True,
    )
    return share


def _run(suite: running.Suite, seen: watching.Seen, mutants: list[Mutant], enough: float) -> int:
    for test in sorted(seen.failed):
        print(f"  left out, it fails on the code as it is: {test}")
    judge = judging.Judge(suite, seen, enough)
    killed = 0
    try:
        for mutant in sorted(mutants, key=lambda one: not one.called):  # the quick ones first
            start = time.monotonic()
            verdict = judge.verdict(mutant)
            killed += verdict.is_kill
            why = verdict.test or f"{verdict.asked} tests"
            print(f"{verdict.outcome:9} {_told(mutant)}")
            print(f"{'':9} {why}, {time.monotonic() - start:.1f} s", flush=True)
    finally:
        judge.close()
    return killed


def _told(mutant: Mutant) -> str:
    place = f"{mutant.path}:{mutant.lines[0]} {mutant.scope}".strip()
    return f"{place} | {mutant.source} | {mutant.change}"


def _seen(suite: running.Suite, keep: Path | None) -> watching.Seen:
    """Return what the tests run: from a file of an earlier run, or by running them."""
    if keep is not None and keep.exists():
        with keep.open("rb") as file:
            seen: watching.Seen = pickle.load(file)  # noqa: S301
        return seen
    seen = watching.watch(suite)
    if keep is not None:
        with keep.open("wb") as file:
            pickle.dump(seen, file)
    return seen


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="mutation", description=__doc__.partition("\n")[0])
    names = sorted(subjects.SUBJECTS, reverse=True)
    parser.add_argument("subjects", nargs="*", metavar="subject", help=" or ".join(names))
    today = int(datetime.datetime.now(datetime.UTC).strftime("%Y%m%d"))
    parser.add_argument("--seed", type=int, default=today)
    parser.add_argument("--count", type=int, default=150, help="mutants of each (150)")
    parser.add_argument(
        "--enough", type=float, default=30.0, metavar="SECONDS",
        help="of the processor, which the tests of a mutant may take; more are not asked (30)",
    )  # fmt: skip
    parser.add_argument("--keep", type=Path, help="file to keep what the tests run, for a next run")
    options = parser.parse_args()
    options.subjects = options.subjects or names
    if unknown := set(options.subjects) - set(names):
        parser.error(f"There is no {', '.join(sorted(unknown))}: choose {' or '.join(names)}.")
    return options


if __name__ == "__main__":
    sys.exit(main())
