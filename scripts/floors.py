"""Count the imports that run back up between the rooms of the library, and circles of files.

    python scripts/floors.py [--show]

`FLOORS` lists the rooms of `kosorong_library` from the top: a file imports from rooms below its own
and from its own; rooms of one floor are strangers. What runs otherwise runs back up; the bar is 0.
Files that import each other, over any number of others, are a circle; the bar is Django's own pair
(`DJANGO`). Imports inside of functions count like all others. The same floors are contracts in
`pyproject.toml`. The command ends with 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

LIBRARY = Path(__file__).resolve().parents[1] / "src" / "kosorong_library"
FLOORS = (
    ("serve",),
    ("api",),
    ("monitoring",),
    ("studio", "listening", "backups"),
    ("library",),
    ("accounts", "storage"),
    ("config",),
)
DJANGO = frozenset({"accounts.models", "accounts.sessions"})
"""A session's model names its store, and the store its model: so Django wants it."""

Imports = Mapping[str, frozenset[str]]


def imports_of(root: Path = LIBRARY) -> dict[str, frozenset[str]]:
    """Return what each file of the library imports of it, by module names below its root.

    Args:
        root: Folder of the package; migrations are left out.
    """
    paths = [path for path in root.rglob("*.py") if "migrations" not in path.parts]
    names = {_name(path.relative_to(root)): path for path in sorted(paths)}
    return {
        name: frozenset(_imported(path, root.name, names.keys())) - {name}
        for name, path in names.items()
    }


def _name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(path: Path, package: str, known: Collection[str]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            told = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            told = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        ours = (name for name in told if name.startswith(f"{package}."))
        for name in (full.removeprefix(f"{package}.") for full in ours):
            # What is no module is a name out of one.
            yield name if name in known else name.rpartition(".")[0]


def upward(imports: Imports) -> list[str]:
    """Return the imports that run to a room above, or to a stranger beside it."""
    floor = {room: i for i, rooms in enumerate(FLOORS) for room in rooms}
    return [
        f"{one} -> {other}"
        for one, others in imports.items()
        for other in sorted(others)
        if {_room(one), _room(other)} <= floor.keys()
        and _room(one) != _room(other)
        and floor[_room(other)] <= floor[_room(one)]
    ]


def _room(module: str) -> str:
    return module.partition(".")[0]


def strange(imports: Imports) -> list[str]:
    """Return the rooms that stand on no floor."""
    known = {room for rooms in FLOORS for room in rooms}
    return sorted({_room(name) for name in imports if name} - known)


def circles(imports: Imports) -> list[list[str]]:
    """Return the sets of files that import each other, over any number of others."""
    reach = {name: _reached(name, imports) for name in imports}
    found = {
        frozenset(other for other in reach[name] if name in reach[other])
        for name in imports
        if name in reach[name]
    }
    return sorted(sorted(circle) for circle in found)


def _reached(start: str, imports: Imports) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        new = imports.get(waiting.pop(), frozenset()) - seen
        seen |= new
        waiting += new
    return seen


def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--show", action="store_true", help="name the imports and files")
    show = parser.parse_args().show
    imports = imports_of()
    back = upward(imports)
    rings = [circle for circle in circles(imports) if set(circle) != DJANGO]
    unknown = strange(imports)
    for what, found in (
        ("imports that run back up", back),
        ("circles of files but Django's pair", [", ".join(circle) for circle in rings]),
        ("rooms without a floor", unknown),
    ):
        print(f"{what}: {len(found)} (bar 0)")
        if show:
            print("".join(f"    {line}\n" for line in found), end="")
    sys.exit(1 if back or rings or unknown else 0)


if __name__ == "__main__":
    main()
