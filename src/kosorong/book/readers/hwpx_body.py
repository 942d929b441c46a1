"""What stands in a section of an HWPX: paragraphs, tables, notes, and what of it is not read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kosorong.book.manuscript import ParagraphKind
from kosorong.book.readers.office import Close, OfficeSink, value

_OUTLINE = re.compile(r"(?:개요|outline|heading|제목)\s*(\d{1,2})", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:차례|목차|toc)\s*(?:제목|heading|\d).*", re.IGNORECASE)
_TITLES = frozenset({"title", "문서 제목", "큰제목", "큰 제목", "제목"})
_QUOTES = frozenset({"인용", "인용문", "quote", "blockquote"})
_LISTS = frozenset({"BULLET", "NUMBER"})
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


@dataclass(slots=True)
class StyleNames:
    """What styles and shapes of paragraphs are called.

    Attributes:
        names: Identifier of a style → its names, in lower case.
        shapes: Identifier of a style → that of its paragraphs' shape.
        levels: Identifier of a shape → level of the outline, 1 to 10.
        lists: Identifiers of shapes that are items of lists.
    """

    names: dict[str, list[str]] = field(default_factory=dict)
    shapes: dict[str, str] = field(default_factory=dict)
    levels: dict[str, int] = field(default_factory=dict)
    lists: set[str] = field(default_factory=set)

    def level(self, style: str, shape: str) -> int:
        """Return the level of a heading, 0 where a paragraph is none."""
        names = self.names.get(style, [])
        if any(name in _TITLES for name in names):
            return 1
        named = (int(match[1]) for name in names if (match := _OUTLINE.fullmatch(name)))
        shapes = (shape, self.shapes.get(style, ""))
        return next(named, 0) or next((self.levels[s] for s in shapes if s in self.levels), 0)

    def kind(self, style: str, shape: str) -> ParagraphKind:
        """Return what a paragraph that is no heading is."""
        if any(name in _QUOTES for name in self.names.get(style, [])):
            return "quote"
        return "list" if self.lists & {shape, self.shapes.get(style, "")} else "body"

    def is_contents(self, style: str) -> bool:
        """Tell whether a style is of a table of contents."""
        return any(_CONTENTS.fullmatch(name) for name in self.names.get(style, []))


class StyleNamesSink(OfficeSink):
    """Collects the styles of the header document."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.styles = StyleNames()
        self._shape = ""

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
            kind, level = value(attributes, "type").upper(), value(attributes, "level")
            if kind == "OUTLINE" and level.isdecimal():
                self.styles.levels[self._shape] = int(level[:2]) + 1
            elif kind in _LISTS:
                self.styles.lists.add(self._shape)
        return None


class SectionSink(OfficeSink):
    """Walks through a section.

    Args:
        where: Name of the document, for messages.
        styles: Of the header document.
        endless: Which calls of `divert` end with their paragraph.
    """

    def __init__(
        self, where: str, styles: StyleNames, endless: frozenset[int] = frozenset()
    ) -> None:
        super().__init__(where, endless)
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
        kind = "heading" if level else self._styles.kind(style, shape)
        reason = "table of contents" if self._styles.is_contents(style) else ""
        self.flow.begin_paragraph()

        def close() -> None:
            self.paragraph_ends()
            self.flow.end_paragraph(kind, min(level, 9), reason)

        return close

    def _drop_cap(self) -> Close:
        """Take the box of a big first letter into the line that it begins."""
        self.flow.begin_box()

        def close() -> None:
            self.say(self.flow.taken())

        return close

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
        alts, unhear = self._alts[-1], self.hear()
        self.flow.begin_box()

        def close() -> None:
            unhear()
            alts.insert(0, self.flow.taken())

        return close

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
