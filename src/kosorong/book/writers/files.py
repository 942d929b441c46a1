"""Files of chapters, one for each, in a folder of their own."""

from __future__ import annotations

from kosorong.book.edition import Part
from kosorong.book.options import slug_of


def chapter_name(part: Part, count: int, suffix: str) -> str:
    """Return the file name of a chapter: its number, wide enough to sort, and its title.

    >>> chapter_name(Part(3, 2, "셋째 장: 끝?", 1, 9, 1, (), "k"), 12, ".mp3")
    '03-셋째-장-끝.mp3'
    """
    width = max(2, len(str(count)))
    return f"{part.number:0{width}}-{slug_of(part.title)}{suffix}"
