"""Turns the XHTML of one document into blocks of text, and lists what is not read aloud.

What marks a note is told by all of the book, in `kosorong.book.readers.notes`. A reader does

    sink, problem = parse(data, where, lambda: BodySink(where))
    sink.close()
    settle([Document("", sink)])
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import takewhile

from kosorong.book.manuscript import ParagraphKind
from kosorong.book.readers.captured import Captured
from kosorong.book.readers.elements import (
    BLOCKS,
    MARK_TEXT,
    NOTE_TYPES,
    hints_of,
    identifiers_of,
    is_note_place,
    is_page_number,
    is_verse_number,
    matter_of_element,
    types_of,
    why_unread,
)
from kosorong.book.readers.frames import NO_HINTS, Frame, mark_of
from kosorong.book.readers.limits import MAX_ELEMENTS, too_many_elements
from kosorong.book.readers.pieces import (
    Anchor,
    Block,
    BlockPiece,
    Image,
    Late,
    NoteMark,
    PagePicture,
    RubyText,
    flat,
    image_of,
    is_text,
    read_ruby,
    short_text,
    spoken,
)
from kosorong.book.readers.styles import Element, StyleSheets
from kosorong.book.readers.superscript import exponent
from kosorong.book.readers.tables import CELLS, Rows, settled

_BASE = 200  # characters before an exponent that are looked at, of each piece
_DEEPEST_STYLED = 64  # open elements that a selector is held against
_MOST_PIECES = 400  # of a ruby, or of a note inside a line
_LONGEST_LABEL = 40  # characters of a drawing that are a label rather than a text
_SPACE = re.compile(r"\s+")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_LEAVES = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:|//")
_IN_RUBY = frozenset({"rb", "rt", "rtc", "rp"})


class BodySink:
    """Collects the text of a document.

    Args:
        where: Name of the document, for messages.
        sheet: Returns the style sheet that a link names, "" where there is none.

    Attributes:
        blocks: In order.
        anchors: Identifier → where it stands.
        skipped: (text, reason) of what is not read.
        notes: Footnotes and endnotes.
        pictures: In order.
        title: The document's own title.
        types: What the document says that it is (`cover`, `titlepage`, …).
        linked: Characters inside links to other places of the book.
        length: Characters in all.
    """

    def __init__(self, where: str = "", sheet: Callable[[str], str] = lambda link: "") -> None:
        self._where = where
        self._sheet = sheet
        self._styles = StyleSheets()
        self.blocks: list[Block] = []
        self.anchors: dict[str, Anchor] = {}
        self.skipped: list[tuple[str, str]] = []
        self.notes: list[str] = []
        self.pictures: list[PagePicture] = []
        self.title = ""
        self.types: set[str] = set()
        self.linked = self.length = 0
        self._unlinked = False
        self._links = self._elements = 0
        self._matter = ""
        self._stack: list[Frame] = []
        self._path: list[Element] = []
        self._rows = Rows()
        self._open: dict[str, int] = {}
        self._buffer: list[BlockPiece] = []
        self._held: list[tuple[str, str]] = []
        self._late = Late()
        self._captured: Captured | None = None
        self._style: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Open an element.

        Raises:
            InputError: There are more elements than a book has.
        """
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            raise too_many_elements(MAX_ELEMENTS, self._where)
        if tag == "link" and "stylesheet" in attributes.get("rel", "").lower().split():
            self._styles.add(self._sheet(attributes.get("href", "")), attributes.get("media", ""))
        types = types_of(attributes)
        if tag in {"body", "section"} and not self.blocks:
            self.types |= types
        if tag in _IN_RUBY and self._stack and self._stack[-1].tag in _IN_RUBY - {"rtc"}:
            self.end(self._stack[-1].tag)  # HTML lets these be left open
        if self._captured is not None:
            self._start_captured(tag, attributes, types)
            return
        if tag in BLOCKS:
            self._flush()
        frame = self._frame(tag, attributes, types)
        self._push(frame, attributes)
        self._matter = matter_of_element(attributes, types) or self._matter
        frame.reason = self._why_unread(tag, attributes, types)
        if frame.reason:
            self._captured = Captured.of(frame.reason, attributes)
        elif tag in CELLS:
            self._rows.begin_cell(len(self.blocks))
        else:
            self._begin(tag, frame, attributes)

    def end(self, tag: str) -> None:
        """Close an element, and those that were left open inside it."""
        if not self._open.get(tag):
            return
        while True:
            frame = self._stack[-1]
            if self._captured is None:
                if frame.block == len(self.blocks):
                    self._end_inline(frame)
                if frame.tag in BLOCKS:
                    self._flush()
            if frame.is_row:
                self._rows.end(self.blocks, self.pictures)
            self._stack.pop()
            self._path.pop()
            self._open[frame.tag] -= 1
            self._links -= frame.links
            if frame.tag in BLOCKS:
                for place in frame.places:
                    place.end = len(self.blocks)
            self._matter = frame.matter
            if frame.reason:
                self._end_capture(frame)
            if frame.tag == "style":
                self._styles.add("".join(self._style))
                self._style.clear()
            if frame.tag == tag:
                return

    def data(self, text: str) -> None:
        """Take text."""
        if self._captured is not None:
            if self._open.get("style"):
                self._style.append(text)
            if not self._open.get("head") or self._open.get("title"):
                self._captured.say(text, is_drawn=bool(self._open.get("text")))
            return
        if not self._open.get("pre"):
            self._take(_SPACE.sub(" ", text))
            return
        for place, paragraph in enumerate([text] if self._level() else _BLANK_LINE.split(text)):
            if place:
                self._flush()
            self._take(paragraph)

    def _take(self, text: str) -> None:
        self._buffer.append(text)
        size = len(text.strip())
        self.length += size
        if self._links:
            self.linked += size
        elif any(map(str.isalpha, text)):
            self._unlinked = True

    def close(self) -> None:
        """End the document, whatever is still open."""
        while self._stack:
            self.end(self._stack[-1].tag)
        self._flush()

    def settle(self, place: int, pieces: list[BlockPiece]) -> None:
        """Write down what is said of a block now that its marks are known."""
        block, unsaid = self.blocks[place], list[Image]()
        for piece in pieces:
            if isinstance(piece, RubyText):
                self.skipped.append((piece.text, "ruby"))
        block.settle(settled(spoken(pieces, unsaid)))
        for image in unsaid:
            self._skip_image(image)

    def _begin(self, tag: str, frame: Frame, attributes: Mapping[str, str]) -> None:
        """Take what an element says by itself."""
        if tag == "br":
            self._break()
        elif tag == "hr":
            self.blocks.append(Block(["* * *"], "break", matter=self._matter))
        elif tag == "tr":
            self._rows.begin(len(self.blocks), len(self.pictures))
            frame.is_row = True
        elif tag in {"img", "image"}:
            image = image_of(attributes)
            if frame.hints.note and image.says and not self._open.get("a"):
                self.notes.append(image.says)  # a sign that shows its note when it is pressed
                image = Image("", image.source)
            self._buffer.append(image)

    def _break(self) -> None:
        """End a line; where one ended just before and nothing stands between, a paragraph."""
        blank = takewhile(lambda piece: not is_text(piece), reversed(self._buffer))
        ended = any(isinstance(piece, str) and "\n" in piece for piece in blank)
        if ended and not (self._level() or self._open.get("ruby")):
            self._flush()
        else:
            self._buffer.append("\n")

    def _frame(self, tag: str, attributes: Mapping[str, str], types: set[str]) -> Frame:
        frame = Frame(tag, "", len(self._buffer), len(self.blocks), matter=self._matter)
        frame.identifiers = identifiers_of(attributes)
        for name in frame.identifiers:
            place = Anchor(len(self.blocks), is_note=is_note_place(tag, attributes))
            if self.anchors.setdefault(name, place) is place:
                frame.places.append(place)
                self._rows.note_place(place)
                self._late.note(place, len(self._buffer))
        if attributes:
            hints = hints_of(tag, attributes, types)
            frame.hints = NO_HINTS if hints == NO_HINTS else hints
            frame.target = attributes.get("href", "") if tag == "a" else ""
            frame.links = bool(frame.target) and not _LEAVES.match(frame.target)
            self._links += frame.links
        return frame

    def _start_captured(self, tag: str, attributes: Mapping[str, str], types: set[str]) -> None:
        """Open an element inside what is not read."""
        self._push(Frame(tag, matter=self._matter), attributes)
        for name in identifiers_of(attributes):
            self.anchors.setdefault(name, Anchor(len(self.blocks), taken=True))
        if self._captured is not None:
            self._captured.begin(tag, tag == "li" or bool(types & NOTE_TYPES))
        if tag in {"img", "image"}:
            self._skip_image(image_of(attributes))

    def _push(self, frame: Frame, attributes: Mapping[str, str]) -> None:
        self._stack.append(frame)
        classes = frozenset(attributes.get("class", "").split())
        self._path.append(Element(frame.tag, classes, attributes.get("id", "")))
        self._open[frame.tag] = self._open.get(frame.tag, 0) + 1

    def _why_unread(self, tag: str, attributes: Mapping[str, str], types: set[str]) -> str:
        """Return why an element is not read, or ""."""
        around = self._stack[-2].tag if len(self._stack) > 1 else ""
        if (reason := why_unread(tag, attributes, types, around)) or tag in {"body", "html"}:
            return reason
        styled = self._path[-_DEEPEST_STYLED:]
        return "hidden" if self._styles.hides(styled, attributes.get("style", "")) else ""

    def _end_inline(self, frame: Frame) -> None:
        """Look at what stands in an element that began in the block that is open."""
        if frame.tag == "ruby":
            self._end_ruby(frame.start)
            return
        hints = frame.hints
        if hints is NO_HINTS and not frame.target and frame.tag != "sup":
            return
        pieces = self._buffer[frame.start : frame.start + _MOST_PIECES]
        images = [piece for piece in pieces if isinstance(piece, Image)]
        if images and hints.note and not any(map(is_text, pieces)):
            self._mark(frame, pieces, images[0].alt or images[0].source[:_BASE])
        if images or not pieces:
            return
        text = short_text(pieces)
        if text:
            self._end_short(frame, pieces, text)
        elif hints.alone and len(pieces) < _MOST_PIECES:
            self._end_note(frame.start, pieces)

    def _end_ruby(self, start: int) -> None:
        if len(self._buffer) - start <= _MOST_PIECES:
            self._buffer[start:], left = read_ruby(self._buffer[start:])
            self.skipped += [(text, "ruby") for text in left]

    def _end_short(self, frame: Frame, pieces: list[BlockPiece], text: str) -> None:
        """Tell what a few signs are by their element: a page, a verse, a mark, an exponent."""
        hints = frame.hints
        if hints.page and is_page_number(hints.page, text):
            self._leave_out(frame.start, text, "page number")
        elif hints.verse and is_verse_number(text):
            self._leave_out(frame.start, text, "verse number")
        elif hints.is_backlink:
            self._leave_out(frame.start, text, "footnote mark")
        elif (hints.note or frame.target) and MARK_TEXT.fullmatch(text):
            self._mark(frame, pieces, text)
        elif hints.alone:
            self._end_note(frame.start, pieces)
        elif frame.tag == "sup" or hints.raised:
            self._raise(frame, pieces, text)

    def _end_note(self, start: int, pieces: list[BlockPiece]) -> None:
        if not any(isinstance(piece, NoteMark) for piece in pieces):
            del self._buffer[start:]
            self.notes.append(" ".join(flat(pieces).split()))

    def _leave_out(self, start: int, text: str, reason: str) -> None:
        """Leave a number out; what turns out to be all of a heading numbers the chapter."""
        del self._buffer[start:]
        kept = self._held if self._level() else self.skipped
        kept.append((" ".join(text.split()), reason))

    def _mark(self, frame: Frame, pieces: list[BlockPiece], text: str) -> None:
        """Write a text that may mark a note as such, with what is known of marks inside it."""
        if frame.tag in BLOCKS:
            return
        around = (outer for outer in self._stack[-4:-1] if outer.tag not in BLOCKS)
        is_raised = bool(self._open.get("sup"))
        self._buffer[frame.start :] = [mark_of(frame, pieces, text, around, is_raised)]

    def _raise(self, frame: Frame, pieces: list[BlockPiece], text: str) -> None:
        """Write what is raised as an exponent if it is one, or as what may mark a note."""
        linked = self._links > 0 or any(isinstance(piece, NoteMark) for piece in pieces)
        before = self._buffer[max(0, frame.start - 8) : frame.start]
        raised = "" if linked else exponent(flat(before)[-8 * _BASE :], text)
        if raised:
            self._buffer[frame.start :] = [raised]
        elif MARK_TEXT.fullmatch(text):
            self._mark(frame, pieces, text)

    def _end_capture(self, frame: Frame) -> None:
        captured = self._captured or Captured()
        texts, drawn = captured.texts(), captured.drawn()
        if drawn and self._level():
            self._buffer.append(drawn)
        elif drawn:
            texts.append(drawn)
        text = " ".join(texts) or ("" if drawn else captured.label)
        self._captured = None
        for place in frame.places:
            place.taken = True
        if frame.reason == "head":
            if self.title and frame.tag == "title":
                self.skipped.append((text, "hidden"))
            self.title = self.title or text
        elif frame.reason == "rt":
            self._buffer.append(RubyText(text))
        elif frame.reason == "footnote":
            self.notes += texts
        elif frame.reason == "image" and 0 < len(text) <= _LONGEST_LABEL:
            self._buffer.append(Image(text, ""))
        else:
            self.skipped.append((text, frame.reason))

    def _skip_image(self, image: Image) -> None:
        self.skipped.append((image.alt or image.source[:200], "image"))

    def _flush(self) -> None:
        """End the block that is being read."""
        pieces, self._buffer = self._buffer, []
        is_link, self._unlinked = not self._unlinked, False
        if any(map(is_text, pieces)):
            self.skipped += self._held
        else:
            pieces += (f"{text} " for text, _ in self._held)
        self._held.clear()
        self._late.tell(pieces)
        for piece in pieces:
            if isinstance(piece, Image) and piece.source:
                self.pictures.append(PagePicture(len(self.blocks), piece.source, piece.alt))
        if not any(is_text(piece) for piece in pieces):
            for piece in pieces:
                if isinstance(piece, Image):
                    self._skip_image(piece)
            return
        self.blocks.append(Block(pieces, self._hint(), self._level(), self._matter, is_link))

    def _level(self) -> int:
        """Return the level of the heading that is open, 0 for none."""
        return next((n for n in range(1, 7) if self._open.get(f"h{n}")), 0)

    def _hint(self) -> ParagraphKind:
        if self._open.get("li") or self._open.get("dd"):
            return "list"
        return "quote" if self._open.get("blockquote") else "body"
