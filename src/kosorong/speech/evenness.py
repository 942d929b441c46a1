"""Every segment as bright, as loud and as unhurried as the next: made even on the log-mel.

All of it is known before a sample is made, so that a stream is what the whole is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.mel import filterbank
from kosorong.config import MEL, PAUSES
from kosorong.speech.runtime import Float
from kosorong.text.sound.symbols import BLANK_ID, BOUNDARY_ID, END_ID, MARKS, START_ID, SYMBOLS

LEVEL = -23.0
"""dBFS RMS of a segment's speech, pauses left out: the level of the recordings learnt from."""

# How found: bounds a fault, decides nothing in a sound voice; a guess.
_GAINS = (-12.0, 12.0)
# What harmonics add to the power of a band over that of its mean magnitude, and what the vocoder
# makes of it: measured, see docs/reference/voice-quality.md.
_CREST_DB = 0.95
# Frames within 40 dB of the loud ones are speech, as `kosorong.training.corpora.sound` has it.
# How found: taken over from the import of corpora, where it is a guess.
_RANGE_DB, _LOUD_PERCENT = 40.0, 95
# What is this much below the loudest frame is a pause, and how far beyond its symbols it may reach.
# How found: -42 as in `edges`; six frames a guess.
_QUIET_DB, _REACH = -42.0, 6
# A voice that is nowhere this much below its loudest frame speaks on through a mark; one that is
# falls silent, and comes back, over so many frames.
# How found: a guess; `kosorong evaluate evenness` counts the marks softened and passed.
_DIP_DB, _SLOPE = -20.0, 4
_SILENT = frozenset({BLANK_ID, BOUNDARY_ID, *(SYMBOLS.index(mark) for mark in MARKS)})
_SECONDS = {SYMBOLS.index(mark): PAUSES.comma if mark == "," else PAUSES.stop for mark in MARKS}


def powers(mel: Float) -> NDArray[np.float64]:
    """Return the mean square of the sound at each frame of a log-mel (T_mel, M), decibels."""
    power = (np.exp(2.0 * mel.astype(np.float64)) * _widths()).sum(axis=1)
    return np.asarray(10.0 * np.log10(np.maximum(power, 1e-12)) + _CREST_DB, np.float64)


@lru_cache(maxsize=1)
def _widths() -> NDArray[np.float64]:
    """Return for each channel (M,) what its squared magnitude stands for, of the mean square."""
    weights = filterbank().astype(np.float64)
    total = weights.sum(axis=1)
    # A channel holds the weighted sum of magnitudes; neighbours overlap by half. Twice for the
    # negative frequencies; a Hann window lets three eighths of the power through.
    bins = total / weights.max(axis=1)
    scale: NDArray[np.float64] = bins / total**2 * 2.0 / (MEL.n_fft * MEL.win_length * 0.375)
    return scale


def gain_of(mel: Float) -> float:
    """Return the factor that brings the speech of a log-mel (T_mel, M) to `LEVEL`.

    >>> quiet = np.full((50, 80), -3.0, np.float32)
    >>> loud = quiet + np.log(2.0)
    >>> round(gain_of(quiet) / gain_of(loud), 3)
    2.0
    """
    level = powers(mel)
    speech = level[level > np.percentile(level, _LOUD_PERCENT) - _RANGE_DB]
    mean = 10.0 * np.log10(np.mean(10.0 ** (speech / 10.0)))
    return float(10.0 ** (np.clip(LEVEL - mean, *_GAINS) / 20.0))


@dataclass(frozen=True, slots=True)
class Even:
    """A log-mel made even, as everything that speaks says it.

    Attributes:
        mel: (T_mel, M).
        durations: (T_text,) frames of each symbol, T_mel in sum.
        gain: Factor on its samples.
        softened: Marks at which the voice was not quiet, and was made so by slopes.
        through: Marks at which it sounds on: no pause was put there.
    """

    mel: Float
    durations: NDArray[np.int64]
    gain: np.float32
    softened: int = 0
    through: int = 0


def even(
    mel: Float,
    symbols: Sequence[int],
    durations: NDArray[np.int64],
    *,
    tone: Sequence[float] = (),
    speed: float = 1.0,
) -> Even:
    """Bring pauses, brightness and loudness of a log-mel to what all speech is to have.

    Args:
        mel: (T_mel, M) log-mel.
        symbols: Ids (T_text,).
        durations: (T_text,) frames of each symbol, T_mel in sum.
        tone: (M,) what is added to every frame, nepers; or ().
        speed: Pauses are shorter in faster speech.
    """
    pacing = paced(mel, symbols, durations, speed)
    toned = pacing.mel + np.array(tone, np.float32) if len(tone) else pacing.mel
    gain = np.float32(gain_of(toned))
    return Even(toned, pacing.durations, gain, pacing.softened, pacing.through)


@dataclass(slots=True)
class Paced:
    """A log-mel with pauses by the table; attributes as those of `Even`."""

    mel: Float
    durations: NDArray[np.int64]
    softened: int = 0
    through: int = 0


def paced(mel: Float, symbols: Sequence[int], durations: NDArray[np.int64], speed: float) -> Paced:
    """Make the pauses at marks inside a segment as long as the table says.

    Frames are put in or taken out where it is quiet. A voice that only grows soft at a mark is
    brought down and up by slopes; one that speaks on is left alone: a hole would be heard.

    Args:
        mel: (T_mel, M) log-mel.
        symbols: Ids (T_text,).
        durations: (T_text,) frames of each symbol, T_mel in sum.
        speed: Pauses are shorter in faster speech.
    """
    level, ends = powers(mel), np.cumsum(durations)
    loudest = level.max(initial=-np.inf)
    quiet = level < loudest + _QUIET_DB
    parts: list[Float] = []
    pacing, done = Paced(mel, durations.copy()), 0
    for first, last, seconds in _pauses(symbols):
        begin, end = int(ends[first] - durations[first]), int(ends[last])
        start, stop = _gap(level, quiet, begin, end, done)
        if start == stop and level[start] > loudest + _DIP_DB:
            pacing.through += 1
            continue
        pacing.softened += start == stop
        more = round(seconds / speed * MEL.frames_per_second) - (stop - start)
        # What the pause's symbols own can be taken, a frame each left.
        more = max(more, -(end - begin - (last - first + 1)), -(stop - start))
        middle = start + int(np.argmin(level[start : max(stop, start + 1)]))
        cut = min(middle, stop + more) if more < 0 else middle
        before = middle - 1 if start == stop else middle
        parts += [mel[done:cut], _stillness(mel[before], mel[middle], max(0, more))]
        done = cut + max(0, -more)
        _lengthen(pacing.durations, first, last, more)
    pacing.mel = np.concatenate([*parts, mel[done:]])
    return pacing


def _stillness(before: Float, after: Float, frames: int) -> Float:
    """Return (frames, M) that fall from the frame before (M,) to silence and rise to that after."""
    at = np.arange(1, frames + 1, dtype=np.float32)
    slope = max(1, min(_SLOPE, frames // 2))
    fallen, rising = (np.minimum(ramp / slope, 1.0)[:, None] for ramp in (at, at[::-1]))
    still = _still()
    down = before + fallen * (np.minimum(before, still) - before)
    up = after + rising * (np.minimum(after, still) - after)
    return np.asarray(np.where(at[:, None] <= frames // 2, down, up), np.float32)


def _pauses(symbols: Sequence[int]) -> Iterator[tuple[int, int, float]]:
    """Yield first and last symbol of each pause between words that has a mark, and its seconds."""
    at = 0
    while at < len(symbols):
        last = at
        while last < len(symbols) and symbols[last] in _SILENT:
            last += 1
        wanted = [_SECONDS[symbol] for symbol in symbols[at:last] if symbol in _SECONDS]
        if wanted and _sounds(symbols[:at]) and _sounds(symbols[last:]):
            yield at, last - 1, max(wanted)
        at = last + 1


def _sounds(symbols: Sequence[int]) -> bool:
    return any(symbol not in _SILENT and symbol not in (START_ID, END_ID) for symbol in symbols)


def _gap(
    level: NDArray[np.float64], quiet: NDArray[np.bool_], begin: int, end: int, free: int
) -> tuple[int, int]:
    """Return where it is quiet around frames `begin` to `end`; an empty stretch where nowhere.

    It begins at frame `free` at the earliest: what lies before belongs to the pause before.
    """
    begin = max(begin, min(free, end - 1))
    middle = begin + int(np.argmin(level[begin:end]))
    if not quiet[middle]:
        return middle, middle
    start, stop = middle, middle + 1
    while start > max(free, begin - _REACH) and quiet[start - 1]:
        start -= 1
    while stop < min(len(quiet), end + _REACH) and quiet[stop]:
        stop += 1
    return start, stop


def _still() -> np.float32:
    """A channel of a pause: not louder than a studio's silence."""
    return np.float32(-10.0)


def _lengthen(durations: NDArray[np.int64], first: int, last: int, more: int) -> None:
    """Give frames to the symbols `first` to `last`, or take them, one left to each."""
    if more >= 0:
        durations[last] += more
    for at in range(first, last + 1):
        if more >= 0:
            return
        taken = min(int(durations[at]) - 1, -more)
        durations[at] -= taken
        more += taken
