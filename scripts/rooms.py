r"""Count what of the language is told in more than one place, and what of it stands in code.

    python scripts/rooms.py [--show]

The first four lines count the files that know a subject by themselves, by the signs named in
`SUBJECTS`; each subject has one room, and the bar is 1. The last counts literals of eight or more
linguistic strings in the Python of `kosorong.text` and `kosorong.translation`; the bar is 0. A
linguistic string holds a Hangul syllable, a Hanja, or a syllable of arae-a; letters, symbols and
digits alone are none. A pattern counts as its alternatives. The command ends with 1 where a bar is
missed.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src"
TOLD = ("kosorong/text", "kosorong/translation", "kosorong/training", "kosorong_library")
TABLES = ("kosorong/text", "kosorong/translation")
_MOST = 7


@dataclass(frozen=True, slots=True)
class Subject:
    """What one room knows.

    Attributes:
        name: As the issue names it.
        signs: Pattern of code that knows it without asking.
    """

    name: str
    signs: re.Pattern[str]


SUBJECTS = (
    # The arithmetic of syllables, or a test whether a letter lies among the codas.
    Subject(
        "codas",
        re.compile(r"% ?(?:28|_N_CODAS|_CODA_FROM)\b|, 28\)|\"\\u11a8\" <=|<= \"\\u11(?:c2|ff)\""),
    ),
    # What shape a particle takes behind a word.
    Subject(
        "particle agreement",
        re.compile(r"\"은\", \"는\"|\"을\", \"를\"|\"을\": \"를\"|\"를\" if|\"이\" if|def agree\b"),
    ),
    # The vowels themselves, written out.
    Subject(
        "arae-a",
        re.compile(r"\\u119e|\\u11a2|\\u318d|(?<=[\"'\[|])[ᆞᆢᆡㆍㆎ]|(?<![ᄀ-ᅞ])[ᆞᆢᆡㆍㆎ](?=[\"'\]|])"),
    ),
    # What is stripped off a word's edges.
    Subject("edge marks", re.compile(r"\.?,\?!.*[“‘「].*[”’」]|\^\\W\+|\.,\?!…")),
)


def code_of(path: Path) -> str:
    """Return a module without its docstrings and comments."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    for node in _docstrings(ast.parse(text)):
        for number in range(node.lineno - 1, node.end_lineno or node.lineno):
            lines[number] = ""
    return "\n".join(re.sub(r"(?:^|\s)#.*", "", line) for line in lines)


def _docstrings(tree: ast.AST) -> Iterator[ast.expr]:
    """Yield the strings that only explain: of modules, classes, functions and constants."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for child in body if isinstance(body, list) else ():
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                yield child.value


def knowing(subject: Subject) -> list[str]:
    """Return the files that know a subject by themselves."""
    paths = (path for root in TOLD for path in sorted((SOURCE / root).rglob("*.py")))
    return [str(path.relative_to(SOURCE)) for path in paths if subject.signs.search(code_of(path))]


_LINGUISTIC = re.compile("[가-힣\u4e00-\u9fff]|[ᄀ-ᅞ][ᆞᆢᆡ]")


def literals() -> list[str]:
    """Return where code holds eight or more linguistic strings in one literal."""
    found = []
    for root in TABLES:
        for path in sorted((SOURCE / root).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            silent = {id(node) for node in _docstrings(tree)}
            inside: set[int] = set()
            for node in ast.walk(tree):
                count = 0 if id(node) in silent | inside else _strings_in(node, silent)
                if count > _MOST:
                    inside |= {id(child) for child in ast.walk(node)}
                    where = f"{path.relative_to(SOURCE)}:{getattr(node, 'lineno', 0)}"
                    found.append(f"{where}: {count} strings")
    return found


def _strings_in(node: ast.AST, silent: set[int]) -> int:
    """Count the linguistic strings of a literal: a collection, a text or a pattern."""
    if not isinstance(node, (ast.Tuple, ast.List, ast.Set, ast.Dict, ast.Constant, ast.JoinedStr)):
        return 0
    constants = (
        child
        for child in ast.walk(node)
        if isinstance(child, ast.Constant) and id(child) not in silent
    )
    texts = (one.value for one in constants if isinstance(one.value, str))
    parts = (part for text in texts for part in re.split(r"[\s|]+", text))
    return sum(1 for part in parts if _LINGUISTIC.search(part))


def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--show", action="store_true", help="name the files and lines")
    show = parser.parse_args().show
    missed = False
    for subject in SUBJECTS:
        files = knowing(subject)
        missed |= len(files) > 1
        print(f"places that know {subject.name}: {len(files)} (bar 1)")
        if show:
            print("".join(f"    {file}\n" for file in files), end="")
    tables = literals()
    print(f"literals of eight or more linguistic strings: {len(tables)} (bar 0)")
    if show:
        print("".join(f"    {table}\n" for table in tables), end="")
    sys.exit(1 if missed or tables else 0)


if __name__ == "__main__":
    main()
