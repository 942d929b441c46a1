"""How sentences end: the slope of F0 that a voice is asked for, drawn as the person's own vary.

People let most statements fall and most questions rise, not all of either. A bundle holds for each
voice and mood what the person's ends were asked to be, as quantiles; every sentence draws its own
by the segment's seed, and the frame-wise prior is told of it at the last syllables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from kosorong.speech.runtime import Float
from kosorong.text.mood import Mood
from kosorong.text.symbols import BLANK_ID, BOUNDARY_ID, END_ID, MARKS, NO_WORD, START_ID, SYMBOLS

ENDS = 2
"""Numbers that tell a symbol how its sentence ends."""

_REACH = 10  # sounds, some four syllables: the 0.6 s over which slopes are measured
# Semitones a second that are told as 1, and how many times that at most: numbers as large as the
# hidden states beside them, or the prior hardly learns to listen.
_SCALE, _STEEPEST, _NEAR = 5.0, 12.0, 4.0
_STOPS = frozenset(SYMBOLS.index(mark) for mark in MARKS if mark != ",")
_SILENT = frozenset({START_ID, END_ID, BLANK_ID, BOUNDARY_ID, *map(SYMBOLS.index, MARKS)})


def sentences(symbols: Sequence[int]) -> list[int]:
    """Return where each sentence of symbols (T_text,) stops: the index behind its last symbol.

    >>> from kosorong.text.symbols import encode
    >>> sentences(encode(["가?", "나."]).symbols)
    [4, 9]
    """
    stops = [at + 1 for at, symbol in enumerate(symbols) if symbol in _STOPS]
    sounding = [at for at, symbol in enumerate(symbols) if symbol not in _SILENT]
    if not stops or (sounding and sounding[-1] >= stops[-1]):
        return [*stops, len(symbols)]
    return [*stops[:-1], len(symbols)]


def ends(symbols: Sequence[int], slopes: Sequence[float]) -> Float:
    """Tell every symbol how its sentence ends.

    Args:
        symbols: Ids (T_text,).
        slopes: Of the last sentences, semitones a second; NaN for what is not known. Sentences
            before them are not known.

    Returns:
        (T_text, ENDS): slope and nearness to the sentence's end, both 0 far from it or where the
        slope is not known.

    >>> from kosorong.text.symbols import encode
    >>> ends(encode(["가."]).symbols, [40.0]).tolist()[2:]
    [[8.0, 4.0], [8.0, 4.0], [8.0, 4.0]]
    """
    told = np.zeros((len(symbols), ENDS), np.float32)
    stops = sentences(symbols)
    known = dict(zip(reversed(stops), reversed(slopes), strict=False))
    start = 0
    for stop in stops:
        slope = known.get(stop, np.nan)
        if not np.isnan(slope):
            near = _nearness(symbols[start:stop])
            asked = np.clip(slope / _SCALE, -_STEEPEST, _STEEPEST)
            told[start:stop] = np.stack([near * asked, near * _NEAR], axis=1)
        start = stop
    return told


def _nearness(symbols: Sequence[int]) -> Float:
    """Return 1 at a sentence's last sound and behind it, less before it."""
    near = np.zeros(len(symbols), np.float32)
    behind = 0
    for at in range(len(symbols) - 1, -1, -1):
        # What is silent belongs to the sound behind it.
        near[at] = max(0.0, 1.0 - max(behind - (symbols[at] in _SILENT), 0) / _REACH)
        behind += symbols[at] not in _SILENT
    return near


def drawn(
    symbols: Sequence[int],
    words: Sequence[int],
    moods: Mapping[int, Mood],
    wanted: Mapping[str, Sequence[float]],
    seed: Sequence[int],
) -> list[float]:
    """Draw the slope at the end of every sentence.

    Args:
        symbols: Ids (T_text,).
        words: For each symbol the index of its word, -1 where it has none.
        moods: Of sentences, by the index of their last word.
        wanted: Quantiles of slopes by mood, evenly spaced, semitones a second; empty for none.
        seed: The same draws the same.

    Returns:
        One for each sentence; NaN for one that goes on elsewhere, or whose mood has no quantiles.
    """
    draw = np.random.default_rng((*seed, len(symbols)))
    slopes, start = [], 0
    for stop in sentences(symbols):
        last = max((word for word in words[start:stop]), default=NO_WORD)
        quantiles = wanted.get(moods.get(last, ""), ())
        at = draw.random()
        slopes.append(quantile(quantiles, at) if len(quantiles) else float("nan"))
        start = stop
    return slopes


def quantile(quantiles: Sequence[float], share: float) -> float:
    """Return the value below which a share lies, between evenly spaced quantiles.

    >>> quantile((-10.0, 0.0, 10.0), 0.75)
    5.0
    """
    return float(np.interp(share, np.linspace(0.0, 1.0, len(quantiles)), quantiles))
