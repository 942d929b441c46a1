"""What a book says of who reads it, and who translated and corrected it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kosorong.audio.mark import Heard, Mark, Source
from kosorong.ports import GUESS

# Of one chapter: where people and machine take turns more often, their number has to do.
_MOST_STRETCHES = 20


@dataclass(frozen=True, slots=True)
class PersonStretch:
    """Segments one after another that one person reads.

    Attributes:
        heard: Who.
        first: Position in the book of the first of them.
        last: Of the last.
    """

    heard: Heard
    first: int
    last: int

    @property
    def segments(self) -> int:
        """How many."""
        return self.last - self.first + 1

    @property
    def numbers(self) -> str:
        """Their numbers, counted from 1 as people do.

        >>> PersonStretch(Heard("", ""), 2, 4).numbers, PersonStretch(Heard("", ""), 2, 2).numbers
        ('3–5', '3')
        """
        first, last = self.first + 1, self.last + 1
        return f"{first}–{last}" if last > first else str(first)


def stretches(heard: Iterable[tuple[int, Heard]]) -> tuple[PersonStretch, ...]:
    """Return where people read.

    Args:
        heard: Position of each segment, in order, and who reads it.

    >>> one = Heard("할망", "", synthetic=False)
    >>> [spoken.numbers for spoken in stretches([(0, Heard("v", "")), (1, one), (2, one)])]
    ['2–3']
    """
    spoken = []
    for who, group in groupby(heard, lambda pair: pair[1]):
        positions = [position for position, _ in group]
        if not who.synthetic:
            spoken.append(PersonStretch(who, positions[0], positions[-1]))
    return tuple(spoken)


def places(spoken: Sequence[PersonStretch]) -> str:
    """Return in words where people read in a chapter that a machine reads too, "" for nowhere."""
    if not spoken:
        return ""
    names = ", ".join(dict.fromkeys(stretch.heard.name for stretch in spoken))
    numbers = ", ".join(stretch.numbers for stretch in spoken[:_MOST_STRETCHES])
    if len(spoken) > _MOST_STRETCHES:
        numbers = f"{numbers} … ({sum(stretch.segments for stretch in spoken)})"
    return f"사람이 읽은 구간 · segments spoken by a person: {numbers} ({names})"


def remarks(mark: Mark, corrected: int, translated: bool) -> Iterator[str]:
    """Yield what is to be said besides of who reads."""
    if corrected:
        yield (
            f"{corrected}개 구간은 사람이 고쳤습니다. Segments corrected by a person: {corrected}."
        )
    elif mark.source is Source.MACHINE:
        yield "사람이 읽거나 고친 구간은 없습니다. No segment was spoken or corrected by a person."
    if GUESS in mark.credit:
        yield "아래아(ㆍ)는 제주말 하는 이가 아직 확인하지 않은, 기계가 짐작한 소리입니다."
    if translated:
        yield "번역은 기계가 했습니다. Translated by machine."


def notice(mark: Mark, chapters: Sequence[tuple[str, Sequence[PersonStretch], bool]]) -> str:
    """Return who reads a book and, where people and machine both do, which is whose.

    Args:
        mark: Of the whole book.
        chapters: Name of each, where people read in it, whether they read all of it.
    """
    if mark.source is not Source.BOTH:
        return mark.sentence
    count = sum(stretch.segments for _, spoken, _ in chapters for stretch in spoken)
    sentences = [
        mark.sentence,
        f"{count}개 구간은 사람이 읽었습니다. Segments spoken by a person: {count}.",
    ]
    for name, spoken, whole in chapters:
        if whole:
            names = ", ".join(dict.fromkeys(stretch.heard.name for stretch in spoken))
            sentences.append(f"{name}: 모두 사람이 읽었습니다 · all spoken by a person ({names}).")
        elif spoken:
            sentences.append(f"{name}: {places(spoken)}.")
    return " ".join(sentences)
