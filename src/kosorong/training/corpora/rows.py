"""One recording of a corpus, as the readers of all layouts give it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from kosorong.errors import CorpusError
from kosorong.ports import KOREAN
from kosorong.training.corpora.manifest import Split


@dataclass(frozen=True, slots=True)
class Phone:
    """A sound whose time is known.

    Attributes:
        name: As the corpus writes it.
        start: Seconds from the beginning of what is cut out.
        end: The same.
    """

    name: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class CorpusRow:
    """One recording as a corpus lists it.

    Attributes:
        id: Its name in the corpus.
        speaker: Who speaks.
        audio: The sound file.
        text: What is said.
        where: File and line, for messages.
        language: `ko` or `jje`.
        cut: Where it begins and ends in the sound file, seconds; None where it is all of it.
        standard: The same in standard Korean where the corpus has it and it differs, else "".
        phones: Sounds and their times, where the corpus has them.
        split: Where the corpus itself puts it; `train` where it holds nothing out.
    """

    id: str
    speaker: str
    audio: Path
    text: str
    where: str
    language: str = KOREAN
    cut: tuple[float, float] | None = None
    standard: str = ""
    phones: tuple[Phone, ...] = ()
    split: Split = "train"


Rows: TypeAlias = Iterator[CorpusRow | CorpusError]
"""What a reader yields: a row, or what is wrong with it."""
