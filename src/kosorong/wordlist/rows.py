"""A list of words as a table."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from kosorong.errors import InputError
from kosorong.text.cleaning import plain
from kosorong.text.reading import read

_COLUMNS = ("id", "jeju", "korean", "sound", "speaker", "village", "licence")
_MOST_ROWS = 100_000
_LONGEST = 2_000
"""Characters of a cell: a sentence or two."""
_NAME = re.compile(r"[^\w-]+")
_NAME_LETTERS = 40


@dataclass(frozen=True, slots=True)
class Row:
    """A word.

    Attributes:
        id: Names its sound; none twice in a list.
        jeju: What is said; to be translated where empty.
        korean: What it means.
        sound: A person's take of it; None where the voice says it.
        speaker: Who is heard in that.
        village: Where they are from.
        licence: Of the take.
    """

    id: str
    jeju: str
    korean: str
    sound: Path | None
    speaker: str
    village: str
    licence: str


def read_rows(path: Path) -> list[Row]:
    """Read a list.

    Args:
        path: A table with tabs, whose first line names its columns.

    Raises:
        InputError: It cannot be read, or a row cannot be taken; line and cure are told.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"the list cannot be read ({error}).", where=str(path), cure="Give a table in UTF-8."
        ) from error
    lines = csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    head = [name.strip().lower() for name in next(lines, [])]
    if not {"jeju", "korean"} & set(head) or len(set(head)) < len(head):
        raise InputError(
            "the first line names no column jeju or korean, or one twice.",
            where=str(path),
            cure=f"Name the columns there, of {', '.join(_COLUMNS)}, with tabs between them.",
        )
    rows: dict[str, Row] = {}
    for number, cells in enumerate(lines, 2):
        if not any(cell.strip() for cell in cells):
            continue
        where = f"{path}:{number}"
        if len(rows) == _MOST_ROWS or len(cells) > len(head):
            raise InputError(
                "the row has more cells than columns, or is one too many.",
                where=where,
                cure=f"Write one row a line, at most {_MOST_ROWS}, without tabs inside a cell.",
            )
        named = dict(zip(head, map(str.strip, cells), strict=False))
        row = _row(named, path.parent, where)
        if row.id in rows and named.get("id"):
            raise InputError(
                f"the id {row.id!r} is taken.", where=where, cure="Give each row its own."
            )
        # Of words that are written alike the second is told apart by its number.
        others = (f"{row.id}-{n}" for n in count(2))
        name = row.id if row.id not in rows else next(n for n in others if n not in rows)
        rows[name] = replace(row, id=name)
    if not rows:
        raise InputError("there is no word in the list.", where=str(path), cure="Write some rows.")
    return list(rows.values())


def _row(cells: Mapping[str, str], folder: Path, where: str) -> Row:
    jeju, korean = (plain(cells.get(name, "")) for name in ("jeju", "korean"))
    said = jeju or korean
    if max(map(len, (jeju, korean))) > _LONGEST or not read(said).symbols:
        raise InputError(
            "nothing in the row can be read, or it is too long.",
            where=where,
            cure=f"Write a word or a sentence in Hangul, at most {_LONGEST} characters.",
        )
    sound = folder / cells["sound"] if cells.get("sound") else None
    if sound is not None and not sound.is_file():
        raise InputError(
            f"the take {cells['sound']!r} is not there.",
            where=where,
            cure="Write where it lies, seen from the list.",
        )
    name = _NAME.sub("-", cells.get("id") or said).strip("-")[:_NAME_LETTERS] or "word"
    about = (plain(cells.get(column, "")) for column in ("speaker", "village", "licence"))
    return Row(name, jeju, korean, sound, *about)
