"""What is settled of a piece of speech before a sample is made: pauses, level, edges, times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kosorong.config import MEL
from kosorong.speech.evenness import Even, even
from kosorong.speech.runtime import Float
from kosorong.speech.trimming import speech_bounds
from kosorong.speech.word_times import word_frames


@dataclass(frozen=True, slots=True)
class Plan:
    """A piece before its samples are made.

    Attributes:
        symbols: (T_text,) ids, with blanks where the model wants them.
        even: Its log-mel, durations and gain.
        begin: First sample of the mel's audio that is kept.
        end: Sample behind the last.
        spans: Samples from `begin` between which words sound.
    """

    symbols: tuple[int, ...]
    even: Even
    begin: int
    end: int
    spans: Mapping[int, tuple[int, int]]


def planned(
    mel: Float,
    symbols: Sequence[int],
    words: Sequence[int],
    durations: NDArray[np.int64],
    *,
    tone: Sequence[float] = (),
    speed: float = 1.0,
) -> Plan:
    """Make a piece's mel even; find where its sound begins and ends and when words sound.

    Args:
        mel: (T_mel, M) log-mel.
        symbols: Ids (T_text,).
        words: For each symbol the index of its word, -1 where it has none.
        durations: (T_text,) frames of each symbol, T_mel in sum.
        tone: (M,) of the speaker, or ().
        speed: Pauses are shorter in faster speech.
    """
    evened, hop = even(mel, symbols, durations, tone=tone, speed=speed), MEL.hop_length
    frames = word_frames(words, evened.durations)
    first = min(start for start, _ in frames.values())
    last = max(end for _, end in frames.values())
    begin, end = speech_bounds(evened.mel, first, last)
    spans = {word: (a * hop - begin, b * hop - begin) for word, (a, b) in frames.items()}
    return Plan(tuple(symbols), evened, begin, end, spans)
