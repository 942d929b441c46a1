"""Lists of words and of pieces of patterns, by name, from `data/*.tsv` of a package.

A table of lists has the columns `list`, `word` and `note`; its head says what each list is for.

>>> word_list("phrases.tens")[:3]
('열', '스물', '스무')
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kosorong.errors import UsageError
from kosorong.text.tables import TEXT, read_table

COLUMNS = ("list", "word", "note")
_SPACE = "␣"
"""A space at the beginning or end of a word, which would be lost there."""


@cache
def lists_of(table: str, package: str = TEXT) -> Mapping[str, tuple[str, ...]]:
    """Return the lists of a table in the order of its rows.

    Raises:
        TableError: A row cannot be read, or names no word.
    """
    found: dict[str, list[str]] = {}
    for row in read_table(package, table, COLUMNS):
        name, word, _ = row.cells
        if not word:
            raise row.refuse(f"The list {name} has an empty row.", "Fill word, or take it out.")
        found.setdefault(name, []).append(word)
    return {name: tuple(words) for name, words in found.items()}


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
