"""docs/how-to/change.md: files, names and tests are there, and the ten places are few files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/how-to/change.md"
_NAMED = re.compile(r"\[`[^`]+`\]\(([^)]+)\)((?:: `[^`]+`)?(?:, `[^`]+`)*)")
_MOST_FILES = 15


def rows() -> list[list[str]]:
    """Return the cells of every place, first those of the ten."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    return [row for row in cells if row[0] and row[0] != "you want" and set(row[0]) != {"-"}]


def named(cell: str) -> list[tuple[Path, list[str]]]:
    """Return each file of a cell with the names to look for in it."""
    return [
        ((PAGE.parent / link).resolve(), re.findall("`([^`]+)`", names))
        for link, names in _NAMED.findall(cell)
    ]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_files_and_names_of_a_place_are_there(row: list[str]) -> None:
    files = named(row[1])
    assert files
    for path, names in [*files, *named(row[2])]:
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        assert [name for name in names if name not in text] == [], path


def test_there_are_ten_places_and_five_more() -> None:
    assert len(rows()) == 15


def test_the_ten_places_are_at_most_fifteen_files_with_the_page() -> None:
    counts = [int(row[3]) for row in rows()[:10]]
    assert sum(counts) + 1 <= _MOST_FILES
    sums = re.findall(r"sum \| (\d+) \|", PAGE.read_text(encoding="utf-8"))
    assert sums == [str(sum(counts))]
    for row, count in zip(rows(), counts, strict=False):
        assert len({path for path, _ in named(row[1])}) <= count, row[0]
