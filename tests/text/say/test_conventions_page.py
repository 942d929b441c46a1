"""The page of conventions: every row has its source, every example is said so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kosorong.text.say.numbers import counter_table
from kosorong.text.say.spoken import spell_out

PAGE = Path(__file__).resolve().parents[3] / "docs/reference/reading-conventions.md"
SOURCE = re.compile(
    "한글 맞춤법|표준어 규정|표준 발음법|외래어 표기법|표준국어대사전|우리말샘|ISO|Unicode|Oxford"
    "|[0-9]+ against [0-9]+|rows of tn_|no count: "
)


def rows() -> Iterator[tuple[list[str], list[str]]]:
    """Yield the heading and the cells of each row of each table."""
    heading: list[str] = []
    part, _, _ = PAGE.read_text(encoding="utf-8").partition("\n## How words sound\n")
    for line in part.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            heading = []
        elif not heading:
            heading = cells
        elif set(line) - set("|-"):
            yield heading, cells


ROWS = list(rows())
EXAMPLES = [
    (written, said)
    for heading, cells in ROWS
    if heading[:2] == ["written", "said"]
    for written, said in zip(cells[0].split(" · "), cells[1].split(" · "), strict=True)
]


def bare(text: str) -> str:
    """Return a text without spaces and marks."""
    return re.sub(r"[\s.,?!…]", "", text)


@pytest.mark.parametrize(("heading", "cells"), ROWS, ids=[cells[0] for _, cells in ROWS])
def test_every_row_of_every_table_names_its_source_or_count(
    heading: list[str], cells: list[str]
) -> None:
    assert heading[-1] == "source or count"
    assert len(cells) == len(heading)
    assert SOURCE.search(cells[-1])


@pytest.mark.parametrize(("written", "said"), EXAMPLES)
def test_every_example_of_the_page_is_said_in_one_of_its_ways(written: str, said: str) -> None:
    assert bare(spell_out(written)) in [bare(way) for way in said.split(" 또는 ")]


def test_every_group_of_the_table_of_numbered_things_is_on_the_page_with_its_reason() -> None:
    page = PAGE.read_text(encoding="utf-8")
    groups = (
        *counter_table.SINO,
        *counter_table.NUMBERED_FIRMLY,
        counter_table.NUMBERED_LOOSELY,
        counter_table.NUMBERED_AFTER,
    )
    assert all(f"| {group.reason} |" in page for group in groups)
    assert all(len(group.words) == len(set(group.words)) for group in groups)
