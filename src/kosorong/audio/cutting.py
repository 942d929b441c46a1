"""Where the sentences of a long recording begin and end: at its pauses, by how much is said.

A person reads some sentences in a row and pauses between them, and sometimes within. Of all pauses
those are taken that leave each sentence about as much speech as its text is long, longer pauses
rather than shorter ones: the best path through pauses and sentences (dynamic programming). What
lies between two cuts is aligned word by word elsewhere.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kosorong.errors import InputError

Float = NDArray[np.float32]
Double = NDArray[np.float64]
Whole = NDArray[np.int64]

FRAME_SECONDS = 0.01
_SHORTEST_PAUSE = 0.12
# A pause at a sentence's end of this many seconds is as good as a longer one.
_FULL_PAUSE = 0.8
_PAUSE_WORTH = 1.0
# People read the same number of syllables faster or slower by about a quarter, and short ones more.
_SPREAD, _SLACK_SECONDS = 0.25, 0.3
_SPEECH_DB = 35.0
_ABOVE_NOISE_DB = 8.0


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence in a recording, frames of a hundredth of a second.

    Attributes:
        start: First silent frame.
        end: First frame that sounds again.
    """

    start: int
    end: int


def levels(samples: Float, sample_rate: int) -> Float:
    """Return the level (dB of full scale) of each hundredth of a second."""
    size = round(FRAME_SECONDS * sample_rate)
    frames = samples[: len(samples) // size * size].reshape(-1, size)
    power = np.einsum("ij,ij->i", frames, frames) / size
    return np.asarray(10.0 * np.log10(power + 1e-12), np.float32)


def sounding(loudness: Float) -> NDArray[np.bool_]:
    """Return which frames hold speech: much louder than the room, not much softer than the rest."""
    if not len(loudness):
        return np.zeros(0, np.bool_)
    loud, quiet = np.percentile(loudness, (95, 5))
    floor = min(quiet + _ABOVE_NOISE_DB, loud - _ABOVE_NOISE_DB)
    return np.asarray(loudness > max(loud - _SPEECH_DB, floor))


def pauses(speech: NDArray[np.bool_]) -> list[Pause]:
    """Return the pauses between the first and the last frame that sound.

    >>> pauses(np.repeat([False, True, False, True], [5, 9, 20, 9]))
    [Pause(start=14, end=34)]
    """
    edges = np.flatnonzero(np.diff(speech.astype(np.int8)))
    ends = [int(at) + 1 for at in edges]
    if len(speech) and speech[0]:
        ends.insert(0, 0)
    # They come in pairs now: speech begins, speech ends; silence lies between two pairs.
    silent = zip(ends[1::2], ends[2::2], strict=False)
    shortest = round(_SHORTEST_PAUSE / FRAME_SECONDS)
    return [Pause(start, end) for start, end in silent if end - start >= shortest]


def cuts(loudness: Float, weights: Sequence[float]) -> list[tuple[int, int]]:
    """Return the stretch of frames (first, after last) in which each sentence is read.

    Args:
        loudness: (T,) dB of each hundredth of a second.
        weights: How long each sentence is, in syllables.

    Raises:
        InputError: There are fewer pauses than places between sentences.

    >>> speech = np.repeat([-60.0, -20.0, -60.0, -20.0, -60.0], [50, 100, 40, 300, 50])
    >>> cuts(speech.astype(np.float32), [5, 15])
    [(50, 150), (190, 490)]
    """
    speech = sounding(loudness)
    silences = pauses(speech)
    heard = np.flatnonzero(speech)
    if len(silences) < len(weights) - 1 or not len(heard):
        raise InputError(
            f"the recording has {len(silences)} pauses, too few for {len(weights)} sentences.",
            where="audio",
            cure="Give the text that is read, all of it, and pause between its sentences.",
        )
    edges = [Pause(0, int(heard[0])), *silences, Pause(int(heard[-1]) + 1, len(speech))]
    path = _best(edges, speech, np.asarray(weights, np.float64))
    return [(edges[a].end, edges[b].start) for a, b in itertools.pairwise(path)]


def _best(edges: Sequence[Pause], speech: NDArray[np.bool_], weights: Double) -> list[int]:
    """Return the edges at which the sentences begin and, last, where the final one ends."""
    count = np.concatenate([[0], np.cumsum(speech)])
    spoken = np.array([count[edge.start] for edge in edges]) * FRAME_SECONDS
    expected = weights / weights.sum() * spoken[-1]
    worth = np.array([(edge.end - edge.start) * FRAME_SECONDS for edge in edges])
    worth = _PAUSE_WORTH * np.minimum(worth, _FULL_PAUSE) / _FULL_PAUSE
    worth[-1] = 0.0
    cost = np.full(len(edges), np.inf)
    cost[0] = 0.0
    back = np.zeros((len(weights), len(edges)), np.int64)
    for i, length in enumerate(expected):
        cost, back[i] = _step(cost, spoken, worth, float(length), len(weights) - i - 1)
    path = [len(edges) - 1]
    for i in reversed(range(len(weights))):
        path.append(int(back[i][path[-1]]))
    return path[::-1]


def _step(
    cost: Double, spoken: Double, worth: Double, length: float, left: int
) -> tuple[Double, Whole]:
    """Read one more sentence: return the cost of ending it at each edge, and where it began.

    Args:
        cost: Of having read all before it up to each edge.
        spoken: Seconds of speech before each edge.
        worth: Of each edge as an end.
        length: Seconds of speech expected.
        left: Sentences after this one, each of which wants an edge of its own.
    """
    after = np.full(len(cost), np.inf)
    back = np.zeros(len(cost), np.int64)
    spread = _SPREAD * length + _SLACK_SECONDS
    reached = np.flatnonzero(np.isfinite(cost))
    for end in range(int(reached[0]) + 1, len(cost) - left):
        begins = reached[reached < end]
        off = (spoken[end] - spoken[begins] - length) / spread
        costs = cost[begins] + off * off
        best = int(np.argmin(costs))
        after[end], back[end] = costs[best] - worth[end], begins[best]
    return after, back
