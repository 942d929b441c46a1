"""Turns the XHTML of one document into blocks of text, and lists what is not read aloud."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kosorong.book.manuscript import ParagraphKind
from kosorong.book.readers.limits import MAX_ELEMENTS
from kosorong.book.readers.superscript import exponent
from kosorong.errors import InputError

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "nav", "ol", "optgroup",
    "option", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
})  # fmt: skip
_UNREAD = {
    "script": "style or script",
    "style": "style or script",
    "template": "style or script",
    "nav": "table of contents",
    "table": "table",
    "math": "formula",
    "svg": "image",
    "audio": "media",
    "video": "media",
    "object": "media",
    "iframe": "media",
    "canvas": "media",
    "rt": "ruby",
    "rp": "ruby",
    "rtc": "ruby",
}
_UNREAD_TYPES = {
    "footnote": "footnote",
    "footnotes": "footnote",
    "endnote": "footnote",
    "endnotes": "footnote",
    "rearnote": "footnote",
    "rearnotes": "footnote",
    "noteref": "footnote mark",
    "backlink": "footnote mark",
    "pagebreak": "page number",
    "toc": "table of contents",
    "loi": "table of contents",
    "lot": "table of contents",
    "landmarks": "table of contents",
    "page-list": "table of contents",
    "index": "index",
}
_NOTE_TYPES = {name for name, reason in _UNREAD_TYPES.items() if reason == "footnote"}
_APART = "\x1e"  # stands between two notes, or two lines of a list, that are not read
_NOTE_CLASS = re.compile(r"(?:^|\s)(?:foot|end|rear)-?notes?(?:\s|$)", re.IGNORECASE)
_NOTE_CLASS_TAGS = frozenset({"aside", "div", "section", "p", "li", "ol", "ul"})
_NOTE_MARK = re.compile(r"[\[(（]?(?:주\s*)?(?:\d{1,3}|[*†‡§]{1,3}|[a-z])[\])）]?")
_MARKS_NOTE = re.compile(r"note|ref|\bfn", re.IGNORECASE)
_BASE = 200  # characters before an exponent that are looked at, of each piece
_VERSE_LINE = 40  # characters; blocks of shorter lines with breaks are verse


@dataclass(frozen=True, slots=True)
class Block:
    """A block of text as it stands in a document.

    Attributes:
        text: White space collapsed; a line feed stands for a line break.
        kind: What it is.
        level: 1 to 6 for a heading, otherwise 0.
    """

    text: str
    kind: ParagraphKind
    level: int = 0


@dataclass(slots=True)
class _Frame:
    """An open element.

    Attributes:
        tag: Its name.
        reason: Why what is in it is not read, if this element began it.
        start: Where its text begins among the pieces of the block.
        marks_note: True if its class or identifier says that it is a note's mark.
    """

    tag: str
    reason: str = ""
    start: int = 0
    marks_note: bool = True


class BodySink:
    """Collects the text of a document.

    Args:
        where: Name of the document, for messages.

    Attributes:
        blocks: In order.
        anchors: Identifier → index of the block it stands in or before.
        skipped: (text, reason) of what is not read.
        notes: Footnotes and endnotes.
        title: The document's own title.
        types: What the document says that it is (`cover`, `titlepage`, …).
        linked: Characters inside links to other places of the book.
        length: Characters in all.
    """

    def __init__(self, where: str = "") -> None:
        self._where = where
        self._elements = 0
        self.blocks: list[Block] = []
        self.anchors: dict[str, int] = {}
        self.skipped: list[tuple[str, str]] = []
        self.notes: list[str] = []
        self.title = ""
        self.types: set[str] = set()
        self.linked = 0
        self.length = 0
        self._stack: list[_Frame] = []
        self._open: dict[str, int] = {}
        self._buffer: list[str] = []
        self._captured: list[str] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Open an element.

        Raises:
            InputError: There are more elements than a book has.
        """
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            raise InputError(
                f"The document has more than {MAX_ELEMENTS:,} elements.",
                where=self._where,
                cure="If the book is real, split it into volumes.",
            )
        types = _types(attributes)
        if tag in {"body", "section"} and not self.blocks:
            self.types |= types
        if self._captured is not None:
            self._push(_Frame(tag))
            apart = tag == "li" or types & _NOTE_TYPES
            self._captured.append(_APART if apart else " " if tag in BLOCKS else "")
            self._skip_image(tag, attributes)
            return
        if tag in BLOCKS:
            self._flush()
        for name in ("id", "xml:id", "name"):
            if attributes.get(name):
                self.anchors.setdefault(attributes[name], len(self.blocks))
        reason = self._reason(tag, attributes, types)
        marked = " ".join(attributes.get(name, "") for name in ("class", "id"))
        self._push(_Frame(tag, reason, len(self._buffer), bool(_MARKS_NOTE.search(marked))))
        if reason:
            self._captured = [attributes.get("title", "") if reason == "page number" else ""]
        elif tag == "br":
            self._buffer.append("\n")
        elif tag == "hr":
            self.blocks.append(Block("* * *", "break"))
        else:
            self._skip_image(tag, attributes)

    def end(self, tag: str) -> None:
        """Close an element, and those that were left open inside it."""
        if not self._open.get(tag):
            return
        while True:
            frame = self._stack[-1]
            if frame.tag in BLOCKS and self._captured is None:
                self._flush()
            self._stack.pop()
            self._open[frame.tag] -= 1
            if frame.reason:
                self._end_capture(frame.reason)
            elif frame.tag == "sup" and not frame.marks_note:
                self._raise(frame.start)
            if frame.tag == tag:
                return

    def data(self, text: str) -> None:
        """Take text."""
        if self._captured is not None:
            if not self._open.get("head") or self._open.get("title"):
                self._captured.append(text)
            return
        if not self._open.get("pre"):
            text = re.sub(r"\s+", " ", text)
        self._buffer.append(text)
        size = len(text.strip())
        self.length += size
        if self._open.get("a"):
            self.linked += size

    def close(self) -> None:
        """End the document, whatever is still open."""
        while self._stack:
            self.end(self._stack[-1].tag)
        self._flush()

    def _push(self, frame: _Frame) -> None:
        self._stack.append(frame)
        self._open[frame.tag] = self._open.get(frame.tag, 0) + 1

    def _reason(self, tag: str, attributes: Mapping[str, str], types: set[str]) -> str:
        """Return why an element is not read, or ""."""
        if tag == "head":
            return "head"
        if tag in _UNREAD:
            return _UNREAD[tag]
        for name in sorted(types):
            if name in _UNREAD_TYPES and tag not in {"body", "html"}:
                return _UNREAD_TYPES[name]
        if tag in _NOTE_CLASS_TAGS and _NOTE_CLASS.search(attributes.get("class", "")):
            return "footnote"
        if "hidden" in attributes:
            return "hidden"
        if tag == "code" and self._stack and self._stack[-1].tag == "pre":
            return "code"
        link = "#" in attributes.get("href", "") and tag == "a" and self._open.get("sup")
        return "footnote mark?" if link or (tag == "sup" and self._open.get("a")) else ""

    def _raise(self, start: int) -> None:
        """Write what stands from a piece of the block on as an exponent if it is one."""
        before = "".join(piece[-_BASE:] for piece in self._buffer[max(0, start - 8) : start])
        if raised := exponent(before, "".join(self._buffer[start:])):
            self._buffer[start:] = [raised]

    def _end_capture(self, reason: str) -> None:
        parts = "".join(self._captured or ()).split(_APART)
        texts = [text for part in parts if (text := " ".join(part.split()))]
        text = " ".join(texts)
        self._captured = None
        if reason == "head":
            self.title = self.title or text
        elif reason == "footnote":
            self.notes += texts
        elif reason == "footnote mark?" and not _NOTE_MARK.fullmatch(text):
            self._buffer.append(text)
        else:
            self.skipped.append((text, reason.rstrip("?")))

    def _skip_image(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in {"img", "image"}:
            source = attributes.get("src") or attributes.get("xlink:href", "")
            self.skipped.append((attributes.get("alt") or source[:200], "image"))

    def _flush(self) -> None:
        """End the block that is being read."""
        raw = "".join(self._buffer)
        self._buffer.clear()
        text = "\n".join(" ".join(line.split()) for line in raw.strip().split("\n"))
        if text:
            level = next((n for n in range(1, 7) if self._open.get(f"h{n}")), 0)
            self.blocks.append(Block(text, self._kind(text, level), level))

    def _kind(self, text: str, level: int) -> ParagraphKind:
        if level:
            return "heading"
        lines = text.split("\n")
        if len(lines) > 1 and all(len(line) <= _VERSE_LINE for line in lines):
            return "verse"
        if self._open.get("li") or self._open.get("dd"):
            return "list"
        return "quote" if self._open.get("blockquote") else "body"


def _types(attributes: Mapping[str, str]) -> set[str]:
    """Return the words of epub:type and of the DPUB roles, as the same words."""
    words = attributes.get("role", "").replace("doc-", "").split()
    for name, value in attributes.items():
        if name.endswith(":type"):
            words += value.lower().split()
    return set(words)
