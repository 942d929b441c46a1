"""Print constraints.txt: the version of every package that the extras need, as installed here.

    .venv/bin/python scripts/make_constraints.py > constraints.txt

Run it in an environment made with all extras. Local parts of a version (`+cpu`) are left out, so
that any build of it satisfies the pin, and so is everything that no extra asks for.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

EXTRAS = ("serve", "grow", "train", "dev")
_HEAD = """\
# Pins used by make and by CI; pyproject.toml holds the ranges, so that a package which is
# there already (a torch built for another accelerator) is left alone outside of make.
# Made by scripts/make_constraints.py.
"""


def needs(name: str, extras: frozenset[str]) -> Iterator[Requirement]:
    """Yield what a distribution asks for on this machine, with those of its extras."""
    for line in distribution(name).requires or []:
        requirement = Requirement(line)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": e}) for e in ("", *extras)):
            yield requirement


def pins(root: str, extras: frozenset[str]) -> dict[str, str]:
    """Return version by canonical name for everything below `root`."""
    found: dict[str, str] = {}
    waiting = [(root, extras)]
    seen = set()
    while waiting:
        name, wanted = waiting.pop()
        if (canonicalize_name(name), wanted) in seen:
            continue
        seen.add((canonicalize_name(name), wanted))
        found[canonicalize_name(name)] = distribution(name).version.partition("+")[0]
        waiting += [(r.name, frozenset(r.extras)) for r in needs(name, wanted)]
    del found[canonicalize_name(root)]
    return found


def main() -> int:
    """Print the pins, or say what is missing."""
    try:
        found = pins("kosorong", frozenset(EXTRAS))
    except PackageNotFoundError as error:
        print(f"{error} Install every extra first: make test.", file=sys.stderr)
        return 1
    print(_HEAD + "\n".join(f"{name}=={version}" for name, version in sorted(found.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
