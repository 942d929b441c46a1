from __future__ import annotations

import numpy as np

from kosorong.speech.edges import AFTER, BEFORE, speech_bounds

RATE = 22_050


def _sound(before: float, after: float) -> np.ndarray:
    silence, tone = np.zeros, 0.3 * np.sin(np.arange(RATE // 2) / 9)
    parts = [silence(round(before * RATE)), tone, silence(round(after * RATE))]
    return np.concatenate(parts).astype(np.float32)


def test_silence_of_any_length_is_cut_to_the_same() -> None:
    for before, after in ((0.2, 0.3), (0.5, 1.0), (1.5, 0.2)):
        samples = _sound(before, after)
        first = round(before * RATE)
        begin, end = speech_bounds(samples, first, first + RATE // 2, RATE)
        assert abs(first - begin - BEFORE * RATE) <= RATE / 80
        assert abs(end - first - RATE // 2 - AFTER * RATE) <= RATE / 80


def test_sounding_symbols_are_kept_however_quiet() -> None:
    begin, end = speech_bounds(_sound(0.5, 0.5), 0, RATE + RATE // 2, RATE)
    assert (begin, end) == (0, RATE + RATE // 2)


def test_loud_edges_are_kept_whatever_the_symbols_say() -> None:
    samples = _sound(0.0, 0.0)
    assert speech_bounds(samples, 5_000, 6_000, RATE) == (0, len(samples))


def test_silence_and_a_few_samples_do_no_harm() -> None:
    assert speech_bounds(np.zeros(RATE, np.float32), 5_000, 6_000, RATE)[0] < 5_000
    assert speech_bounds(np.zeros(9, np.float32), 0, 9, RATE) == (0, 9)
