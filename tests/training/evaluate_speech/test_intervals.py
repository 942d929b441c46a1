"""How sure a ratio of errors is."""

from __future__ import annotations

import math

import pytest

from kosorong.training.evaluate_speech.intervals import ErrorTally, error, points, ratio

BASE = [ErrorTally(n % 3, 20) for n in range(30)]
MADE = [ErrorTally(2 * (n % 3) + (n % 5 == 0), 20) for n in range(30)]


def test_the_interval_lies_around_the_ratio_of_all_sentences() -> None:
    found = ratio(MADE, BASE)
    assert found.value == pytest.approx(error(MADE) / error(BASE), abs=1e-6)
    assert 1.5 < found.low < found.value < found.high < 4


def test_fewer_sentences_are_less_sure() -> None:
    few, many = ratio(MADE[:10], BASE[:10]), ratio(MADE * 10, BASE * 10)
    assert few.high - few.low > 3 * (many.high - many.low)


def test_the_same_sentences_give_the_same_interval() -> None:
    assert ratio(MADE, BASE) == ratio(MADE, BASE)
    assert points(MADE, BASE) == points(MADE, BASE)


def test_sentences_are_drawn_with_both_of_their_hearings() -> None:
    assert points(BASE, BASE).high == 0
    assert ratio(BASE, BASE).low == ratio(BASE, BASE).high == 1


def test_readings_of_a_sentence_are_drawn_together() -> None:
    five = [ErrorTally(5 * t.wrong, 5 * t.said) for t in MADE]
    assert ratio(five, BASE) == ratio(MADE, BASE)


def test_recordings_without_an_error_give_no_finite_ratio() -> None:
    silent = [ErrorTally(0, 20)] * 4
    assert math.isinf(ratio([ErrorTally(1, 20)] * 4, silent).value)
    assert points([ErrorTally(1, 20)] * 4, silent).value == pytest.approx(0.05)
    assert ratio(silent, silent).value == 1


def test_other_sentences_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="must be the same"):
        ratio(MADE, BASE[:3])
    with pytest.raises(ValueError, match="0 sentences"):
        ratio([], [])
