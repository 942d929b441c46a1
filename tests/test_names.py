"""What the count of vague names counts, and that the code keeps its bar."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import names
import pytest

GLOSSARY = Path(__file__).parents[1] / "docs" / "glossary.md"
_CELL = r"[^|\n]+"
_ROW = re.compile(
    rf"^\| (?P<word>{_CELL}) \|{_CELL}\|{_CELL}\| (?P<modules>`{_CELL}`) \|{_CELL}\|$", re.MULTILINE
)


def vague(code: str) -> list[tuple[str, str]]:
    """Return the functions of a text with the vague names that each binds."""
    functions = names.functions(ast.parse(code))
    return [(b.function, b.name) for function in functions for b in names.vague(function)]


def test_fewer_functions_than_the_bar_bind_a_vague_name() -> None:
    functions = [function for _, tree in names.modules() for function in names.functions(tree)]
    assert len(functions) > 3_000
    missed = sum(bool(names.vague(function)) for function in functions)
    assert 100 * missed / len(functions) <= names.MOST


@pytest.mark.parametrize(
    "line",
    [
        "found = 1",
        "found: int = 1",
        "found += 1",
        "a, (*found, b) = c",
        "for found in c: pass",
        "with open(c) as found: pass",
        "d = [found for found in c]",
        "d = {found: 1 for a in c for found in a}",
        "if found := c: pass",
        "d = sorted(c, key=lambda found: -found)",
        "try: pass\n    except OSError as found: pass",
        "match c:\n        case [a, *found]: pass",
        "from c import d as found",
        "def found(): pass",
    ],
)
def test_every_way_to_bind_a_name_counts(line: str) -> None:
    assert vague(f"def function():\n    {line}\n") == [("function", "found")]


@pytest.mark.parametrize("head", ["found", "*found", "**found", "a, /, *, found=1"])
def test_parameters_count(head: str) -> None:
    assert vague(f"def function({head}): pass\n") == [("function", "found")]


def test_what_is_only_read_and_fields_and_longer_words_do_not_count() -> None:
    assert vague("def function(c):\n    c.found = found\n    found_at = c(made=told)\n") == []


def test_a_function_inside_of_another_counts_by_itself() -> None:
    code = "def outer():\n    def inner(said): pass\n    return inner\n"
    assert vague(code) == [("inner", "said")]


def test_a_name_bound_twice_counts_once_where_it_is_bound_first() -> None:
    (function,) = names.functions(ast.parse("def function():\n    one = 1\n    one = 2\n"))
    assert names.vague(function) == [names.Binding(2, "function", "one")]


def defined(module: Path) -> set[str]:
    """Return the names that stand at the top of a module."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    targets = {
        t.id
        for n in tree.body
        if isinstance(n, ast.Assign)
        for t in n.targets
        if isinstance(t, ast.Name)
    }
    return targets | {n.name for n in tree.body if isinstance(n, (ast.ClassDef, ast.FunctionDef))}


def is_there(name: str) -> bool:
    """Tell whether a module of the glossary is there, or the class in it that is named."""
    parts = name.split(".")
    base = names.SOURCE if parts[0] == "kosorong_library" else names.SOURCE / "kosorong"
    if not parts[-1][:1].isupper():
        path = base.joinpath(*parts)
        return path.with_suffix(".py").is_file() or path.is_dir()
    module = base.joinpath(*parts[:-1]).with_suffix(".py")
    return module.is_file() and parts[-1] in defined(module)


def test_every_word_of_the_house_is_defined_where_the_glossary_says() -> None:
    rows = list(_ROW.finditer(GLOSSARY.read_text(encoding="utf-8")))
    assert len(rows) > 80
    modules = {row["word"]: re.findall(r"`([\w.]+)`", row["modules"]) for row in rows}
    gone = {word: [m for m in where if not is_there(m)] for word, where in modules.items()}
    assert {word: missing for word, missing in gone.items() if missing} == {}


def test_a_module_or_a_class_that_is_not_there_is_told() -> None:
    assert is_there("book.records.Planned")
    assert not is_there("book.shelf")
    assert not is_there("book.records.Unplanned")
    assert not is_there("kosorong_library.studio.shelf.Shelf")
