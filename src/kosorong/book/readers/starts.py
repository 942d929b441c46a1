"""Where the chapters of an EPUB begin: as its table of contents says, else as its headings do."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kosorong.book.readers.matter import title_key
from kosorong.book.readers.notes import Document
from kosorong.book.readers.package import ContentsEntry
from kosorong.book.readers.pieces import Anchor, Block

_TOP = 3  # blocks at the beginning of a document or a chapter in which its heading stands
_FEW = 3  # entries; a table of contents of so few that no heading repeats names no chapters


@dataclass(frozen=True, slots=True)
class Start:
    """A chapter that begins.

    Attributes:
        title: In the table of contents, or its heading.
        level: 1 for the outermost.
        is_said: Its title stands in the table of contents alone and is said where it begins.
    """

    title: str
    level: int
    is_said: bool = False


Starts = dict[int, list[Start]]
"""Number of a document's block → the chapters that begin there, outermost first."""


def chapter_levels(documents: Sequence[Document]) -> list[int]:
    """Return the levels of headings that begin chapters where there are no contents.

    They go down to the first that more than one heading has: a single h1 is the book's title.
    """
    blocks = [block for document in documents for block in document.sink.blocks]
    counts = Counter(
        heading.level for heading in blocks if heading.level and heading.text and not heading.matter
    )
    levels = sorted(counts)
    several = next((place for place, level in enumerate(levels) if counts[level] > 1), 0)
    return levels[: several + 1]


def misses_chapters(
    documents: Sequence[Document],
    contents: Mapping[str, list[ContentsEntry]],
    levels: Sequence[int],
) -> bool:
    """Tell whether a table of contents names so little that headings tell the chapters better.

    Args:
        documents: Those of the text, without front and back matter.
        contents: Name of a document → its entries.
        levels: Of headings that begin chapters.
    """
    headings = [
        heading
        for document in documents
        for heading in document.sink.blocks
        if heading.level in levels and heading.text and not heading.matter
    ]
    named = [document for document in documents if document.name in contents]
    entries = [entry for document in named for entry in contents[document.name]]
    if len(headings) < max(2, 2 * len(entries)):
        return False
    unnamed = (document.sink.blocks for document in documents if document.name not in contents)
    missed = sum(first_heading(blocks) != "" for blocks in unnamed)
    known = {title_key(heading.text) for heading in headings}
    repeats = any(title_key(entry.title) in known for entry in entries)
    return missed >= max(1, len(named)) or (len(entries) <= _FEW and not repeats)


def by_headings(blocks: Sequence[Block], levels: Sequence[int]) -> Starts:
    """Return the chapters of a document as its headings cut it."""
    starts: Starts = defaultdict(list)
    for place, block in enumerate(blocks):
        if block.text and block.level in levels:
            level = levels.index(block.level) + 1
            starts[0 if not starts and place < _TOP else place].append(Start(block.text, level))
    if not starts and (heading := first_heading(blocks)):
        starts[0].append(Start(heading, 1))
    return starts


def place_of(
    entry: ContentsEntry, anchor: Anchor | None, blocks: Sequence[Block], begin: int
) -> int:
    """Return the block with which the chapter of an entry begins.

    Args:
        entry: The entry.
        anchor: What it points to, None for the whole document.
        blocks: Of the document.
        begin: The first block that is no front matter.
    """
    if anchor is None:
        return begin
    if not anchor.trails or anchor.start >= len(blocks):
        return anchor.start
    block = blocks[anchor.start]
    is_title = block.level or title_key(block.text) == title_key(entry.title)
    return anchor.start if is_title else anchor.start + 1  # an anchor at the end of a paragraph


def with_parts(starts: Starts, blocks: Sequence[Block]) -> Starts:
    """Return starts in which a part has its heading where its first chapter begins there, too."""
    parted: Starts = defaultdict(list)
    for place, limit in pairwise([*sorted(starts), len(blocks)]):
        here, at = starts[place], place
        for start, after in zip(here, [*here[1:], None], strict=True):
            if after is None or after.level <= start.level:
                parted[at].append(start)
                continue
            keys = [title_key(block.text) for block in blocks[at : min(at + _TOP, limit)]]
            key, own = title_key(start.title), title_key(after.title)
            offset = keys.index(key) if key in keys else -1
            parted[at].append(start if offset < 0 else replace(start, is_said=False))
            if offset >= 0 and at + offset + 1 < limit and own not in keys[:offset]:
                at += offset + 1
    return parted


def first_heading(blocks: Sequence[Block]) -> str:
    """Return the heading among the first blocks of a document, or ""."""
    return next((block.text for block in blocks[:_TOP] if block.level), "")
