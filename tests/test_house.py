"""The figures of the house are counted as they are named, and its bars are met."""

from __future__ import annotations

import ast

import house
import paired
import pytest


def function(source: str) -> ast.FunctionDef:
    """Return the only function of a source."""
    parsed = ast.parse(source).body[0]
    assert isinstance(parsed, ast.FunctionDef)
    return parsed


def test_every_bar_of_the_house_is_met() -> None:
    assert [str(figure) for figure in house.figures() if not figure.holds] == []


def test_a_figure_says_whether_it_misses_its_bar() -> None:
    assert "MISSED" in str(house.Figure("circles", 1, 0))
    assert "MISSED" not in str(house.Figure("circles", 0, 0))
    assert "MISSED" in str(house.Figure("annotated", 97.9, 98, at_least=True))
    assert not house.Figure("annotated", 97.9, 98, at_least=True).holds


@pytest.mark.parametrize(
    ("source", "whole"),
    [
        ("def test() -> None: ...", True),
        ("def test(a: int, *, b: int) -> None: ...", True),
        ("def test(self) -> None: ...", True),
        ("def test(): ...", False),
        ("def test(a) -> None: ...", False),
        ("def test(*, b) -> None: ...", False),
    ],
)
def test_a_test_is_annotated_where_all_of_it_is(source: str, whole: bool) -> None:
    assert house._is_annotated(function(source)) is whole


PRINTED = """
speed: 90.1 s of speech, one thread
  real-time factor       0.0210  (bar 0.03)
    translation          0.0100
translating: 40 sentences
  load                      120 ms
  ko to jje
    one sentence, median      4.8 ms  (bar 15, goal 5)
      processor              1,310 a second  (where others share it)
"""


def test_what_a_bench_prints_is_read_by_name() -> None:
    assert paired.figures_of(PRINTED) == {
        "speed: real-time factor": (0.021, ""),
        "speed: translation": (0.01, ""),
        "translating: load": (120.0, "ms"),
        "translating: ko to jje, one sentence, median": (4.8, "ms"),
        "translating: ko to jje, processor": (1310.0, "a second"),
    }


def test_worse_is_slower_greater_or_fewer_by_the_second() -> None:
    assert paired.worse_by([10.0, 20.0, 10.0], [11.0, 21.0, 10.0], "ms") == 5.0
    assert paired.worse_by([10.0], [8.0], "a second") == 20.0
    assert paired.worse_by([10.0], [8.0], "MB") == -20.0
    assert paired.worse_by([0.0], [8.0], "MB") == 0.0
