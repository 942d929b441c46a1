"""Tells marks of notes from words and numbers, and notes from text, over all of a book.

A mark is told by its link, its place and the note it leads to; a note by the mark that leads to
it, wherever it stands. What is none stays text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from kosorong.book.readers.archive import resolve
from kosorong.book.readers.body import BodySink
from kosorong.book.readers.pieces import Anchor, Block, BlockPiece, NoteMark, RubyText, flat
from kosorong.text.say.numbers.counter_table import NATIVE

_BARE = re.compile(r"[^0-9a-z*＊∗†‡§※①-⑳ⓐ-ⓩ㉠-㉻ⅰ-ⅹ¹²³⁴-⁹⁰]+")
_OPENING = re.compile(r"\s*[\[(（〔{]?\s*(?:(?:각|미|원|역)?주|註|note)?\s*", re.IGNORECASE)
_HEADING = re.compile(
    r"[\[<〈【]?\s*(?:(?:각|미|후|역|원|옮긴이\s*)?주(?:석|해)?|註|"
    r"(?:foot|end)?notes?|references?)\s*[\]>〉】]?", re.I
)  # fmt: skip
_SUPERSCRIPT = re.compile(
    r"(?:(?<=[가-힣.,!?…\"'”’」』》〉])|(?<=[가-힣\u4e00-\u9fff][)\]]))⁽?[¹²³⁴-⁹⁰]{1,3}[⁾)]?"
)
_OWN_NUMBER = re.compile(r"\s*(?:[\[(]?(\d{1,3})[.)\]]|[\[(]?([*†‡§]{1,3})[)\]]?)\s*[^\s*†‡§]")
_CLOSED = re.compile(r".*[\]）)〕}⁾]", re.DOTALL)
_COUNTED = re.compile(r"\s*(?:[장절부편권쪽면호과항조회화막번째월일년개명]|페이지)")
_NOUN = re.compile("|".join(sorted(NATIVE.words, key=len, reverse=True)))
_COUNTS = re.compile(
    r"(?:그림|표|식|사진|도표|도판|지도|부록|제|장|절|쪽|p\.?|pp\.?|figure|fig\.?|table|chapter"
    r"|section|no\.?)\s*[\[(]?$",
    re.IGNORECASE,
)
_QUANTITY = re.compile(r"\d\s?[A-Za-zμµ°Ω/·]+$")
_ISOTOPE = re.compile(r"(?:[A-Z][a-z]?)(?![a-z'’])")
_MOST_BLOCKS = 40  # of one note
_MOST_MARKS = 100  # looked at in one block
_NEAR, _LOOKED_AT = 8, 40  # pieces around a mark, and characters of each


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was parsed: its name in the archive, and what is in it."""

    name: str
    sink: BodySink


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a link leads: a document and a place in it."""

    document: int
    place: Anchor


@dataclass(slots=True)
class _Book:
    """All documents, while their notes are being told from their text.

    Attributes:
        documents: In reading order.
        follow: Name of a document, link in it → name and fragment that it leads to.
        notes: For each document, the blocks that belong to notes; a note's first block → its end.
    """

    documents: Sequence[Document]
    follow: Callable[[str, str], tuple[str, str]]
    notes: list[dict[int, int]] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)
    _targets: dict[tuple[int, str], _Target | None] = field(default_factory=dict)
    _marked: dict[tuple[int, int], list[tuple[int, NoteMark]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.notes = [{} for _ in self.documents]
        self._numbers = {document.name: i for i, document in enumerate(self.documents)}

    def target(self, document: int, link: str) -> _Target | None:
        """Return where a link leads, None where that is nowhere in the book."""
        key = (document, link)
        if key not in self._targets:
            self._targets[key] = self._resolve(document, link)
        return self._targets[key]

    def _resolve(self, document: int, link: str) -> _Target | None:
        name, fragment = self.follow(self.documents[document].name, link)
        number = self._numbers.get(name)
        if number is None or not fragment:
            return None
        place = self.documents[number].sink.anchors.get(fragment)
        return _Target(number, place) if place else None

    def find_notes(self) -> None:
        """Find the notes that marks lead to."""
        for number, document in enumerate(self.documents):
            for place, block in enumerate(document.sink.blocks):
                for at, mark in _marks(block):
                    if place in self.notes[number]:
                        break
                    if mark.target and _before(block, at).strip():
                        self._find(number, place, mark)
        for number, document in enumerate(self.documents):
            self._find_trailing(number, document.sink)

    def _find(self, number: int, place: int, mark: NoteMark) -> None:
        """Write down the note that a mark inside a text leads to, if it is one."""
        target = self.target(number, mark.target)
        if target is None or target.place.taken:
            return
        blocks = self.documents[target.document].sink.blocks
        start = target.place.start
        end = target.place.end if target.place.end > start else start + 1
        same = (number, place) == (target.document, start)
        if same or not 0 <= start < len(blocks) or end - start > _MOST_BLOCKS:
            return
        if self._is_note(target, blocks[start], mark):
            self._take(target.document, start, end)

    def _is_note(self, target: _Target, block: Block, mark: NoteMark) -> bool:
        fragment = mark.target.partition("#")[2]
        links = self._links(target, block)
        around = (link for at, link in links if _is_inside(block, at, link, fragment))
        if block.level or not all(_leads_to(link, mark.identifiers) for link in around):
            return False
        if _begins_with(block, mark.text) or target.place.is_note:
            return True
        return any(_leads_to(link, mark.identifiers) for _, link in links)

    def _links(self, target: _Target, block: Block) -> list[tuple[int, NoteMark]]:
        """Return the first marks in the block that a mark leads to, looked for once."""
        key = (target.document, target.place.start)
        if key not in self._marked:
            self._marked[key] = list(islice(_marks(block), _MOST_MARKS))
        return self._marked[key]

    def _find_trailing(self, number: int, sink: BodySink) -> None:
        """Find notes at the end of a document that begin with marks raised without a link."""
        bare = {
            _bare(mark.text)
            for block in sink.blocks
            for at, mark in _marks(block)
            if not mark.target and _before(block, at).strip()
        }
        for place in range(len(sink.blocks) - 1, -1, -1):
            block = sink.blocks[place]
            if place in self.notes[number]:
                continue
            if block.level or block.hint == "break" or not _own_mark(block) & bare:
                return
            self._take(number, place, place + 1)

    def _take(self, number: int, start: int, end: int) -> None:
        notes, blocks = self.notes[number], self.documents[number].sink.blocks
        notes[start] = max(end, notes.get(start, 0))
        before = start - 1
        if before > 0 and blocks[before].hint == "break":
            before -= 1
        if before >= 0 and _HEADING.fullmatch(_head(blocks[before]).strip()):
            notes.setdefault(before, before + 1)

    def is_mark(self, number: int, block: Block, at: int, mark: NoteMark) -> bool:
        """Tell whether what may mark a note does."""
        before, after = _before(block, at), _after(block, at)
        if not before.strip() and not (mark.named and (after.strip() or not block.level)):
            return False  # all of a heading numbers the chapter
        target = self.target(number, mark.target) if mark.target else None
        if target is None and _counts_noun(before, after):
            return False
        if mark.named or (target and self._leads_to_note(target)):
            return True
        if target and self._is_heading(target):
            return False
        if mark.raised:
            return bool(mark.target) or _follows_word(before, mark.text)
        return _is_linked_mark(mark.text, before, after)

    def _leads_to_note(self, target: _Target) -> bool:
        return target.place.taken or target.place.start in self.notes[target.document]

    def _is_heading(self, target: _Target) -> bool:
        blocks = self.documents[target.document].sink.blocks
        return target.place.start >= len(blocks) or blocks[target.place.start].level > 0


def settle(
    documents: Sequence[Document], follow: Callable[[str, str], tuple[str, str]] = resolve
) -> None:
    """Decide what is said of every block; marks and notes are listed and go.

    Args:
        documents: All of a book, parsed and closed, in reading order.
        follow: Returns name and fragment that a link in a document, by its name, leads to.
    """
    book = _Book(documents, follow)
    book.find_notes()
    for number, document in enumerate(documents):
        until, blocks = 0, document.sink.blocks
        for place, block in enumerate(blocks):
            if (end := book.notes[number].get(place, 0)) > until:
                apart = (
                    piece for inner in blocks[max(place, until) : end] for piece in _apart(inner)
                )
                if note := " ".join(flat(apart).split()):
                    document.sink.notes.append(note)
                until = end
            if place < until:
                continue
            document.sink.settle(place, list(_without_marks(book, number, block, document.sink)))


def _without_marks(book: _Book, number: int, block: Block, sink: BodySink) -> Iterator[BlockPiece]:
    """Yield the pieces of a block that are said, and list the marks."""
    for at, piece in enumerate(block.pieces):
        if isinstance(piece, str):
            yield _SUPERSCRIPT.sub(lambda match: _listed(match[0], sink), piece)
        elif not isinstance(piece, NoteMark):
            yield piece
        elif book.is_mark(number, block, at, piece):
            _listed(piece.text, sink)
        elif _is_verse(block, at, piece):
            sink.skipped.append((piece.text, "verse number"))
        else:
            yield piece.text


def _listed(text: str, sink: BodySink) -> str:
    sink.skipped.append((" ".join(text.split()), "footnote mark"))
    return ""


def _marks(block: Block) -> Iterator[tuple[int, NoteMark]]:
    for at, piece in enumerate(block.pieces):
        if isinstance(piece, NoteMark):
            yield at, piece


def _apart(block: Block) -> Iterator[BlockPiece]:
    """Yield the pieces of a block of a note, parted from the block before."""
    yield " "
    if block.hint == "break":
        return
    for piece in block.pieces:
        yield piece.text if isinstance(piece, RubyText) else piece


def _before(block: Block, at: int) -> str:
    """Return the end of what stands before a piece."""
    pieces = block.pieces[max(0, at - _NEAR) : at]
    return flat(piece[-_LOOKED_AT:] if isinstance(piece, str) else piece for piece in pieces)


def _after(block: Block, at: int) -> str:
    """Return the beginning of what stands behind a piece."""
    pieces = block.pieces[at + 1 : at + 1 + _NEAR]
    return flat(piece[:_LOOKED_AT] if isinstance(piece, str) else piece for piece in pieces)


def _head(block: Block) -> str:
    """Return the beginning of a block."""
    return _after(block, -1)


def _bare(text: str) -> str:
    """Return a mark without its brackets."""
    return _BARE.sub("", text.lower())


def _begins_with(block: Block, mark: str) -> bool:
    """Tell whether a block begins with a mark, as a note does."""
    text = _OPENING.sub("", _head(block), count=1).lower()
    bare = _bare(mark)
    return bool(bare) and text.startswith(bare) and not text[len(bare) :][:1].isdigit()


def _own_mark(block: Block) -> set[str]:
    """Return the mark that a block begins with, as a set of one or none."""
    near = block.pieces[:_NEAR]
    pieces = [piece for piece in near if not isinstance(piece, str) or piece.strip()]
    if pieces and isinstance(pieces[0], NoteMark):
        return {_bare(pieces[0].text)}
    opening = _OWN_NUMBER.match(_head(block))
    return {opening[1] or opening[2]} if opening else set()


def _is_inside(block: Block, at: int, mark: NoteMark, fragment: str) -> bool:
    """Tell whether a link leads to a mark inside a text: then the text is no note."""
    return fragment in mark.identifiers and bool(_before(block, at).strip())


def _leads_to(link: NoteMark, identifiers: Sequence[str]) -> bool:
    return link.target.partition("#")[2] in identifiers if link.target else False


def _follows_word(before: str, text: str) -> bool:
    """Tell whether what is raised without a link marks a note by what it stands behind."""
    last = before[-1:]
    if not last.strip():
        return False
    if _bare(text).isalpha():
        return bool(re.search(r"[가-힣\"'”’」』》〉)\].,!?…]$", before))
    if last.isdigit():
        return bool(_CLOSED.fullmatch(text))
    return not _QUANTITY.search(before) and not re.search(r"[+\-−=×/*^]$", before)


def _counts_noun(before: str, after: str) -> bool:
    """Tell whether a number stands apart before what it counts, as in 3명: no mark does."""
    stands = not before[-1:].strip() and bool(after[:1].strip())
    return stands and bool(_COUNTED.match(after) or _NOUN.match(after))


def _is_linked_mark(text: str, before: str, after: str) -> bool:
    """Tell whether a link that leads to no known note looks like its mark."""
    glued = bool(before[-1:].strip())
    if _COUNTS.search(before) or _COUNTED.match(after):
        return False
    if not _bare(text).isalnum() or text.strip().startswith("["):
        return True
    if _bare(text).isalpha() and not _CLOSED.fullmatch(text):
        return glued and not before[-1:].isascii()
    if _CLOSED.fullmatch(text):
        return glued or not text.strip().startswith("(")
    return glued and not before[-1:].isdigit()


def _is_verse(block: Block, at: int, mark: NoteMark) -> bool:
    """Tell whether a number raised before a word counts a verse."""
    before, after = _before(block, at), _after(block, at)
    if not mark.raised or mark.target or not mark.text.strip().isdigit():
        return False
    if before[-1:].strip(" \n\t\u3000\"'“‘「『(") or not after.strip():
        return False
    return not _ISOTOPE.match(after)
