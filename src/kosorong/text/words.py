"""Lists of words and of pieces of patterns, by name, from `data/*.tsv` of a package.

A table of lists has the columns `list`, `word` and `note`; its head says what each list is for.

>>> word_list("phrases.tens")[:3]
('열', '스물', '스무')
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from kosorong.errors import UsageError
from kosorong.text.tables import TEXT, Row, read_table

COLUMNS = ("list", "word", "note")
_PART = re.compile(r"\{[A-Z_]+\}")
_SPACE = "␣"
"""A space at the beginning or end of a word, which would be lost there."""


@cache
def lists_of(table: str, package: str = TEXT) -> Mapping[str, tuple[str, ...]]:
    """Return the lists of a table in the order of its rows.

    Raises:
        TableError: A row cannot be read, or names no word.
    """
    lists: dict[str, list[str]] = {}
    for row in read_table(package, table, COLUMNS):
        lists.setdefault(row.cells[0], []).append(word_of(row))
    return {name: tuple(words) for name, words in lists.items()}


def word_of(row: Row) -> str:
    """Return the word, or piece of a pattern, of a row.

    Raises:
        TableError: It is empty, or no pattern.
    """
    word = row.cells[1]
    if not word:
        raise row.refuse("word is empty.", "Fill it, or take the row out.")
    if any(word.count(a) != word.count(b) for a, b in ("()", "[]")):
        raise row.refuse(f"{word!r} is no word and no shape of one.", "Close every ( and [.")
    try:
        shape = re.compile(_PART.sub("x", word))
    except re.error as error:
        cure = "Begin with a letter, and write ranges from first to last."
        raise row.refuse(f"{word!r} is no word and no shape of one: {error}.", cure) from error
    if shape.match("") is not None and word != "$":
        cure = "Take out what stands for nothing at all, such as a | at the end."
        raise row.refuse(f"{word!r} fits everything.", cure)
    return word


def word_list(name: str, package: str = TEXT) -> tuple[str, ...]:
    """Return a list.

    Args:
        name: Table and list with a point between, as `phrases.tens`.
        package: `TEXT` or `TRANSLATION`.

    Raises:
        UsageError: There is no such list.
    """
    table, _, wanted = name.partition(".")
    lists = lists_of(table, package)
    if wanted not in lists:
        raise UsageError(f"{table}.tsv has no list {wanted}.", cure=f"It has {', '.join(lists)}.")
    return lists[wanted]


def any_of(name: str, package: str = TEXT, **parts: str) -> str:
    """Return a list as alternatives of a regular expression, in the order of its rows.

    Args:
        name: Table and list with a point between.
        package: `TEXT` or `TRANSLATION`.
        parts: What stands for `{NAME}` in the rows.

    Raises:
        UsageError: There is no such list.
    """
    pattern = "|".join(word_list(name, package)).replace(_SPACE, " ")
    for part, meaning in parts.items():
        pattern = pattern.replace(f"{{{part}}}", meaning)
    return pattern
