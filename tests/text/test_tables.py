from __future__ import annotations

import pytest

from kosorong.errors import TableError
from kosorong.text.tables import parse_table, read_table

COLUMNS = ("korean", "jeju", "note")


def test_rows_know_their_line_and_lack_no_cell() -> None:
    rows = parse_table("# a remark\n\nkorean\tjeju\tnote\n바다 \tbadang\n", COLUMNS, "sea.tsv")
    assert [(row.cells, row.line) for row in rows] == [(("바다", "badang", ""), 4)]


def test_a_sign_that_begins_a_row_is_no_remark() -> None:
    (row,) = parse_table("korean\tjeju\tnote\n#\t샵\n", COLUMNS, "signs.tsv")
    assert row.cells[:2] == ("#", "샵")


def test_letters_are_composed_however_they_were_typed() -> None:
    (row,) = parse_table("korean\tjeju\tnote\n\u1107\u1161\u11ab\t밧\n", COLUMNS, "a.tsv")
    assert row.cells[0] == "반"


@pytest.mark.parametrize(
    ("text", "line", "cure"),
    [
        ("korean\tjeju\n", 1, "Name them korean, jeju, note"),
        ("# nothing\n", 1, "Name them"),
        ("korean\tjeju\tnote\n가\t나\t다\t라\n", 2, "one tab"),
        ("korean\tjeju\tnote\n가\n\t나\n", 3, "Fill it"),
    ],
)
def test_a_bad_row_is_named_with_file_line_and_cure(text: str, line: int, cure: str) -> None:
    with pytest.raises(TableError) as refused:
        parse_table(text, COLUMNS, "sea.tsv")
    assert refused.value.where == f"sea.tsv, line {line}"
    assert cure in refused.value.cure


def test_a_table_that_is_not_there_is_named() -> None:
    with pytest.raises(TableError, match="cannot be read") as refused:
        read_table("kosorong.text", "no_such_table", COLUMNS)
    assert refused.value.where.endswith("no_such_table.tsv")
