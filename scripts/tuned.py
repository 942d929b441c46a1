"""Lists the numbers of the models' code that decide something, and how each was found.

    python scripts/tuned.py [--guesses]

A number is a constant of a module in one of `ROOMS`. How it was found stands in the comment above
it (`# How found: …`); a docstring or another comment counts as well. Ends with 1 where a number
says nothing.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src" / "kosorong"
ROOMS = ("text", "translation", "speech", "training/translation")
"""Where numbers decide what is said, how it is translated and how it sounds."""
_HOW = "# How found: "
_NUMBER = re.compile(r"-?[\d_]*\.?\d+(?:e-?\d+)?")
# Code points, identifiers and counts that a format, the language or the code itself fixes.
FIXED = frozenset(
    {
        "text/letters/hanyang.py:FIRST, LAST",
        "text/letters/jamo.py:_FIRST, _LAST",
        "text/letters/jamo.py:_ONSET_RANGES",
        "text/letters/jamo.py:_VOWEL_RANGES",
        "text/letters/jamo.py:_CODA_RANGES",
        "text/say/foreign/latin.py:_ROMAN_VALUES",
        "text/say/numbers/dates.py:_NOON, _TWO_DIGITS",
        "text/say/numbers/numbers.py:_LONGEST",
        "text/say/numbers/ranges.py:_YEAR_LENGTH",
        "text/say/numbers/numbers.py:_NATIVE_MAX",
        "text/say/numbers/numbers.py:_MIXED_MAX",
        "text/say/signs.py:_EMOJI",
        "text/sound/symbols.py:NO_WORD",
        "speech/align.py:_NEVER",
        "translation/rules.py:_ALONE",
        "training/translation/align.py:_STEPS",
        "training/translation/model.py:PAD_ID, BEGIN_ID, END_ID",
    }
)


@dataclass(frozen=True, slots=True)
class Tuned:
    """A number that decides.

    Attributes:
        place: File below `SOURCE` and name.
        value: As the code has it.
        found: How it was found; empty where nothing says so.
    """

    place: str
    value: str
    found: str

    @property
    def is_guess(self) -> bool:
        """Whether nobody measured it."""
        return "guess" in self.found or "set by hand" in self.found


def tuned() -> Iterator[Tuned]:
    """Yield every number of the rooms, in the order of their files."""
    for room in ROOMS:
        for path in sorted((SOURCE / room).rglob("*.py")):
            yield from _of_file(path)


def _of_file(path: Path) -> Iterator[Tuned]:
    source = path.read_text(encoding="utf-8")
    lines, body = source.splitlines(), ast.parse(source).body
    said = ""
    for node, after in zip(body, [*body[1:], None], strict=True):
        if not isinstance(node, ast.Assign | ast.AnnAssign) or not _is_number(node.value):
            continue
        name = ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)
        place = f"{path.relative_to(SOURCE)}:{name.strip('()')}"
        if place in FIXED:
            continue
        found = _said_of(node, after, lines)
        said = said if found == "the same." else found
        yield Tuned(place, ast.unparse(node.value), said)


def _is_number(value: ast.expr | None) -> bool:
    """Tell whether a value is a number, or a row or table of numbers by name."""
    if isinstance(value, ast.Dict):
        return all(map(_is_number, value.values)) and bool(value.values)
    if isinstance(value, ast.Tuple):
        return all(map(_is_number, value.elts)) and bool(value.elts)
    if isinstance(value, ast.BinOp):
        return _is_number(value.left)
    return value is not None and bool(_NUMBER.fullmatch(ast.unparse(value).replace("_", "")))


def _said_of(node: ast.stmt, after: ast.stmt | None, lines: list[str]) -> str:
    """Return what the comment above, beside or below says of a number."""
    above = lines[node.lineno - 2] if node.lineno > 1 else ""
    if above.startswith("# "):
        return above.removeprefix(_HOW).removeprefix("# ")
    beside = lines[node.end_lineno - 1].partition("#")[2] if node.end_lineno else ""
    if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
        return str(after.value.value).splitlines()[0]
    return beside.strip()


def main() -> int:
    """Print a line for each number.

    Returns:
        1 where a number says nothing, else 0.
    """
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--guesses", action="store_true", help="only those nobody measured")
    only = parser.parse_args().guesses
    found = list(tuned())
    for one in found:
        if one.is_guess or not only:
            print(f"{one.place} = {one.value}: {one.found or 'NOTHING SAYS HOW'}")
    silent = sum(not one.found for one in found)
    guesses = sum(one.is_guess for one in found)
    print(f"{len(found)} numbers, {guesses} of them guesses or set by hand, {silent} say nothing")
    return 1 if silent else 0


if __name__ == "__main__":
    sys.exit(main())
