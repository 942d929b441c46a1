"""Cuts passages into chapters: at headings, or where a line looks like one."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from kosorong.book.manuscript import ParagraphKind
from kosorong.book.readers.draft import Draft, language_tag
from kosorong.book.readers.flow import Passage, is_hangul
from kosorong.book.readers.headings import heading_level
from kosorong.book.readers.numbered_lines import exclaimed_headings

CHAPTER_LEVELS = 3
"""Headings down to this level begin a chapter; deeper ones are read as headings inside it."""

_SENTENCE = re.compile(r"[가-힣](?:다|요|까|죠|소|오|네|지)[.!…]+[\"'”’」』)]*$")
_MOSTLY = 0.5  # of the letters
_LONGEST = 120  # characters; a longer paragraph is text, whatever its style


def write(draft: Draft, passages: Sequence[Passage]) -> None:
    """Write passages into a draft; places are numbers of paragraphs, from 1."""
    number = 0
    for one in outlined(passages):
        if one.reason == "footnote":
            draft.add_note(f"paragraph {max(1, number)}", one.text)
        elif one.reason:
            draft.skip(f"paragraph {max(1, number)}", one.text, one.reason)
        else:
            number += 1
            if one.level:
                draft.open_chapter(one.text, one.level)
            draft.add(f"paragraph {number}", one.text, one.kind)


def outlined(passages: Sequence[Passage]) -> list[Passage]:
    """Return passages whose level says where chapters begin, 1 for the outermost.

    >>> [p.level for p in outlined([Passage("제1장"), Passage("눈."), Passage("제2장")])]
    [1, 0, 1]
    """
    styled = [replace(one, level=_styled(one), kind=_kind(one)) for one in passages]
    if sum(one.level > 0 for one in styled) <= 1:
        styled = _with_typed(styled)
    levels = sorted({one.level for one in styled if one.level})
    return [replace(one, level=1 + levels.index(one.level)) if one.level else one for one in styled]


def sole_heading(passages: Sequence[Passage]) -> str:
    """Return the only heading of the highest level if the text begins with it, or ""."""
    read = [one for one in passages if not one.reason]
    levels = [one.level for one in read if one.level]
    top = [one for one in read if one.level and one.level == min(levels)]
    return top[0].text if len(top) == 1 and read[0] is top[0] and len(read) > 1 else ""


def language_of(given: str, declared: str, passages: Sequence[Passage]) -> str:
    """Return the language of a text; programs declare their own where nobody chose one.

    Args:
        given: What the person who sent it says, "" for nothing.
        declared: What the file says.
        passages: The text.
    """
    texts = [one.text for one in passages if not one.reason]
    letters = sum(sum(map(str.isalpha, text)) for text in texts)
    hangul = sum(sum(map(is_hangul, text)) for text in texts)
    return language_tag(given, "" if hangul > _MOSTLY * letters else declared)


def _styled(one: Passage) -> int:
    return one.level if _is_heading(one) and one.level <= CHAPTER_LEVELS else 0


def _kind(one: Passage) -> ParagraphKind:
    return "body" if one.kind == "heading" and not _is_heading(one) else one.kind


def _is_heading(one: Passage) -> bool:
    """Tell whether a paragraph is a heading: people go on writing in its style, too."""
    return not one.reason and len(one.text) <= _LONGEST and not _SENTENCE.search(one.text)


def _with_typed(passages: Sequence[Passage]) -> list[Passage]:
    """Return passages with those as headings that look like one; under a title, several do."""
    title = next((one.level for one in passages if not one.reason), 0)
    if not title and any(one.level for one in passages):
        return list(passages)
    lines = dict(enumerate(line for one in passages for line in one.text.split("\n")))
    exclaimed = {lines[at]: level for at, level in exclaimed_headings(lines).items()}

    def level_of(line: str) -> int:
        return heading_level(line) or exclaimed.get(line, 0)

    typed = [part for one in passages for part in _typed(one, title, level_of)]
    return typed if not title or sum(one.level > title for one in typed) > 1 else list(passages)


def _typed(one: Passage, above: int, level_of: Callable[[str], int]) -> list[Passage]:
    """Return a paragraph, parted at lines of it that look like headings, below a level."""
    if one.reason or one.level or one.kind not in {"body", "verse"}:
        return [one]
    parts: list[Passage] = []
    for level, lines in itertools.groupby(one.text.split("\n"), level_of):
        if level:
            parts += [
                replace(one, text=line, kind="heading", level=above + level) for line in lines
            ]
        else:
            parts.append(replace(one, text="\n".join(lines)))
    return parts if len(parts) > 1 or parts[0].level else [one]
