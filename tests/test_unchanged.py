"""Two records of what the engine makes: what differs is told, and by which mend."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
import unchanged

OLD = {"a.txt 0 jje": "사흘 뒤 | rules", "a.txt 1 jje": "물 | model", "a.txt 1 take": "00 | 돌."}
TABLE = """# a legend
mend\tsteps\twhere\twent\tcame
nouns in -을\tjje( .*)?\t\t사흘\t사을
ends of questions\ttake\t[?]$\t[0-9]+\t[0-9]+
"""


def record(folder: Path, name: str, values: dict[str, str]) -> Path:
    """Write a record as `unchanged.py record` does."""
    lines = [
        f"{hashlib.sha256(v.encode()).hexdigest()[:12]}\t{k}\t{v}\n" for k, v in values.items()
    ]
    (folder / name).write_text("".join(lines), encoding="utf-8")
    return folder / name


@pytest.fixture
def mends(tmp_path: Path) -> list[unchanged.Mend]:
    """Return the mends of a table."""
    table = tmp_path / "mends.tsv"
    table.write_text(TABLE, encoding="utf-8")
    return unchanged.mends_of(table)


def test_equal_records_are_equal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = record(tmp_path, "before", OLD), record(tmp_path, "after", OLD)
    assert unchanged.compare(before, after)
    assert capsys.readouterr().out == "3 lines, 0 differ: equal\n"


@pytest.mark.parametrize(
    ("key", "value", "named"),
    [
        ("a.txt 0 jje", "사을 뒤 | rules", True),
        ("a.txt 0 jje", "사을 앞 | rules", False),  # something else changed too
        ("a.txt 0 jje", "사을 뒤 | model", False),
        ("a.txt 0 segment", "사을 뒤", False),
        ("a.txt 1 take", "01 | 돌?", False),  # the words changed too
        ("a.txt 1 jje", "불 | model", False),
    ],
)
def test_a_difference_has_a_name_where_one_mend_explains_all_of_it(
    tmp_path: Path, mends: list[unchanged.Mend], key: str, value: str, named: bool
) -> None:
    before, after = record(tmp_path, "before", OLD), record(tmp_path, "after", {**OLD, key: value})
    assert unchanged.compare(before, after, mends) is named
    assert not unchanged.compare(before, after)


def test_a_mend_may_ask_what_stands_in_the_line(mends: list[unchanged.Mend]) -> None:
    assert unchanged.names_of("take", "00 | 돌?", "01 | 돌?", mends) == {"ends of questions"}
    assert unchanged.names_of("take", "00 | 돌.", "01 | 돌.", mends) == set()


def test_a_line_may_hold_two_mends(mends: list[unchanged.Mend]) -> None:
    both = [*mends, unchanged.Mend("new words", *map(re.compile, ("jje", "", "물", "믈")))]
    names = {"nouns in -을", "new words"}
    assert unchanged.names_of("jje", "사흘 뒤 물", "사을 뒤 믈", both) == names
    assert unchanged.names_of("jje", "사흘 뒤 불", "사을 뒤 믈", both) == set()


def test_a_line_that_came_or_went_is_a_difference(tmp_path: Path) -> None:
    before = record(tmp_path, "before", OLD)
    after = record(tmp_path, "after", {**OLD, "a.txt 2 jje": "새"})
    assert not unchanged.compare(before, after)
    assert not unchanged.compare(after, before)


def test_the_words_that_changed_are_told_place_by_place() -> None:
    assert unchanged.changes("가 나 다", "가 라 다 마") == [("나", "라"), ("", "마")]
    assert unchanged.changes("가 나", "가 나") == []


def test_the_table_of_mends_that_is_kept_can_be_read() -> None:
    table = Path(unchanged.__file__).with_suffix(".tsv")
    assert all(mend.name for mend in unchanged.mends_of(table))
