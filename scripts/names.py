"""Count the functions whose local names say nothing of what they hold.

    python scripts/names.py [--show]

`VAGUE` lists words that fit anything. A function counts where it binds one of them: as a parameter,
or by an assignment, a loop, a `with`, a comprehension, an `except`, an import, a pattern or a
function inside of it; what that one binds counts for it only. Over all functions of `src` without
migrations; the bar is `MOST` of a hundred. The command ends with 1 where the bar is missed.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src"
VAGUE = frozenset({"told", "said", "found", "made", "one", "given"})
MOST = 4.0
"""Percent of the functions."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Binding:
    """A vague name in a function.

    Attributes:
        line: Where it is bound first.
        function: The function's name.
        name: The vague word.
    """

    line: int
    function: str
    name: str


def functions(tree: ast.AST) -> list[Function]:
    """Return all functions of a module, those inside of others too."""
    return [node for node in ast.walk(tree) if isinstance(node, Function)]


def vague(function: Function) -> list[Binding]:
    """Return the vague names that a function binds, each once, in the order of their lines."""
    lines: dict[str, int] = {}
    for name, line in _bound(function):
        if name in VAGUE:
            lines[name] = min(line, lines.get(name, line))
    bindings = [Binding(line, function.name, name) for name, line in lines.items()]
    return sorted(bindings, key=lambda binding: binding.line)


def _bound(function: Function) -> Iterator[tuple[str, int]]:
    """Yield each name that a function binds, with its line."""
    for node in _own(function):
        match node:
            case ast.arg(arg=name):
                yield name, node.lineno
            case ast.Name(id=name, ctx=ast.Store()):
                yield name, node.lineno
            case ast.alias(name=name, asname=other):
                yield other or name.split(".")[0], node.lineno
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name, node.lineno
            case ast.ExceptHandler(name=str(name)):
                yield name, node.lineno
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name, node.lineno


def _own(function: Function) -> Iterator[ast.AST]:
    """Yield what stands in a function, but not in a function inside of it."""
    waiting: list[ast.AST] = [function.args, *function.body]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, Function):
            waiting += ast.iter_child_nodes(node)


def modules(root: Path = SOURCE) -> Iterator[tuple[Path, ast.Module]]:
    """Yield the modules below a folder, without migrations."""
    for path in sorted(root.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def main() -> None:
    """Print the share."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--show", action="store_true", help="name the lines")
    show = parser.parse_args().show
    total = missed = 0
    for path, tree in modules():
        for function in functions(tree):
            bindings = vague(function)
            total += 1
            missed += bool(bindings)
            for binding in bindings if show else ():
                where = f"{path.relative_to(SOURCE)}:{binding.line}"
                print(f"{where}: {binding.function} binds {binding.name}")
    share = 100 * missed / total
    words = ", ".join(sorted(VAGUE))
    print(f"functions that bind {words}: {missed} of {total}, {share:.1f} % (bar {MOST:g} %)")
    sys.exit(1 if share > MOST else 0)


if __name__ == "__main__":
    main()
