from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from kosorong.training.evaluate_speech.distances import (
    cepstra,
    cepstral_distortion,
    mel_distance,
    straight,
    warp,
)


def _mel(n_frames: int, seed: int = 0) -> np.ndarray:
    steps = np.random.default_rng(seed).standard_normal((80, n_frames))
    return np.cumsum(steps, axis=1).astype(np.float32)


def _plain_cost(first: np.ndarray, second: np.ndarray) -> float:
    total = np.full((len(first) + 1, len(second) + 1), np.inf)
    total[0, 0] = 0
    for i, a in enumerate(first, 1):
        for j, b in enumerate(second, 1):
            before = min(total[i - 1, j - 1], total[i - 1, j], total[i, j - 1])
            total[i, j] = np.linalg.norm(a - b) + before
    return float(total[-1, -1])


def test_identical_mels_have_no_distance() -> None:
    mel = _mel(40)
    values = cepstra(mel)
    path = warp(values, values)
    assert cepstral_distortion(values, values, path) == pytest.approx(0, abs=1e-4)
    assert mel_distance(mel, mel, path) == 0.0
    assert path[0].tolist() == path[1].tolist() == list(range(40))


def test_level_does_not_count() -> None:
    mel: Any = _mel(20)
    assert np.allclose(cepstra(mel), cepstra(mel + 2.0), atol=1e-4)


@pytest.mark.parametrize("order", [1, 5, 13])
def test_one_cosine_more_is_its_root_mean_square_in_decibels(order: int) -> None:
    # ln-magnitude differs by 0.3 cos: 20 / ln 10 * 0.3 / sqrt(2) dB.
    mel = _mel(10)
    wave = 0.3 * np.cos(np.pi * order * (np.arange(80) + 0.5) / 80)
    other = (mel + wave[:, None]).astype(np.float32)
    found = cepstral_distortion(cepstra(mel), cepstra(other), straight(10))
    assert found == pytest.approx(20 / np.log(10) * 0.3 / np.sqrt(2), rel=1e-3)


def test_what_lies_above_cepstrum_13_does_not_count() -> None:
    mel = np.zeros((80, 3), np.float32)
    ripple = np.cos(np.pi * 14 * (np.arange(80) + 0.5) / 80).astype(np.float32)
    assert np.allclose(cepstra(mel + ripple[:, None]), 0, atol=1e-6)


def test_warping_finds_repeated_frames() -> None:
    values = cepstra(_mel(30))
    repeats = np.where(np.arange(30) % 3 == 0, 2, 1)
    slow = np.repeat(values, repeats, axis=0)
    path = warp(slow, values)
    assert cepstral_distortion(slow, values, path) == pytest.approx(0, abs=1e-4)
    assert path[1].tolist() == np.repeat(np.arange(30), repeats).tolist()


def test_warping_costs_what_the_plain_table_says() -> None:
    draw = np.random.default_rng(4)
    for rows, columns in ((1, 1), (1, 7), (6, 1), (9, 14), (14, 9)):
        first, second = draw.standard_normal((rows, 3)), draw.standard_normal((columns, 3))
        path = warp(first, second)
        cost = np.linalg.norm(first[path[0]] - second[path[1]], axis=1).sum()
        assert cost == pytest.approx(_plain_cost(first, second))
        moves = np.diff(np.stack(path), axis=1).T.tolist()
        assert all(move in ([1, 1], [1, 0], [0, 1]) for move in moves)
        assert (path[0][-1], path[1][-1]) == (rows - 1, columns - 1)


def test_nothing_cannot_be_warped() -> None:
    with pytest.raises(ValueError, match="no frame"):
        warp(np.zeros((0, 13)), np.zeros((3, 13)))
