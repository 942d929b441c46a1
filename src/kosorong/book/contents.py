"""Which chapters of a manuscript are read, and switching them.

>>> from kosorong.book.manuscript import Chapter, Manuscript, Paragraph
>>> text = Chapter("하나", 1, (Paragraph("눈이 왔다."),), number=1)
>>> index = Chapter("색인", 1, (Paragraph("눈, 3"),), number=2, matter="index")
>>> book = Manuscript("겨울", "", "ko", (text,), skipped=(set_aside(index),), aside=(index,))
>>> [chapter.title for chapter in switched(book, include="index").chapters]
['하나', '색인']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kosorong.book.manuscript import Chapter, Manuscript, Skipped
from kosorong.errors import InputError, UsageError

SWITCHED_OFF = "switched off"
_RANGE = re.compile(r"(\d{1,6})(?:\s*[-–~]\s*(\d{1,6}))?")


def set_aside(chapter: Chapter) -> Skipped:
    """Return how a chapter that is not read is listed."""
    text = "\n".join(paragraph.text for paragraph in chapter.paragraphs)
    return Skipped(chapter.where, text, chapter.matter or SWITCHED_OFF)


def contents(manuscript: Manuscript) -> list[tuple[Chapter, bool]]:
    """Return all chapters in the order of the source, each with whether it is read."""
    read = [(chapter, True) for chapter in manuscript.chapters]
    left = [(chapter, False) for chapter in manuscript.aside]
    return sorted(read + left, key=lambda entry: entry[0].number)


def switched(manuscript: Manuscript, *, include: str = "", leave_out: str = "") -> Manuscript:
    """Return a manuscript with chapters taken in or left out.

    Args:
        manuscript: What a reader returned.
        include: Chapters to read besides: numbers and ranges as `contents` counts them, kinds of
            front and back matter, or `all`, between commas.
        leave_out: Chapters not to read, in the same way; wins over `include`.

    Raises:
        UsageError: There is no such chapter.
        InputError: No chapter would be read.
    """
    chapters = contents(manuscript)
    on, off = set(_chosen(include, chapters)), set(_chosen(leave_out, chapters))
    read, left = list[Chapter](), list[Chapter]()
    for place, (chapter, is_read) in enumerate(chapters):
        stays = (is_read or place in on) and place not in off
        (read if stays else left).append(chapter)
    if not read:
        raise InputError(
            "Every chapter is switched off, so there is nothing to read.",
            where=manuscript.title,
            cure="Leave out fewer chapters.",
        )
    listed = set(map(set_aside, manuscript.aside))
    skipped = tuple(entry for entry in manuscript.skipped if entry not in listed)
    return replace(
        manuscript,
        chapters=tuple(read),
        aside=tuple(left),
        skipped=(*skipped, *map(set_aside, left)),
    )


def _chosen(words: str, chapters: list[tuple[Chapter, bool]]) -> Iterator[int]:
    """Yield the places of the chapters that are named."""
    kinds = {chapter.matter for chapter, _ in chapters if chapter.matter}
    for word in filter(None, map(str.strip, words.split(","))):
        match = _RANGE.fullmatch(word)
        if word.lower() == "all":
            yield from range(len(chapters))
        elif match:
            first, last = int(match[1]), int(match[2] or match[1])
            if not 1 <= first <= last <= len(chapters):
                raise UsageError(
                    f"there is no chapter {word}; the book has {len(chapters)}.",
                    cure="See their numbers with --dry-run.",
                )
            yield from range(first - 1, last)
        elif word.lower() in kinds:
            yield from (
                i for i, (chapter, _) in enumerate(chapters) if chapter.matter == word.lower()
            )
        else:
            known = ", ".join(sorted(kinds)) or "none in this book"
            raise UsageError(
                f"there is no chapter or kind of chapter '{word[:40]}'.",
                cure=f"Give numbers, ranges, all, or a kind ({known}).",
            )
