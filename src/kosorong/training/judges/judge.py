"""What a judge is: it writes down what it hears, and says in which letters errors are counted."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kosorong.config import MEL
from kosorong.text.letters.jamo import letters
from kosorong.text.reading import read
from kosorong.training.judges.memory import Memory

Audio = NDArray[np.float32]

STRANGER_RATE = 16_000
"""Hz at which recognisers that others trained listen."""

# Typed letters, and the vowels that nobody types.
_JAMO = (("\u3131", "\u318e"), ("\u1160", "\u11a7"))


@dataclass(frozen=True, slots=True)
class HeardText:
    """What a judge made of a recording.

    Attributes:
        text: As it wrote it down.
        jamo: What errors are counted in, in the same letters as `Judge.said`.
    """

    text: str
    jamo: tuple[str, ...]


class Judge(ABC):
    """Role: writes down speech; the same sound is always heard the same way."""

    @property
    @abstractmethod
    def name(self) -> str:
        """Who judges, for the report."""

    @property
    @abstractmethod
    def recipe(self) -> str:
        """How it listens and what its errors are counted in, one line."""

    @property
    def stranger(self) -> bool:
        """Whether it never met the speakers."""
        return True

    @abstractmethod
    def hear(self, audio: Audio) -> HeardText:
        """Listen to audio (T_wav,) at the models' rate."""

    @abstractmethod
    def said(self, text: str) -> tuple[str, ...]:
        """Return the jamo that should be heard of a text."""


class Stranger(Judge):
    """A recogniser that writes Korean with digits and marks: both sides are counted as spoken.

    Args:
        memory: What it heard before; without one it listens every time.
    """

    def __init__(self, memory: Memory | None = None) -> None:
        self._memory = memory

    def said(self, text: str) -> tuple[str, ...]:
        """See `Judge.said`."""
        return spoken_jamo(text)

    def hear(self, audio: Audio) -> HeardText:
        """See `Judge.hear`."""
        text = self._written(audio) if len(audio) else ""
        return HeardText(text, spoken_jamo(text))

    def _written(self, audio: Audio) -> str:
        known = self._memory.text(audio) if self._memory else None
        if known is not None:
            return known
        text = self.transcribe(at_16_khz(audio))
        if self._memory:
            self._memory.keep(audio, text)
        return text

    @abstractmethod
    def transcribe(self, samples: Audio) -> str:
        """Write down samples (T_wav,) at 16 kHz."""


def spoken_jamo(text: str) -> tuple[str, ...]:
    """Return a text's jamo, letter by letter as it is typed; spaces and marks are left out.

    Numbers, signs and foreign letters count as the words that are said for them
    (`kosorong pronounce --step spoken`), the silent onset as a letter.

    >>> "".join(spoken_jamo("5명, 왔다!"))
    'ㄷㅏㅅㅓㅅㅁㅕㅇㅇㅗㅏㅆㄷㅏ'
    """
    typed = letters(read(text).spoken)
    return tuple(letter for letter in typed if any(low <= letter <= high for low, high in _JAMO))


def at_16_khz(audio: Audio) -> Audio:
    """Resample audio (T_wav,) from the models' rate.

    >>> len(at_16_khz(np.zeros(22_050, np.float32)))
    16000
    """
    from scipy.signal import resample_poly  # a second to load

    common = math.gcd(STRANGER_RATE, MEL.sample_rate)
    up, down = STRANGER_RATE // common, MEL.sample_rate // common
    return np.asarray(resample_poly(audio, up, down), np.float32)
