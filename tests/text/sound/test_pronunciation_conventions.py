"""Every row of the page of conventions has its source, and is what is said."""

import re
from pathlib import Path

import pytest

from kosorong.text.sound.pronounce import pronounce_text

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "reading-conventions.md"
SOURCE = re.compile(r"articles? \d+|표준국어대사전|\d+ of \d+|\d+ pairs|\d+ symbols")


def rows() -> list[list[str]]:
    _, _, part = PAGE.read_text(encoding="utf-8").partition("\n## How words sound\n")
    tables = (line for line in part.splitlines() if line[:1] == "|")
    cells = ([cell.strip() for cell in line.strip("|").split("|")] for line in tables)
    return [row for row in cells if row[0] != "written" and set(row[0]) != {"-"}]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_every_row_names_a_source_or_a_count(row: list[str]) -> None:
    assert len(row) == 4
    assert SOURCE.search(row[3])


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_every_row_is_what_is_said(row: list[str]) -> None:
    written, said = (cell.split(" · ") for cell in row[:2])
    assert len(written) == len(said)
    for spelling, readings in zip(written, said, strict=True):
        assert pronounce_text(spelling) in readings.split(" / ")
