"""How sentences end: the slope of F0 that a voice is asked for, drawn as the person's own vary.

People let most statements fall and most questions rise, not all of either. A bundle holds for each
voice and mood what the person's ends were asked to be, as quantiles; every sentence draws its own
by the segment's seed, and the pitch that the model says of the last syllables is bent to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from kosorong.config import MEL
from kosorong.speech.runtime import Float
from kosorong.text.mood import Mood
from kosorong.text.sound.symbols import (
    BLANK_ID,
    BOUNDARY_ID,
    END_ID,
    MARKS,
    NO_WORD,
    START_ID,
    SYMBOLS,
)

# How found: a scale, the same in training and serving; decides nothing by itself.
SEMITONES = 4.0
"""Semitones above the speaker's median that count as 1 in a symbol's pitch, as in the training."""

# How found: a guess, held for measure and bend alike; see docs/decisions/ends-asked-for.md.
END_SECONDS = 0.6
"""Of speech at the end of a sentence, by which its slope is told."""

_REACH = END_SECONDS * MEL.frames_per_second
# How found: bounds a fault; a guess: an octave.
_MOST = 12.0 / SEMITONES  # that an end is bent, either way
# How found: bounds a fault; a guess.
_LOWEST, _HIGHEST = -14.0 / SEMITONES, 16.0 / SEMITONES
_STOPS = frozenset(SYMBOLS.index(mark) for mark in MARKS if mark != ",")
_SILENT = frozenset({START_ID, END_ID, BLANK_ID, BOUNDARY_ID, *map(SYMBOLS.index, MARKS)})


def sentences(symbols: Sequence[int]) -> list[int]:
    """Return where each sentence of symbols (T_text,) stops: the index behind its last symbol.

    >>> from kosorong.text.sound.symbols import encode
    >>> sentences(encode(["가?", "나."]).symbols)
    [4, 9]
    """
    stops = [at + 1 for at, symbol in enumerate(symbols) if symbol in _STOPS]
    sounding = [at for at, symbol in enumerate(symbols) if symbol not in _SILENT]
    if not stops or (sounding and sounding[-1] >= stops[-1]):
        return [*stops, len(symbols)]
    return [*stops[:-1], len(symbols)]


def bent(
    pitch: Float, symbols: Sequence[int], frames: NDArray[np.int64], slopes: Sequence[float]
) -> Float:
    """Bend the ends of sentences so that pitch rises or falls there as asked.

    Args:
        pitch: (T_text,) of each symbol, `SEMITONES` as 1.
        symbols: Ids (T_text,).
        frames: (T_text,) of each symbol.
        slopes: Of the last sentences, semitones a second; NaN leaves one as it is, as does what is
            missing for those before.

    Returns:
        (T_text,); nothing changes before a sentence's last `END_SECONDS`.
    """
    contour = np.array(pitch, np.float32)
    stops = sentences(symbols)
    asked = dict(zip(reversed(stops), reversed(slopes), strict=False))
    behind = np.cumsum(frames)
    start = 0
    for stop in stops:
        slope = asked.get(stop, np.nan)
        sounding = [at for at in range(start, stop) if symbols[at] not in _SILENT]
        if sounding and not np.isnan(slope):
            end = float(behind[sounding[-1]])
            middles = behind[start:stop] - frames[start:stop] / 2
            # What is silent behind the last sound goes on where that stands.
            within = np.clip(middles - (end - _REACH), 0.0, _REACH)
            # One last sound may be longer than all that counts.
            own = np.array([at for at in sounding if within[at - start] > 0] or sounding[-1:])
            missing = slope / SEMITONES - _slope(contour[own], middles[own - start])
            bend = missing * within / MEL.frames_per_second
            contour[start:stop] += np.clip(bend, -_MOST, _MOST).astype(np.float32)
        start = stop
    return np.clip(contour, min(_LOWEST, float(pitch.min())), max(_HIGHEST, float(pitch.max())))


def _slope(pitch: Float, places: NDArray[np.float64]) -> float:
    """Return how fast the pitch (N,) of symbols in the middle of `places`, frames, rises a second.

    As of recordings: from the median of the first half to that of the second.
    """
    half = (places[0] + places[-1]) / 2
    first, second = places <= half, places > half
    if not second.any():
        return 0.0
    seconds = (np.median(places[second]) - np.median(places[first])) / MEL.frames_per_second
    return float((np.median(pitch[second]) - np.median(pitch[first])) / max(seconds, 1e-3))


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
