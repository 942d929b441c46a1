"""What stands in a section of an HWPX: paragraphs, tables, notes, and what of it is not read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kosorong.book.manuscript import ParagraphKind
from kosorong.book.readers.counting import (
    MOST_LEVELS,
    Counts,
    ListLevel,
    kind_of,
    template,
    whole,
)
from kosorong.book.readers.office import Close, OfficeSink, value

_OUTLINE = re.compile(r"(?:개요|outline|heading|제목)\s*(\d{1,2})", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:차례|목차|toc)\s*(?:제목|heading|\d).*", re.IGNORECASE)
_TITLES = frozenset({"title", "문서 제목", "큰제목", "큰 제목", "제목"})
_QUOTES = frozenset({"인용", "인용문", "quote", "blockquote"})
_LISTS = frozenset({"BULLET", "NUMBER"})
_COUNTED = frozenset({"OUTLINE", "NUMBER"})
_SAID = {"linebreak": "\n", "tab": " ", "nbspace": " ", "fwspace": " ", "hyphen": "-"}
_ASIDES = {
    "footnote": "footnote",
    "endnote": "footnote",
    "header": "header or footer",
    "footer": "header or footer",
    "hiddencomment": "comment",
    "memogroup": "comment",
    "equation": "formula",
}
_NUMBERED = frozenset({"PICTURE", "TABLE", "EQUATION"})  # numbers that a reader sees in a caption
_OBJECTS = frozenset({"ole", "video", "chart"})


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before paragraphs of a shape.

    Attributes:
        kind: `OUTLINE`, `NUMBER`, `BULLET` or `NONE`.
        numbering: The list that numbers belong to; that of an outline the section tells.
        level: In it, from 0.
    """

    kind: str
    numbering: str
    level: int


@dataclass(slots=True)
class StyleNames:
    """What styles and shapes of paragraphs are called.

    Attributes:
        names: Identifier of a style → its names, in lower case.
        shapes: Identifier of a style → that of its paragraphs' shape.
        heads: Identifier of a shape → what stands before its paragraphs.
        numberings: Identifier → levels of a list, from 0.
    """

    names: dict[str, list[str]] = field(default_factory=dict)
    shapes: dict[str, str] = field(default_factory=dict)
    heads: dict[str, Head] = field(default_factory=dict)
    numberings: dict[str, dict[int, ListLevel]] = field(default_factory=dict)

    def level(self, style: str, shape: str) -> int:
        """Return the level of a heading, 0 where a paragraph is none."""
        names = self.names.get(style, [])
        if any(name in _TITLES for name in names):
            return 1
        named = (int(match[1]) for name in names if (match := _OUTLINE.fullmatch(name)))
        return next(named, 0) or max(map(_outline_level, self._heads(style, shape)), default=0)

    def kind(self, style: str, shape: str) -> ParagraphKind:
        """Return what a paragraph that is no heading, and has no number, is."""
        if any(name in _QUOTES for name in self.names.get(style, [])):
            return "quote"
        return "list" if any(head.kind in _LISTS for head in self._heads(style, shape)) else "body"

    def number(self, style: str, shape: str, outline: str, counts: Counts) -> str:
        """Count a paragraph and return the number that stands before it, "" for none.

        Args:
            style: Identifier of its style.
            shape: Of its shape.
            outline: The list that the section numbers its outline by.
            counts: How far was counted.
        """
        head = next(iter(self._heads(style, shape)), None)
        if head is None or head.kind not in _COUNTED:
            return ""
        numbering = outline if head.kind == "OUTLINE" else head.numbering
        levels = self.numberings.get(numbering, {})
        return counts.next(f"{head.kind} {numbering}", levels, head.level)

    def _heads(self, style: str, shape: str) -> list[Head]:
        """Return what stands before a paragraph by its shape, and by its style's."""
        shapes = (shape, self.shapes.get(style, ""))
        return [self.heads[name] for name in shapes if name in self.heads]

    def is_contents(self, style: str) -> bool:
        """Tell whether a style is of a table of contents."""
        return any(_CONTENTS.fullmatch(name) for name in self.names.get(style, []))


def _outline_level(head: Head) -> int:
    return head.level + 1 if head.kind == "OUTLINE" else 0


class StyleNamesSink(OfficeSink):
    """Collects the styles of the header document."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.styles = StyleNames()
        self._shape = ""
        self._numbering: dict[int, ListLevel] = {}

    def open(self, tag: str, attributes: Mapping[str, str]) -> Close | None:
        """Take an element."""
        if tag == "style":
            names = [value(attributes, "name"), value(attributes, "engname")]
            identifier = value(attributes, "id")
            self.styles.names[identifier] = [name.strip().lower() for name in names if name]
            self.styles.shapes[identifier] = value(attributes, "parapridref")
        elif tag == "parapr":
            self._shape = value(attributes, "id")
        elif tag == "heading":
            kind, level = value(attributes, "type").upper(), whole(value(attributes, "level"))
            head = Head(kind, value(attributes, "idref"), min(level, MOST_LEVELS - 1))
            self.styles.heads[self._shape] = head
        elif tag == "numbering":
            self._numbering = self.styles.numberings.setdefault(value(attributes, "id"), {})
        elif tag == "parahead":
            return self._paragraph_head(attributes)
        return None

    def _paragraph_head(self, attributes: Mapping[str, str]) -> Close:
        """Take how a level of a list is numbered; its text has `^1` where a number stands."""
        level = min(max(whole(value(attributes, "level"), 1), 1), MOST_LEVELS) - 1
        form = value(attributes, "numformat").lower() or "digit"
        start = whole(value(attributes, "start"), 1)
        levels = self._numbering

        def keep(text: str) -> None:
            levels[level] = ListLevel(form, template(text, level), start)

        return self.take(keep)


class SectionSink(OfficeSink):
    """Walks through a section.

    Args:
        where: Name of the document, for messages.
        styles: Of the header document.
        counts: How far its lists were counted before.
        endless: Which calls of `divert` end with their paragraph.

    Attributes:
        counts: How far they are counted.
    """

    def __init__(
        self,
        where: str,
        styles: StyleNames,
        counts: Counts,
        endless: frozenset[int] = frozenset(),
    ) -> None:
        super().__init__(where, endless)
        self.counts = counts
        self._outline = ""
        self._numbers: list[tuple[list[str], str, str]] = []
        self._styles = styles
        self._alts: list[list[str]] = []

    def open(self, tag: str, attributes: Mapping[str, str]) -> Close | None:
        """Take an element."""
        if tag == "t":
            return self.hear()
        if tag in _SAID:
            self.data(_SAID[tag])
            return None
        if tag in _ASIDES:
            return self.aside(_ASIDES[tag])
        if tag in _OBJECTS:
            self.flow.leave(value(attributes, "binaryitemidref") or tag, "media")
            return None
        if tag != "pic" and value(attributes, "dropcapstyle").lower() not in {"", "none"}:
            return self._drop_cap()
        opener = _OPENERS.get(tag)
        return opener(self, attributes) if opener else None

    def _paragraph(self, attributes: Mapping[str, str]) -> Close:
        style, shape = value(attributes, "styleidref"), value(attributes, "parapridref")
        level = self._styles.level(style, shape)
        reason = "table of contents" if self._styles.is_contents(style) else ""
        numbers: list[str] = []
        self._numbers.append((numbers, style, shape))
        self.flow.begin_paragraph()

        def close() -> None:
            self.paragraph_ends()
            self._count()
            self._numbers.pop()
            number = numbers[0]
            kind = kind_of(number) if number else self._styles.kind(style, shape)
            kind = "heading" if level else kind
            self.flow.end_paragraph(kind, min(level, 9), reason, mark=number)

        return close

    def _count(self) -> None:
        """Count the open paragraph once: at its end, or before those in a box inside it.

        At its beginning it is too early: what numbers the outline stands in the first paragraph.
        """
        if self._numbers:
            numbers, style, shape = self._numbers[-1]
            if not numbers:
                numbers.append(self._styles.number(style, shape, self._outline, self.counts))

    def _drop_cap(self) -> Close:
        """Take the box of a big first letter into the line that it begins."""
        self.flow.begin_box()

        def close() -> None:
            self.say(self.flow.taken())

        return close

    def _section(self, attributes: Mapping[str, str]) -> None:
        self._outline = value(attributes, "outlineshapeidref")

    def _script(self, attributes: Mapping[str, str]) -> Close | None:
        return self.hear() if "equation" in self.path else None

    def _delete(self, attributes: Mapping[str, str]) -> None:
        self.divert("deleted text")

    def _deleted(self, attributes: Mapping[str, str]) -> None:
        self.restore()

    def _field(self, attributes: Mapping[str, str]) -> Close | None:
        """Take the beginning of a field; the text of a memo stands inside it."""
        return self.aside(
            "comment" if value(attributes, "type").upper() == "MEMO" else "form field"
        )

    def _picture(self, attributes: Mapping[str, str]) -> Close:
        alts: list[str] = []
        self._alts.append(alts)

        def close() -> None:
            self._alts.pop()
            self.flow.leave(next((alt for alt in alts if alt.strip()), "image"), "image")

        return close

    def _image(self, attributes: Mapping[str, str]) -> None:
        if self._alts:
            self._alts[-1].append(value(attributes, "binaryitemidref"))

    def _comment(self, attributes: Mapping[str, str]) -> Close | None:
        """Take the description of a shape; that of a picture stands for it."""
        if not self._alts or self.path[-1] != "pic":
            return None
        alts = self._alts[-1]
        return self.take(lambda text: alts.insert(0, text))

    def _number(self, attributes: Mapping[str, str]) -> None:
        if value(attributes, "numtype").upper() in _NUMBERED:
            self.say(value(attributes, "num"))

    def _compose(self, attributes: Mapping[str, str]) -> None:
        self.say(value(attributes, "composetext"))

    def _text_art(self, attributes: Mapping[str, str]) -> None:
        self.flow.begin_box()
        self.flow.say(value(attributes, "text"))
        self.flow.end()

    def _as_box(self, attributes: Mapping[str, str]) -> Close:
        self._count()
        return self.box()

    def _as_row(self, attributes: Mapping[str, str]) -> Close:
        return self.row()

    def _as_ruby(self, attributes: Mapping[str, str]) -> Close:
        return self.begin_ruby()

    def _base(self, attributes: Mapping[str, str]) -> Close:
        return self._ruby_text(0)

    def _reading(self, attributes: Mapping[str, str]) -> Close:
        return self._ruby_text(1)

    def _ruby_text(self, index: int) -> Close:
        unhear, close = self.hear(), self.ruby_part(index)

        def end() -> None:
            unhear()
            close()

        return end


_OPENERS = {
    "p": SectionSink._paragraph,
    "secpr": SectionSink._section,
    "script": SectionSink._script,
    "deletebegin": SectionSink._delete,
    "deleteend": SectionSink._deleted,
    "fieldbegin": SectionSink._field,
    "pic": SectionSink._picture,
    "img": SectionSink._image,
    "shapecomment": SectionSink._comment,
    "autonum": SectionSink._number,
    "compose": SectionSink._compose,
    "textart": SectionSink._text_art,
    "sublist": SectionSink._as_box,
    "tr": SectionSink._as_row,
    "tc": SectionSink._as_box,
    "dutmal": SectionSink._as_ruby,
    "maintext": SectionSink._base,
    "subtext": SectionSink._reading,
}
