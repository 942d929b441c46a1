"""Rows of the work database, as the rest of the book knows them."""

from __future__ import annotations

from dataclasses import dataclass

from kosorong.audio.mark import Heard
from kosorong.ports import WordTime


@dataclass(frozen=True, slots=True)
class Planned:
    """A segment as the plan has it.

    Attributes:
        position: Place in the book, from 0.
        chapter: Index of the chapter.
        paragraph: Index of the paragraph inside its chapter.
        kind: Kind of its paragraph.
        ends_paragraph: True for the last segment of its paragraph.
        text: The original.
        translation: Key of its translation, "" where none is wanted.
        speech: Key of its speech, "" as long as it is not known.
    """

    position: int
    chapter: int
    paragraph: int
    kind: str
    ends_paragraph: bool
    text: str
    translation: str
    speech: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """A segment with all that was made of it.

    Attributes:
        planned: Its place in the book.
        other: The translation, "" where none is wanted.
        samples: Length of its audio in samples.
        words: Word times in seconds from the beginning of its audio.
        heard: Who reads it; None for the voice of the book.
    """

    planned: Planned
    other: str
    samples: int
    words: tuple[WordTime, ...]
    heard: Heard | None = None


@dataclass(frozen=True, slots=True)
class WarningCount:
    """A warning, how often it was given, and where first.

    Attributes:
        message: What the translator or the voice said.
        count: Number of segments.
        position: First segment it was said of.
    """

    message: str
    count: int
    position: int


@dataclass(frozen=True, slots=True)
class DoubtCount:
    """A word that the translator doubted, how often, and where first.

    Attributes:
        lemma: The word as a dictionary has it.
        reason: Of `kosorong.ports.DOUBTS`.
        count: How often it stands in the book so.
        position: First segment that holds it.
    """

    lemma: str
    reason: str
    count: int
    position: int
