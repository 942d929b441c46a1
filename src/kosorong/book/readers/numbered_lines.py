"""Tells by the lines around it whether a line with a number is a heading or somebody counting."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from kosorong.book.readers.headings import DIGITS, UNIT, exclaimed, heading_level, is_number

_NUMBERED_UNIT = re.compile(rf"[^\w]*(?:[제第]\s*)?(?P<n>{DIGITS})\s*(?P<unit>{UNIT})(?![가-힣])")
_FEWEST_LIKE = 3  # numbers that follow one another


def exclaimed_headings(lines: Mapping[int, str]) -> dict[int, int]:
    """Return place → level of the exclamations that are headings: their neighbours are counted too.

    Args:
        lines: Place → line, of those that may be headings, in order.

    >>> exclaimed_headings({1: "1화 시작", 5: "2화 도망쳐!", 9: "7화 남았어!"})
    {5: 2}
    """
    sure: dict[str, set[int]] = defaultdict(set)
    doubtful: dict[str, dict[int, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for place, line in lines.items():
        if exclamation := exclaimed(line):
            unit, number, level = exclamation
            doubtful[unit][number].append((place, level))
        elif (match := _NUMBERED_UNIT.match(line)) and heading_level(line):
            sure[match["unit"]].add(int(match["n"]))
    kept: dict[int, int] = {}
    for unit, places in doubtful.items():
        single = {
            n: entries[0]
            for n, entries in places.items()
            if len(entries) == 1 and n not in sure[unit]
        }
        reached = set(single) if _count_up(list(places)) else _reached(sure[unit], set(single))
        kept |= dict(single[n] for n in reached)
    return kept


def _count_up(numbers: Sequence[int]) -> bool:
    steps = {after - number for number, after in itertools.pairwise(numbers)}
    return len(numbers) >= _FEWEST_LIKE and steps == {1}


def _reached(sure: Collection[int], numbers: Collection[int]) -> set[int]:
    """Return the numbers that stand next to sure ones, or to others that do."""
    reached: set[int] = set()
    ahead = [n for number in sure for n in (number - 1, number + 1)]
    while ahead:
        n = ahead.pop()
        if n in numbers and n not in reached:
            reached.add(n)
            ahead += (n - 1, n + 1)
    return reached


def spoken_counts(lines: Sequence[str]) -> set[int]:
    """Return the indices of bare numbers that somebody counts, up at once or down: 3, 2, 1.

    Args:
        lines: Those of a text that are not blank.

    >>> sorted(spoken_counts(["1", "눈이 왔다.", "2", "셋을 센다.", "3", "2", "1", "출발!"]))
    [4, 5, 6]
    """
    numbers = [
        (i, int(number[0]))
        for i, line in enumerate(lines)
        if is_number(line) and (number := re.search(DIGITS, line))
    ]
    counted: set[int] = set()
    for (i, before), (j, after) in itertools.pairwise(numbers):
        if j == i + 1 and abs(before - after) == 1:
            counted |= {i, j}
    falling = [0, *(n for n in range(1, len(numbers)) if numbers[n][1] != numbers[n - 1][1] - 1)]
    for begin, end in itertools.pairwise([*falling, len(numbers)]):
        goes_on = begin > 0 and numbers[begin][1] == numbers[begin - 1][1] + 1
        if end - begin - goes_on >= _FEWEST_LIKE:
            counted |= {i for i, _ in numbers[begin + goes_on : end]}
    return counted
