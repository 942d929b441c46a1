"""When each written word sounds, from the model's own durations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from kosorong.ports import WordTime
from kosorong.text.sound.symbols import NO_WORD

Span = tuple[float, float]


def word_frames(words: Sequence[int], durations: NDArray[np.int64]) -> dict[int, tuple[int, int]]:
    """Return first frame and end frame of each word that has symbols.

    Args:
        words: For each symbol the index of its word, -1 where it has none.
        durations: (T_text,) frames of each symbol.

    >>> word_frames((-1, 0, 0, -1, 1), np.array([2, 3, 1, 1, 4]))
    {0: (2, 6), 1: (7, 11)}
    """
    ends = np.cumsum(durations)
    spans: dict[int, tuple[int, int]] = {}
    for word, end, length in zip(words, ends.tolist(), durations.tolist(), strict=True):
        if word != NO_WORD:
            start = spans[word][0] if word in spans else end - length
            spans[word] = (start, end)
    return spans


def word_times(
    written: Sequence[str], spans: Mapping[int, Span], seconds: float
) -> tuple[WordTime, ...]:
    """Return one time for each written word, in order, inside the audio and never going back.

    Args:
        written: The white-space words.
        spans: Start and end in seconds of the words that sound, by index; the others last no
            time, at the end of the word before.
        seconds: Length of the audio.

    >>> [(w.start, w.end) for w in word_times(["a", "—", "b"], {0: (0.1, 0.4), 2: (0.5, 0.9)}, 0.8)]
    [(0.1, 0.4), (0.4, 0.4), (0.5, 0.8)]
    """
    times = []
    at = 0.0
    for index, word in enumerate(written):
        start, end = spans.get(index, (at, at))
        start = min(max(start, at), seconds)
        at = min(max(end, start), seconds)
        times.append(WordTime(word, start, at))
    return tuple(times)
