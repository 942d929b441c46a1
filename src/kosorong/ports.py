"""What the book pipeline asks of a translator, a voice and a progress display.

`kosorong.book` knows only these; the command line, the servers and the worker hand in the real
parts (or, over HTTP, their clients), tests hand in small ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KOREAN = "ko"
JEJU = "jje"
LANGUAGES = (KOREAN, JEJU)
"""Between which is translated."""
SPELLINGS = ("araea", "modern")
"""Of Jeju made by translation: with arae-a, or with the letters of today."""
SLOWEST, FASTEST = 0.25, 4.0
"""Speeds between which a voice reads; 1.0 is its own pace."""
STAND_IN = "\ufffc"
"""Stands for what is part of a sentence and left alone, as code is; translators keep it."""

GUESS = "; the vowel arae-a is the machine's guess, which no speaker has confirmed yet"
"""Ends the credit of a voice that never learnt arae-a: it goes where the credit goes."""


@dataclass(frozen=True, slots=True)
class Link:
    """One source word tied to one target word.

    Attributes:
        source: Index of the word in the source text split at white space.
        target: Index of the word in the target text split at white space.
        weight: Share of the target word's attention, 0 to 1.
    """

    source: int
    target: int
    weight: float


@dataclass(frozen=True, slots=True)
class Dial:
    """Which way a text is translated.

    Attributes:
        source: Language of the text, of `LANGUAGES`.
        target: Language wanted.
        spelling: Of `SPELLINGS`.
        strength: 0 (Korean) to 1 (full Jeju).
    """

    source: str = KOREAN
    target: str = JEJU
    spelling: str = "araea"
    strength: float = 1.0

    def options(self) -> dict[str, Any]:
        """Return it as keyword arguments of `Translator.translate`."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word that a translator is unsure of, and why.

    Attributes:
        word: Index of the word in the source text split at white space.
        lemma: The word as a dictionary has it, so that all its forms count as one.
        reason: Of `DOUBTS`.
    """

    word: int
    lemma: str
    reason: str


DOUBTS = ("unknown_word", "rare_sense", "unsure_ending", "stands")
"""No grammar knows the word; of several senses nothing tells which, or a rarer one was taken; two
endings are about as likely; it stands as it was, and no source says that it does."""


@dataclass(frozen=True, slots=True)
class Translation:
    """One translated segment.

    Attributes:
        text: The target text, NFC.
        links: Word links between source and target.
        confidence: 0 (a guess) to 1 (sure).
        provenance: What made it, for example `nmt:3f2a…`, `rules`, `copy`.
        warnings: What a reader should know (letters left alone, fall-backs).
        word_confidences: The same for each word of `text`; empty where it is not known.
        doubts: What a speaker should look at first.
    """

    text: str
    links: tuple[Link, ...] = ()
    confidence: float = 1.0
    provenance: str = ""
    warnings: tuple[str, ...] = ()
    word_confidences: tuple[float, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class WordTime:
    """A written word and when it sounds.

    Attributes:
        text: The word as written in the segment.
        start: Seconds from the beginning of the segment's audio.
        end: Seconds from the beginning of the segment's audio.
    """

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Speech:
    """One spoken segment.

    Attributes:
        samples: Audio (T_wav,) float32 in [-1, 1].
        sample_rate: Hz.
        words: One entry for each white-space word of the written text, in order.
        warnings: Characters that were not read.
    """

    samples: NDArray[np.float32]
    sample_rate: int
    words: tuple[WordTime, ...] = ()
    warnings: tuple[str, ...] = ()


class Translator(Protocol):
    """Turns segments from one language into the other."""

    @property
    def fingerprint(self) -> str:
        """A short hash that changes whenever outputs may change."""
        ...

    def translate(
        self,
        texts: Sequence[str],
        *,
        source: str = KOREAN,
        target: str = JEJU,
        spelling: str = "araea",
        strength: float = 1.0,
    ) -> list[Translation]:
        """Translate each text; one result for each, in order.

        Args:
            texts: Segments, at most a sentence or two each.
            source: Language tag, `ko` or `jje`.
            target: Language tag, `ko` or `jje`.
            spelling: `araea` (full orthography) or `modern` (ㆍ written ㅗ).
            strength: 0 (Korean) to 1 (full Jeju).
        """
        ...


class Narrator(Protocol):
    """What a finished book says of the voice that reads it."""

    @property
    def name(self) -> str:
        """The voice's identifier, as `--voice` takes it."""
        ...

    @property
    def sample_rate(self) -> int:
        """Hz."""
        ...

    @property
    def credit(self) -> str:
        """Licence and credit line that every export must carry."""
        ...


class Voice(Narrator, Protocol):
    """Reads segments aloud."""

    @property
    def fingerprint(self) -> str:
        """A short hash that changes whenever outputs may change."""
        ...

    def speak(
        self, text: str, *, spoken: str | None = None, speed: float = 1.0, seed: int = 0
    ) -> Speech:
        """Read one segment.

        Args:
            text: The written segment; its white-space words are what gets timed.
            spoken: What to say instead, where that differs from what is written.
            speed: 1.0 is the voice's own pace; 2.0 is twice as fast.
            seed: Seeds the noise, so that the same segment always sounds the same.
        """
        ...


class Progress(Protocol):
    """Shows how far a long work has come."""

    def start(self, total: int, done: int = 0, unit: str = "segment") -> None:
        """Begin: `done` of `total` units are there already."""
        ...

    def advance(self, n: int = 1) -> None:
        """Count `n` more finished units."""
        ...

    def say(self, message: str) -> None:
        """Show a line without disturbing the display."""
        ...

    def close(self) -> None:
        """End the display."""
        ...


@dataclass(slots=True)
class NoProgress:
    """A progress display that shows nothing and remembers the lines said."""

    lines: list[str] = field(default_factory=list)

    def start(self, total: int, done: int = 0, unit: str = "segment") -> None:
        """Begin."""

    def advance(self, n: int = 1) -> None:
        """Count."""

    def say(self, message: str) -> None:
        """Remember a line."""
        self.lines.append(message)

    def close(self) -> None:
        """End."""
