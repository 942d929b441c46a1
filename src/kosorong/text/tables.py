r"""Reads the tables of words and endings that speakers mend, `data/*.tsv` of a package.

A line is a row, a tab stands between its cells, and the first row names the columns. Lines that
begin with `#` and a space are remarks; cells that are empty at the end of a row may be left out.

>>> rows = parse_table("# greetings\nkorean\tjeju\n어서\tᄒᆞᆫ저\n", ("korean", "jeju"), "words.tsv")
>>> [row.cells for row in rows]
[('어서', 'ᄒᆞᆫ저')]
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from kosorong.errors import TableError
from kosorong.text.letters.hangul import HANGUL_RUN, nfc

TEXT, TRANSLATION = "kosorong.text", "kosorong.translation"
"""Packages that have tables."""


class Row(NamedTuple):
    """One row of a table.

    Attributes:
        cells: One for each column, Hangul composed, without white space around.
        line: Its line in the file, from 1.
        file: Name of the file.
    """

    cells: tuple[str, ...]
    line: int
    file: str

    def refuse(self, problem: str, cure: str) -> TableError:
        """Return the error of a row that cannot be used."""
        return TableError(problem, where=f"{self.file}, line {self.line}", cure=cure)


def parse_table(text: str, columns: Sequence[str], file: str) -> list[Row]:
    """Return the rows of a table.

    Args:
        text: What the file holds.
        columns: Names of the columns, in order.
        file: Its name, for errors.

    Raises:
        TableError: The head names other columns, or a row has too many cells or an empty first.
    """
    lines = _rows_of(text, file)
    head = next(lines, Row((), 1, file))
    if head.cells != tuple(columns):
        raise head.refuse(
            f"The columns are {_named(head.cells)}.", f"Name them {_named(columns)}, in this order."
        )
    return [_checked(row, len(columns)) for row in lines]


def _composed(text: str) -> str:
    """Return a text with its Hangul composed; signs that only look alike stay apart."""
    if unicodedata.is_normalized("NFC", text):
        return text
    return HANGUL_RUN.sub(lambda run: nfc(run[0]), text)


def _rows_of(text: str, file: str) -> Iterator[Row]:
    for number, line in enumerate(_composed(text).splitlines(), 1):
        if line and not line.isspace() and line != "#" and not line.startswith("# "):
            yield Row(tuple([cell.strip() for cell in line.split("\t")]), number, file)


def _checked(row: Row, width: int) -> Row:
    """Return a row with a cell for every column."""
    cells = row.cells
    if len(cells) > width:
        raise row.refuse(
            f"The row has {len(cells)} cells, the table {width} columns.",
            "Leave one tab between two cells.",
        )
    if not cells[0]:
        raise row.refuse("The first cell is empty.", "Fill it, or take the row out.")
    return Row(cells + ("",) * (width - len(cells)), row.line, row.file)


def _named(columns: Sequence[str]) -> str:
    return ", ".join(columns) or "missing"


def read_table(package: str, name: str, columns: Sequence[str]) -> list[Row]:
    """Return the rows of a package's table.

    Args:
        package: `TEXT` or `TRANSLATION`.
        name: Name of the file without `.tsv`.
        columns: Names of its columns.

    Raises:
        TableError: The table cannot be read; the message names file, line and cure.
    """
    file = files(package).joinpath("data", f"{name}.tsv")
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        cure = "Save the file as UTF-8, or install Kosorong again."
        raise TableError(
            f"The table cannot be read: {error}.", where=str(file), cure=cure
        ) from error
    return parse_table(text, columns, file.name)


@cache
def tables_digest(package: str) -> str:
    """Return a short hash of a package's tables; equal on every machine.

    >>> len(tables_digest(TEXT))
    12
    """
    digest = hashlib.sha256()
    for file in sorted(files(package).joinpath("data").iterdir(), key=lambda file: file.name):
        # Lines end as the checkout ends them.
        digest.update(file.name.encode() + file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:12]
