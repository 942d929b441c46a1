"""How far two recordings of the same sentence are apart: cepstra, warping, log-mels."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]
Path = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Pairs of frames: the first signal's and the second's, both rising."""

N_CEPSTRA = 13
_TO_DECIBELS = 10.0 / np.log(10.0) * np.sqrt(2.0)
_STEPS = np.array([(1, 1), (1, 0), (0, 1)])


@lru_cache(maxsize=4)
def _cosines(n_mels: int, n_cepstra: int) -> Float:
    places = (np.arange(n_mels) + 0.5) / n_mels
    return 2.0 / n_mels * np.cos(np.pi * np.outer(np.arange(1, n_cepstra + 1), places))


def cepstra(mel: NDArray[np.float32]) -> Float:
    """Return mel-cepstra 1 to 13 of a log-mel (M, T_mel) as (T_mel, 13), without c0, the level.

    DCT-II scaled so that log-magnitude = c0 + sum of c_m cos(m w), the convention the distortion
    in dB was defined for (Kubichek 1993).
    """
    values: Float = (_cosines(len(mel), N_CEPSTRA) @ mel.astype(np.float64)).T
    return values


def cepstral_distortion(first: Float, second: Float, path: Path) -> float:
    """Mel-cepstral distortion, dB: 10 / ln 10 * sqrt(2) * Euclidean distance, mean over the path.

    Args:
        first: (T, 13) cepstra.
        second: (T', 13).
        path: Which frames are compared.

    >>> zero, one = np.zeros((1, 13)), np.eye(1, 13)
    >>> round(cepstral_distortion(zero, one, straight(1)), 3)
    6.142
    """
    apart = np.linalg.norm(first[path[0]] - second[path[1]], axis=1)
    return float(_TO_DECIBELS * apart.mean())


def mel_distance(first: NDArray[np.float32], second: NDArray[np.float32], path: Path) -> float:
    """Mean absolute difference of log-mels (M, T), nats, along a path."""
    return float(np.abs(first[:, path[0]] - second[:, path[1]]).mean())


def straight(n_frames: int) -> Path:
    """Return the path that pairs every frame with itself."""
    frames = np.arange(n_frames)
    return frames, frames


def warp(first: Float, second: Float) -> Path:
    """Align two sequences of frames by dynamic time warping.

    Euclidean cost, steps (1, 1), (1, 0) and (0, 1) of equal weight, both ends tied (Sakoe and
    Chiba 1978); the table is filled one anti-diagonal at a time.

    Args:
        first: (T, K).
        second: (T', K).

    Returns:
        The cheapest path.

    Raises:
        ValueError: One of them has no frame.
    """
    if not len(first) or not len(second):
        raise ValueError("there is nothing to align: a signal has no frame")
    cost = _distances(first, second)
    return _trace(_choices(cost))


def _distances(first: Float, second: Float) -> Float:
    squares = (first**2).sum(1)[:, None] + (second**2).sum(1)[None] - 2.0 * first @ second.T
    roots: Float = np.sqrt(np.maximum(squares, 0.0))
    return roots


def _choices(cost: Float) -> NDArray[np.int8]:
    """Return for each cell (T, T') the number of the step that leads to it cheapest."""
    rows, columns = cost.shape
    total = np.full((rows + 1, columns + 1), np.inf)
    total[0, 0] = 0.0
    chosen = np.zeros((rows, columns), np.int8)
    for diagonal in range(rows + columns - 1):
        i = np.arange(max(0, diagonal - columns + 1), min(rows, diagonal + 1))
        j = diagonal - i
        before = np.stack([total[i, j], total[i, j + 1], total[i + 1, j]])
        best = before.argmin(0)
        chosen[i, j] = best
        total[i + 1, j + 1] = cost[i, j] + before[best, np.arange(len(i))]
    return chosen


def _trace(chosen: NDArray[np.int8]) -> Path:
    i, j = chosen.shape[0] - 1, chosen.shape[1] - 1
    pairs = [(i, j)]
    while i or j:
        back = _STEPS[chosen[i, j]]
        i, j = i - int(back[0]), j - int(back[1])
        pairs.append((i, j))
    path = np.array(pairs[::-1])
    return path[:, 0], path[:, 1]
