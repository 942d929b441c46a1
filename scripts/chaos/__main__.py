"""Run trials of the library service and write `docs/reference/reliability.md`.

make trials                             every trial, then the page
python scripts/chaos kills --seed 7     one of them, then the page
python scripts/chaos report             the page alone, from what was found before
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests")]

from chaos import crowd, killing, machines, outages, report, sharing  # noqa: E402
from chaos.results import Result, save  # noqa: E402

_PAGE = ROOT / "docs" / "reference" / "reliability.md"
_REPORTS = ROOT / "runs" / "trials"


def _kills(options: argparse.Namespace, folder: Path, command: str) -> Result:
    plan = killing.Plan(options.kills, options.books, options.segments, options.seed)
    return killing.run(plan, folder, command)


def _outages(options: argparse.Namespace, folder: Path, command: str) -> Result:
    return outages.run(options.cases, options.seed, folder, command)


def _workers(options: argparse.Namespace, folder: Path, command: str) -> Result:
    return sharing.run(sharing.Plan(seed=options.seed), folder, command)


def _crowd(options: argparse.Namespace, folder: Path, command: str) -> Result:
    return crowd.run(options.server, options.crowds, options.seed, folder, command)


def _machines(options: argparse.Namespace, folder: Path, command: str) -> Result:
    return machines.run(machines.Plan(seed=options.seed), folder, command)


Trial = Callable[[argparse.Namespace, Path, str], Result]
TRIALS: dict[str, Trial] = {
    "kills": _kills,
    "outages": _outages,
    "workers": _workers,
    "crowd": _crowd,
    "machines": _machines,
}


def main() -> int:
    """Run what is asked for; 1 where a bar was missed."""
    options = _options()
    missed = 0
    for name in options.trials or TRIALS:
        if name != "report":
            missed += _run(name, options)
    report.write(options.reports, options.page)
    print(f"{options.page} is written.", file=sys.stderr)
    return int(missed > 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="chaos", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    usual = killing.Plan()
    parser.add_argument("trials", nargs="*", choices=[*TRIALS, "report"], metavar="TRIAL")
    parser.add_argument("--seed", type=int, help="of all that is left to chance")
    parser.add_argument("--kills", type=int, default=usual.kills)
    parser.add_argument("--books", type=int, default=usual.books)
    parser.add_argument("--segments", type=int, default=usual.segments)
    parser.add_argument(
        "--cases", nargs="*", default=[], choices=list(outages.CASES), help="outages; all"
    )
    parser.add_argument(
        "--crowds", nargs="*", default=[], choices=list(crowd.SECONDS), help="of the crowd; all"
    )
    parser.add_argument(
        "--server", choices=list(crowd.SERVERS), default="waitress", help="that the crowd meets"
    )
    parser.add_argument("--reports", type=Path, default=_REPORTS, help="folder of results")
    parser.add_argument("--page", type=Path, default=_PAGE, help="the page that is written")
    parser.add_argument("--keep", type=Path, help="empty folder that is left with log and data")
    options = parser.parse_args()
    if options.seed is None:
        options.seed = random.SystemRandom().randrange(1_000_000)
    return options


def _run(name: str, options: argparse.Namespace) -> int:
    command = f"python scripts/chaos {name} --seed {options.seed}{_further(name, options)}"
    print(f"{name}: {command}", file=sys.stderr)
    started = time.monotonic()
    with _folder(options.keep, name) as folder:
        found = TRIALS[name](options, folder, command)
    save(found, options.reports)
    for row in found.rows:
        print(f"  {'met ' if row.met else 'MISS'} {row.trial}: {row.measured} (bar: {row.bar})")
    print(f"{name}: {time.monotonic() - started:.0f} s", file=sys.stderr)
    return sum(not row.met for row in found.rows)


def _further(name: str, options: argparse.Namespace) -> str:
    """Return the options of a trial that are not the usual ones."""
    usual, said = killing.Plan(), ""
    if name == "kills":
        for one in ("kills", "books", "segments"):
            if getattr(options, one) != getattr(usual, one):
                said += f" --{one} {getattr(options, one)}"
    if name == "outages" and options.cases:
        said += " ".join([" --cases", *options.cases])
    if name == "crowd":
        said += f" --server {options.server}" if options.server != "waitress" else ""
        said += " ".join([" --crowds", *options.crowds]) if options.crowds else ""
    return said


@contextmanager
def _folder(kept: Path | None, name: str) -> Iterator[Path]:
    if kept is not None:
        folder = kept / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="chaos-", ignore_cleanup_errors=True) as scratch:
        # A server that runs as another user has to come through.
        Path(scratch).chmod(0o755)
        yield Path(scratch)


if __name__ == "__main__":
    sys.exit(main())
