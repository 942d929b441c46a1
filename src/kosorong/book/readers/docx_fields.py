"""What fields of a DOCX show: their results, or what their instructions say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kosorong.book.readers.flow import choose_reading

_PAGE_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"})
_CONTENTS_FIELDS = frozenset({"TOC", "TOA", "INDEX"})
_BUTTON = re.compile(r"(?is)\s*(?:MACROBUTTON|GOTOBUTTON)\s+\S+\s+(?P<text>.+)")
# Word writes a reading over a base as a formula: EQ \o\ad(\s\up 9(바당),海).
_RUBY = re.compile(
    r"\\s\s*\\(?:up|do)\s*-?[\d.]*\s*\((?P<reading>[^()]*)\)\s*[,;]\s*(?P<base>[^()]*)\)",
    re.IGNORECASE,
)
# A sign in a ring: EQ \o\ac(○,1); a word in a box: EQ \x(말).
_LAID_OVER = re.compile(r"\\o(?:\s*\\a[clrd])?\s*\((?P<parts>[^()]*)\)", re.IGNORECASE)
_BOXED = re.compile(r"\\x(?:\s*\\(?:to|bo|le|ri))*\s*\((?P<text>[^()]*)\)", re.IGNORECASE)
_FORMAT = re.compile(r"\\\*\s*(?:\"[^\"]*\"|\S+)|\bhps\d+", re.IGNORECASE)


@dataclass(slots=True)
class Field:
    """A field that is open.

    Attributes:
        parts: What was read of its instruction.
        result_from: How much text had been heard where its result began, -1 where it has none.
        diverts: Its result is being left out.
    """

    parts: list[str] = field(default_factory=list)
    result_from: int = -1
    diverts: bool = False

    def add(self, text: str) -> None:
        """Take a part of the instruction."""
        self.parts.append(text)

    @property
    def instruction(self) -> str:
        """What it is to show."""
        return "".join(self.parts)

    @property
    def unread(self) -> str:
        """Why its result is not read, "" where it is."""
        name = _name(self.instruction)
        if name in _PAGE_FIELDS:
            return "page number"
        return "table of contents" if name in _CONTENTS_FIELDS else ""


def shown(instruction: str) -> list[tuple[str, str]]:
    r"""Return what a field without a result shows: texts, and why each is not read, "" if it is.

    >>> shown(r"EQ \o\ad(\s\up 9(바당),海)"), shown(r"EQ \o\ac(○,1)"), shown(" PAGE ")
    ([('바당', ''), ('海', 'ruby')], [('○', 'unknown mark'), ('1', '')], [])
    """
    if match := _BUTTON.fullmatch(instruction):
        return [(match["text"].strip(), "form field")]
    name = _name(instruction)
    if name == "SYMBOL":
        return [(instruction.strip(), "unknown mark")]
    return _formula(_FORMAT.sub("", instruction)) if name == "EQ" else []


def _formula(instruction: str) -> list[tuple[str, str]]:
    if match := _RUBY.search(instruction):
        text, left = choose_reading(match["base"].strip(), match["reading"].strip())
        return [(text, ""), (left, "ruby")]
    if match := _LAID_OVER.search(instruction):
        parts = [part.strip() for part in re.split("[,;]", match["parts"])]
        return [(part, "" if any(map(str.isalnum, part)) else "unknown mark") for part in parts]
    if match := _BOXED.search(instruction):
        return [(match["text"].strip(), "")]
    return [(instruction.strip(), "formula")]


def _name(instruction: str) -> str:
    return next(iter(instruction.split(maxsplit=1)), "").upper()
