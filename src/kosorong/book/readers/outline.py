"""Cuts passages into chapters: at headings, or where a line looks like one."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from kosorong.book.manuscript import ParagraphKind
from kosorong.book.readers.draft import Draft, language_tag
from kosorong.book.readers.flow import FlowItem, is_hangul
from kosorong.book.readers.headings import heading_level
from kosorong.book.readers.numbered_lines import exclaimed_headings

CHAPTER_LEVELS = 3
"""Headings down to this level begin a chapter; deeper ones are read as headings inside it."""

_SENTENCE = re.compile(r"[가-힣](?:다|요|까|죠|소|오|네|지)[.!…]+[\"'”’」』)]*$")
_MOSTLY = 0.5  # of the letters
_LONGEST = 120  # characters; a longer paragraph is text, whatever its style


def write(draft: Draft, passages: Sequence[FlowItem]) -> None:
    """Write passages into a draft; places are numbers of paragraphs, from 1."""
    number = 0
    for passage in outlined(passages):
        if passage.reason == "footnote":
            draft.add_note(f"paragraph {max(1, number)}", passage.text)
        elif passage.reason:
            draft.skip(f"paragraph {max(1, number)}", passage.text, passage.reason)
        else:
            number += 1
            if passage.level:
                draft.open_chapter(passage.text, passage.level)
            draft.add(f"paragraph {number}", passage.text, passage.kind)


def outlined(passages: Sequence[FlowItem]) -> list[FlowItem]:
    """Return passages whose level says where chapters begin, 1 for the outermost.

    >>> [p.level for p in outlined([FlowItem("제1장"), FlowItem("눈."), FlowItem("제2장")])]
    [1, 0, 1]
    """
    styled = [replace(passage, level=_styled(passage), kind=_kind(passage)) for passage in passages]
    if sum(passage.level > 0 for passage in styled) <= 1:
        styled = _with_typed(styled)
    levels = sorted({passage.level for passage in styled if passage.level})
    return [
        replace(passage, level=1 + levels.index(passage.level)) if passage.level else passage
        for passage in styled
    ]


def sole_heading(passages: Sequence[FlowItem]) -> str:
    """Return the only heading of the highest level if the text begins with it, or ""."""
    read = [passage for passage in passages if not passage.reason]
    levels = [passage.level for passage in read if passage.level]
    top = [passage for passage in read if passage.level and passage.level == min(levels)]
    return top[0].text if len(top) == 1 and read[0] is top[0] and len(read) > 1 else ""


def settled_language(chosen: str, declared: str, passages: Sequence[FlowItem]) -> str:
    """Return the language of a text; programs declare their own where nobody chose one.

    Args:
        chosen: What the person who sent it says, "" for nothing.
        declared: What the file says.
        passages: The text.
    """
    texts = [passage.text for passage in passages if not passage.reason]
    letters = sum(sum(map(str.isalpha, text)) for text in texts)
    hangul = sum(sum(map(is_hangul, text)) for text in texts)
    return language_tag(chosen, "" if hangul > _MOSTLY * letters else declared)


def _styled(passage: FlowItem) -> int:
    return passage.level if _is_heading(passage) and passage.level <= CHAPTER_LEVELS else 0


def _kind(passage: FlowItem) -> ParagraphKind:
    return "body" if passage.kind == "heading" and not _is_heading(passage) else passage.kind


def _is_heading(passage: FlowItem) -> bool:
    """Tell whether a paragraph is a heading: people go on writing in its style, too."""
    return (
        not passage.reason and len(passage.text) <= _LONGEST and not _SENTENCE.search(passage.text)
    )


def _with_typed(passages: Sequence[FlowItem]) -> list[FlowItem]:
    """Return passages with those as headings that look like one; under a title, several do."""
    title = next((passage.level for passage in passages if not passage.reason), 0)
    if not title and any(passage.level for passage in passages):
        return list(passages)
    lines = dict(enumerate(line for passage in passages for line in passage.text.split("\n")))
    exclaimed = {lines[at]: level for at, level in exclaimed_headings(lines).items()}

    def level_of(line: str) -> int:
        return heading_level(line) or exclaimed.get(line, 0)

    typed = [part for passage in passages for part in _typed(passage, title, level_of)]
    return (
        typed
        if not title or sum(passage.level > title for passage in typed) > 1
        else list(passages)
    )


def _typed(passage: FlowItem, above: int, level_of: Callable[[str], int]) -> list[FlowItem]:
    """Return a paragraph, parted at lines of it that look like headings, below a level."""
    if passage.reason or passage.level or passage.kind not in {"body", "verse"}:
        return [passage]
    parts: list[FlowItem] = []
    for level, lines in itertools.groupby(passage.text.split("\n"), level_of):
        if level:
            parts += [
                replace(passage, text=line, kind="heading", level=above + level) for line in lines
            ]
        else:
            parts.append(replace(passage, text="\n".join(lines)))
    return parts if len(parts) > 1 or parts[0].level else [passage]
