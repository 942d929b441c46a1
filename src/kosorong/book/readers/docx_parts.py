"""The small parts of a DOCX: what points where, styles, properties."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kosorong.book.manuscript import ParagraphKind
from kosorong.book.readers.archive import Archive
from kosorong.book.readers.counting import whole
from kosorong.book.readers.flow import FlowItem
from kosorong.book.readers.office import Close, OfficeSink, value, walk

_HEADING = re.compile(r"(?:heading|제목|제목\s*스타일|überschrift|titre|見出し)\s*([1-9])", re.I)
_CONTENTS = re.compile(r"(?:toc|목차|차례)\s*(?:heading|제목|[1-9])|table of figures", re.I)
_QUOTES = frozenset({"quote", "intense quote", "block text", "block quote", "인용", "강한 인용"})
_TITLES = frozenset({"title", "제목"})
_DEEPEST_STYLE = 20  # styles based on one another

NOTES = {"footnotes": "footnote", "endnotes": "footnote", "comments": "comment"}
"""Kinds of parts that hold notes, and why those are not read."""


def is_on(attributes: Mapping[str, str]) -> bool:
    """Tell whether a switch such as `w:vanish` is on; without a value it is."""
    return value(attributes, "val").lower() not in {"0", "false", "off", "none"}


@dataclass(slots=True)
class Style:
    """A paragraph style.

    Attributes:
        name: As Word calls it, in lower case.
        based_on: Identifier of the style that it changes.
        level: 1 to 9 for a heading's, 0 for none.
        hides: It hides text, or shows it; None where it does not say.
        identifier: As the document has it.
        list_id: The list that its paragraphs are items of, "" where it does not say.
        list_level: Their level, from 0.
    """

    name: str = ""
    based_on: str = ""
    level: int = 0
    hides: bool | None = None
    identifier: str = ""
    list_id: str = ""
    list_level: int = 0


@dataclass(slots=True)
class DocxStyles:
    """All styles of a document, by identifier."""

    all: dict[str, Style] = field(default_factory=dict)

    def level(self, identifier: str) -> int:
        """Return the level of a heading's style, 0 where it is none."""
        for style in self._line(identifier):
            if style.level:
                return style.level
            if match := _HEADING.fullmatch(style.name):
                return int(match[1])
        return 0

    def kind(self, identifier: str) -> ParagraphKind:
        """Return `quote` for a quotation's style, else `body`."""
        return "quote" if any(style.name in _QUOTES for style in self._line(identifier)) else "body"

    def is_title(self, identifier: str) -> bool:
        """Tell whether a style is the book's title's."""
        return any(style.name in _TITLES for style in self._line(identifier))

    def is_contents(self, identifier: str) -> bool:
        """Tell whether a style is of a table of contents."""
        return any(_CONTENTS.fullmatch(style.name) for style in self._line(identifier))

    def hides(self, identifier: str) -> bool:
        """Tell whether a style hides text."""
        hidden = (style.hides for style in self._line(identifier) if style.hides is not None)
        return next(hidden, False)

    def numbering(self, identifier: str) -> tuple[str, int, str]:
        """Return list and level of a style's paragraphs, and which style says so; "" for none."""
        for style in self._line(identifier):
            if style.list_id:
                return style.list_id, style.list_level, style.identifier
        return "", 0, ""

    def _line(self, identifier: str) -> list[Style]:
        """Return a style and those that it is based on."""
        line: list[Style] = []
        while (style := self.all.get(identifier)) and len(line) < _DEEPEST_STYLE:
            line.append(style)
            identifier = style.based_on
        return line


class StylesSink(OfficeSink):
    """Collects styles."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.styles = DocxStyles()
        self._style = Style()

    def open(self, tag: str, attributes: Mapping[str, str]) -> Close | None:
        """Take an element."""
        if tag == "style":
            identifier = value(attributes, "styleid")
            self._style = self.styles.all.setdefault(identifier, Style(identifier=identifier))
        elif tag == "name":
            self._style.name = value(attributes, "val").strip().lower()
        elif tag == "basedon":
            self._style.based_on = value(attributes, "val")
        elif tag == "vanish" and self.path[-2:] == ["style", "rpr"]:
            self._style.hides = is_on(attributes)
        elif tag == "numid":
            self._style.list_id = value(attributes, "val")
        elif tag == "ilvl":
            self._style.list_level = whole(value(attributes, "val"))
        elif tag in {"pprchange", "rprchange"}:
            return self.mute()
        elif tag == "outlinelvl":
            self._style.level = outline_level(attributes)
        return None


def outline_level(attributes: Mapping[str, str]) -> int:
    """Return the level of `w:outlineLvl`, 1 to 9; 0 for body text."""
    level = value(attributes, "val")
    return int(level) + 1 if level.isdecimal() and int(level) < 9 else 0


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part points to.

    Attributes:
        kind: Last word of its type: `footnotes`, `header`, `styles`, …
        name: Name in the archive, "" outside of it.
    """

    kind: str
    name: str


class _RelationsSink(OfficeSink):
    def __init__(self, where: str, base: str) -> None:
        super().__init__(where)
        self.found: dict[str, Relation] = {}
        self._base = base

    def open(self, tag: str, attributes: Mapping[str, str]) -> Close | None:
        """Take an element."""
        if tag == "relationship":
            target = value(attributes, "target").replace("\\", "/")
            name = posixpath.normpath("/" + posixpath.join(posixpath.dirname(self._base), target))
            if value(attributes, "targetmode").lower() == "external":
                name = ""
            kind = value(attributes, "type").rpartition("/")[2].lower()
            self.found[value(attributes, "id")] = Relation(kind, name.lstrip("/"))
        return None


def relations(archive: Archive, part: str) -> dict[str, Relation]:
    """Return what a part points to, by identifier; "" is the package itself."""
    folder, name = posixpath.split(part)
    beside = posixpath.join(folder, "_rels", f"{name}.rels")
    if not archive.find(beside):
        return {}
    return walk(archive, beside, _RelationsSink(f"{archive.name}:{beside}", part)).found


def keep_first(texts: dict[str, str], name: str, text: str) -> None:
    """Keep a text by its name, the first that is not empty."""
    if text:
        texts.setdefault(name, text)


class PropertiesSink(OfficeSink):
    """Collects the texts of a small document by the names of their elements, the first of each."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.found: dict[str, str] = {}

    def open(self, tag: str, attributes: Mapping[str, str]) -> Close | None:
        """Take an element."""
        name = value(attributes, "name") or tag
        return self.take(lambda text: keep_first(self.found, name, text))


@dataclass(slots=True)
class Notes:
    """Footnotes, endnotes and comments.

    Attributes:
        texts: (kind of the part, identifier) → text.
    """

    texts: dict[tuple[str, str], str]

    def take(self, kind: str, identifier: str) -> FlowItem:
        """Return a note where it is referred to; it is listed once."""
        text = self.texts.pop((kind, identifier), "")
        return FlowItem(text, reason=NOTES[kind])

    def unused(self) -> list[FlowItem]:
        """Return the notes that nothing refers to."""
        return [FlowItem(text, reason=NOTES[kind]) for (kind, _), text in self.texts.items()]
