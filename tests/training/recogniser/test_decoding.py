from __future__ import annotations

import random

import numpy as np
import pytest

from kosorong.text.sound.symbols import BLANK_ID
from kosorong.training.recogniser.decoding import edit_distance, error_rate, greedy


def _plain_distance(a: list[int], b: list[int]) -> int:
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


@pytest.mark.parametrize(
    ("heard", "said", "distance"),
    [
        ("", "", 0),
        ("", "abc", 3),
        ("abc", "", 3),
        ("kitten", "sitting", 3),
        ("abc", "abc", 0),
        ("ba", "ab", 2),
    ],
)
def test_distances_worked_out_by_hand(heard: str, said: str, distance: int) -> None:
    assert edit_distance([ord(c) for c in heard], [ord(c) for c in said]) == distance


def test_rows_at_once_equal_the_textbook_loop() -> None:
    draw = random.Random(3)
    for _ in range(200):
        a, b = ([draw.randrange(4) for _ in range(draw.randrange(12))] for _ in range(2))
        assert edit_distance(a, b) == _plain_distance(a, b)


def test_error_rate_weighs_sentences_by_their_length() -> None:
    assert error_rate([([1], [1, 2, 3]), ([4], [4])]) == 0.5
    assert error_rate([]) == 0.0


def test_greedy_keeps_repeats_parted_by_a_blank() -> None:
    best = [BLANK_ID, 9, 9, BLANK_ID, 9, 12, 12]
    scores = np.full((len(best), 20), -5.0, np.float32)
    scores[np.arange(len(best)), best] = -0.1
    assert greedy(scores) == (9, 9, 12)
