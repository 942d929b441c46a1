from __future__ import annotations

import pytest

from kosorong.config import MEL
from kosorong.text.reading import read
from kosorong.text.sound.symbols import BLANK_ID, intersperse
from kosorong.training.evaluate_speech.durations import length_error, overlong, sound_seconds

FRAME = 1 / MEL.frames_per_second


def test_length_errors_worked_out_by_hand() -> None:
    error = length_error([110, 80, 100, 105, 100], [100, 100, 100, 100, 100])
    assert error.median == pytest.approx(0.05)
    assert error.bias == pytest.approx(0.0)
    assert error.largest == pytest.approx(0.18)  # a fifth of the way from 0.2 down to 0.1


def test_sounds_without_blanks_last_their_own_frames() -> None:
    symbols = read("나비, 가").symbols
    frames = range(1, len(symbols) + 1)
    places = [i for i, s in enumerate(symbols) if s >= 10]
    assert sound_seconds(symbols, frames) == pytest.approx([(i + 1) * FRAME for i in places])


def test_blanks_between_sounds_belong_to_the_sound_before() -> None:
    symbols = intersperse(read("나 가").symbols)
    # edge, n, a, boundary, g, a, edge with blanks between: blanks last 10 frames, others 1.
    frames = [10 if s == BLANK_ID else 1 for s in symbols]
    assert sound_seconds(symbols, frames) == pytest.approx(
        [11 * FRAME, 1 * FRAME, 11 * FRAME, 1 * FRAME]
    )


def test_only_sounds_over_350_ms_are_overlong() -> None:
    assert overlong([0.35, 0.351, 0.1, 0.1]) == 0.25
    assert overlong([]) == 0.0
