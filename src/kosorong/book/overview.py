"""What a manuscript holds, chapter by chapter, and what of it is left out: for whoever decides.

>>> from kosorong.book.manuscript import Paragraph
>>> text = Chapter("하나", 1, (Paragraph("하나", "heading"), Paragraph("눈이 왔다.")), number=1)
>>> index = Chapter("색인", 1, (Paragraph("눈, 3"),), number=2, matter="index")
>>> book = Manuscript("겨울", "", "ko", (text,), aside=(index,))
>>> [(one.number, one.title, one.read, one.first) for one in lines_of(book)]
[(1, '하나', True, '눈이 왔다.'), (2, '색인', False, '눈, 3')]
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kosorong.book.account import size_of
from kosorong.book.contents import contents, set_aside
from kosorong.book.languages import languages_of
from kosorong.book.manuscript import Chapter, Manuscript, Skipped

_FIRST_WORDS = 60  # characters
_SAMPLES = 5
_LONGEST_SAMPLE = 200  # characters
_LOOKED_AT = 12  # paragraphs of a chapter whose languages are told
_LOOKED_AT_IN_ALL = 1_200


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A chapter in the list of all that a manuscript has.

    Attributes:
        number: From 1, as `kosorong.book.contents.switched` takes it.
        title: Plain text, "" where the source has none.
        level: 1 for the outermost level of the table of contents.
        matter: Kind of front or back matter, "" for the text itself.
        read: Whether it is read as things stand.
        characters: Of its text, white space not counted.
        foreign: Share of its sentences that are neither Korean nor Jeju, 0 to 1; of a longer one
            by a few paragraphs.
        first: The words that it begins with, under its heading.
    """

    number: int
    title: str
    level: int
    matter: str
    read: bool
    characters: int
    foreign: float
    first: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is left out for one reason.

    Attributes:
        reason: As in `kosorong.book.account.REASONS`.
        count: In how many places.
        characters: White space not counted.
        samples: The first of them, shortened.
    """

    reason: str
    count: int
    characters: int
    samples: tuple[Skipped, ...]


def lines_of(manuscript: Manuscript) -> list[ContentsLine]:
    """Return a line for each chapter, those that are not read among them, in the source's order."""
    entries = contents(manuscript)
    looked_at = max(1, min(_LOOKED_AT, _LOOKED_AT_IN_ALL // max(1, len(entries))))
    return [_line(n, *entry, manuscript, looked_at) for n, entry in enumerate(entries, 1)]


def left_out_of(manuscript: Manuscript) -> list[LeftOut]:
    """Return what is left out inside of chapters, by reason, the most places first.

    Chapters that are not read stand in `lines_of`, and not once more here.
    """
    aside = set(map(set_aside, manuscript.aside))
    groups: dict[str, list[Skipped]] = {}
    for skipped in manuscript.skipped:
        if skipped not in aside:
            groups.setdefault(skipped.reason, []).append(skipped)
    left = [_group(reason, entries) for reason, entries in groups.items()]
    return sorted(left, key=lambda group: -group.count)


def samples_of(left: Iterable[Skipped]) -> tuple[Skipped, ...]:
    """Return the first few of what is left out, shortened."""
    first = [skipped for skipped, _ in zip(left, range(_SAMPLES), strict=False)]
    return tuple(replace(skipped, text=_short(skipped.text, _LONGEST_SAMPLE)) for skipped in first)


def _line(
    number: int, chapter: Chapter, is_read: bool, manuscript: Manuscript, looked_at: int
) -> ContentsLine:
    alone = replace(manuscript, chapters=(chapter,))
    return ContentsLine(
        number,
        chapter.title,
        chapter.level,
        chapter.matter,
        is_read,
        sum(size_of(paragraph.text) for paragraph in chapter.paragraphs),
        round(languages_of(alone, sample=looked_at).foreign, 4),
        _first_words(chapter),
    )


def _group(reason: str, entries: list[Skipped]) -> LeftOut:
    return LeftOut(
        reason, len(entries), sum(size_of(skipped.text) for skipped in entries), samples_of(entries)
    )


def _first_words(chapter: Chapter) -> str:
    texts = [
        paragraph.text
        for paragraph in chapter.paragraphs
        if paragraph.kind not in ("heading", "break")
    ]
    begin = next((paragraph for paragraph in texts if paragraph.strip()), "")
    return _short(" ".join(begin[:_LONGEST_SAMPLE].split()), _FIRST_WORDS)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
