"""Every small change that a file can undergo: one at a time, each with a name of its own.

The kinds are the usual ones. Left alone is what a program does not run, what only people read and
what is there for speed or as a safeguard: annotations, docstrings, `__all__`, what an exception or
a log is told, the flags of dataclasses, the sizes of caches, `strict=` of `zip`.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_TOLD = {"debug", "info", "warning", "error", "exception", "critical"}
_PLACES = {"dataclass", "lru_cache", "cache"}
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one file.

    Attributes:
        path: The file, below the repository.
        number: Which of the file's changes it is.
        scope: Name of the function or class it stands in, dotted; empty for the module.
        lines: First and last line of the statement, or of the head of a compound one.
        kind: Which kind of change.
        source: The changed line as it stands in the file.
        change: What was and what is instead; a repeated change in one line is numbered.
        called: Whether it takes effect when a function is called, not when the file is imported.
    """

    path: str
    number: int
    scope: str
    lines: tuple[int, int]
    kind: str
    source: str
    change: str
    called: bool

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What names it also after lines above it have come or gone."""
        return self.path, self.scope, self.source, self.change


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a node stands: its parent's field, its index in a list there, its surroundings."""

    parent: ast.AST
    field: str
    index: int | None
    scope: str
    statement: ast.stmt | None
    called: bool

    def put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def mutants_of(root: Path, path: str) -> list[Mutant]:
    """Return every mutant of a file, in the order of its text.

    Args:
        root: The repository.
        path: The file below it.
    """
    text = (root / path).read_text(encoding="utf-8")
    lines = text.splitlines()
    found: list[Mutant] = []
    seen: Counter[tuple[str, str, str, str]] = Counter()
    for number, (place, node, kind, new) in enumerate(_changes(ast.parse(text))):
        statement = place.statement or node
        source = lines[getattr(node, "lineno", _head(statement)[0]) - 1].strip()
        change = f"{_short(node)} → {_short(new)}"
        mutant = Mutant(
            path, number, place.scope, _head(statement), kind, source, change, place.called
        )
        seen[mutant.key] += 1
        if seen[mutant.key] > 1:
            mutant = replace(mutant, change=f"{change} #{seen[mutant.key]}")
        found.append(mutant)
    return found


def mutated(root: Path, mutant: Mutant) -> ast.Module:
    """Return the file's tree with the change made."""
    tree = ast.parse((root / mutant.path).read_text(encoding="utf-8"))
    for number, (place, node, _, new) in enumerate(_changes(tree)):
        if number == mutant.number:
            place.put(ast.fix_missing_locations(ast.copy_location(new, node)))
            return tree
    raise LookupError(f"{mutant.path} has no change {mutant.number}: it was edited meanwhile.")


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 70 else f"{text[:67]}…"


def _head(node: ast.AST) -> tuple[int, int]:
    """Return the lines that run when a statement is reached, without those of its body."""
    first, last = node.lineno, node.end_lineno or node.lineno  # type: ignore[attr-defined]
    first = min([first, *(one.lineno for one in getattr(node, "decorator_list", ()))])
    body = getattr(node, "body", getattr(node, "cases", None))
    if isinstance(body, list) and body:
        start = body[0].pattern if isinstance(body[0], ast.match_case) else body[0]
        last = max(first, start.lineno - 1)
    return first, last


Change = tuple[_Place, ast.AST, str, ast.AST]


def _changes(tree: ast.Module) -> Iterator[Change]:
    for node, place in _walked(tree, _Place(tree, "", None, "", None, called=False)):
        for kind, new in _variants(node, place):
            yield place, node, kind, new


def _walked(node: ast.AST, here: _Place) -> Iterator[tuple[ast.AST, _Place]]:
    """Yield what may change below a node, in the order of the text."""
    for field, value in ast.iter_fields(node):
        if _is_left_alone(node, field):
            continue
        for index, child in enumerate(value) if isinstance(value, list) else ((None, value),):
            if not isinstance(child, ast.AST) or _is_for_people(child, node, field, index):
                continue
            place = _place(child, _Place(node, field, index, *_surroundings(node, field, here)))
            yield child, place
            yield from _walked(child, place)


def _surroundings(node: ast.AST, field: str, here: _Place) -> tuple[str, ast.stmt | None, bool]:
    """Return scope, statement and whether a field's content runs in a call, not on import."""
    if not isinstance(node, _SCOPES) or field != "body":
        return here.scope, here.statement, here.called
    name = getattr(node, "name", "<lambda>")
    is_class = isinstance(node, ast.ClassDef)
    return f"{here.scope}.{name}".lstrip("."), here.statement, here.called or not is_class


def _place(child: ast.AST, place: _Place) -> _Place:
    return replace(place, statement=child) if isinstance(child, ast.stmt) else place


def _is_left_alone(node: ast.AST, field: str) -> bool:
    if field in ("annotation", "returns", "type_params"):
        return True
    if isinstance(node, ast.Raise):
        return True
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id == "__all__"
    if isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias":
        return True
    if isinstance(node, ast.keyword):
        return node.arg == "strict"
    return isinstance(node, ast.Import | ast.ImportFrom | ast.Global | ast.FormattedValue) and (
        field != "value"
    )


def _is_for_people(child: ast.AST, parent: ast.AST, field: str, index: int | None) -> bool:
    if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
        return True
    if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
        return True
    if not isinstance(child, ast.Call):
        return False
    name = child.func.attr if isinstance(child.func, ast.Attribute) else _short(child.func)
    if name in _PLACES and field == "decorator_list":
        return True
    return name.endswith(("Error", "Refusal", "Problem")) or name in _TOLD or name == "cast"


def _variants(node: ast.AST, place: _Place) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.Compare(left, ops, comparators):
            for i, op in enumerate(ops):
                for new in _COMPARISONS[type(op)]:
                    changed = [*ops[:i], new(), *ops[i + 1 :]]
                    yield "comparison", ast.Compare(left, changed, comparators)
        case ast.BoolOp(op, values):
            yield "boolean", ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.UnaryOp(ast.Not(), operand):
            yield "not", operand
        case ast.Constant(value):
            kind = "default" if isinstance(place.parent, ast.arguments) else "constant"
            yield from ((kind, ast.Constant(new)) for new in _constants(value))
        case ast.stmt():
            yield from _statements(node)
        case ast.expr():
            yield from _arithmetic(node)


def _statements(node: ast.stmt) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.AugAssign(target, op, value) if type(op) in _ARITHMETIC:
            yield "arithmetic", ast.AugAssign(target, _ARITHMETIC[type(op)](), value)
        case ast.Return(ast.expr() as value) if ast.unparse(value) != "None":
            yield "return", ast.Return(ast.Constant(None))
        case ast.Expr(ast.Call() | ast.Await()):
            yield "statement", ast.Pass()
        case ast.Break():
            yield "loop", ast.Continue()
        case ast.Continue():
            yield "loop", ast.Break()


def _arithmetic(node: ast.expr) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.BinOp(left, op, right) if type(op) in _ARITHMETIC:
            yield "arithmetic", ast.BinOp(left, _ARITHMETIC[type(op)](), right)
        case ast.UnaryOp(ast.USub(), operand):
            yield "arithmetic", operand


def _constants(value: object) -> Iterator[bool | float | str | bytes]:
    match value:
        case bool():
            yield not value
        case int() | float():
            yield value + 1
        case str():
            yield "" if value else "XX"
        case bytes():
            yield b"" if value else b"XX"
