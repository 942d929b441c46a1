"""Print constraints.txt: the version of every package that the extras need, as installed here.

    .venv/bin/python scripts/make_constraints.py > constraints.txt
    .venv/bin/python scripts/make_constraints.py --lowest

Run it in an environment made with all extras; what they are stands in pyproject.toml, not in what
was installed some time ago. Local parts of a version (`+cpu`) are left out, so that any build of it
satisfies the pin, and so is everything that no extra asks for. A version that somebody does not
take is named and nothing is printed: pins that do not fit install nowhere. `--lowest` prints the
lowest version of each range that a service asks for, which `make lowest` tries.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
ROOT = "kosorong"
EXTRAS = ("serve", "grow", "train", "judge", "dev")
SERVING = ("serve", "grow")
_HEAD = """\
# Pins used by make and by CI; pyproject.toml holds the ranges, so that a package which is
# there already (a torch built for another accelerator) is left alone outside of make.
# Made by scripts/make_constraints.py.
"""


class UnfitError(Exception):
    """A version is installed that a package does not take."""


def needs(name: str, extras: frozenset[str]) -> Iterator[Requirement]:
    """Yield what a package asks for on this machine, with those of its extras."""
    for requirement in map(Requirement, _asked(name, extras)):
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": e}) for e in ("", *extras)):
            yield requirement


def _asked(name: str, extras: frozenset[str]) -> list[str]:
    if name != ROOT:
        return list(distribution(name).requires or [])
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    return [
        *project["dependencies"],
        *(line for extra in sorted(extras) for line in optional[extra]),
    ]


def pins(extras: frozenset[str]) -> dict[str, str]:
    """Return version by canonical name for everything that the package with its extras needs.

    Raises:
        UnfitError: Two of them do not fit together as they are installed.
        PackageNotFoundError: One of them is not installed.
    """
    found: dict[str, str] = {}
    waiting = [(ROOT, extras)]
    seen = set()
    while waiting:
        name, wanted = waiting.pop()
        if (canonicalize_name(name), wanted) in seen:
            continue
        seen.add((canonicalize_name(name), wanted))
        for requirement in needs(name, wanted):
            found[canonicalize_name(requirement.name)] = _fitting(name, requirement)
            waiting.append((requirement.name, frozenset(requirement.extras)))
    # The package asks for itself where one extra holds another.
    found.pop(ROOT, None)
    return found


def lowest(extras: frozenset[str]) -> dict[str, str]:
    """Return the lowest version of everything that pyproject.toml itself asks for, by name.

    Raises:
        UnfitError: A range has no lower end.
    """
    return {
        canonicalize_name(requirement.name): _floor(requirement)
        for requirement in map(Requirement, _asked(ROOT, extras))
    }


def _floor(requirement: Requirement) -> str:
    found = [one.version for one in requirement.specifier if one.operator in (">=", "==", "~=")]
    if len(found) != 1:
        raise UnfitError(f"{requirement} names no lowest version.")
    return found[0]


def _fitting(asker: str, requirement: Requirement) -> str:
    if canonicalize_name(requirement.name) == ROOT:
        return ""
    version = distribution(requirement.name).version
    if not requirement.specifier.contains(version, prereleases=True):
        raise UnfitError(
            f"{asker} wants {requirement}, but {version} is installed. Install that one."
        )
    return version.partition("+")[0]


def main() -> int:
    """Print the pins, or say what is missing."""
    only = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    only.add_argument("--lowest", action="store_true", help="of what a service asks for")
    if only.parse_args().lowest:
        print("\n".join(f"{n}=={v}" for n, v in sorted(lowest(frozenset(SERVING)).items())))
        return 0
    try:
        found = pins(frozenset(EXTRAS))
    except PackageNotFoundError as error:
        print(f"{error} Install every extra first: make test.", file=sys.stderr)
        return 1
    except UnfitError as error:
        print(error, file=sys.stderr)
        return 1
    print(_HEAD + "\n".join(f"{name}=={version}" for name, version in sorted(found.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
