"""What a block of a document is made of before it is known what of it is said.

>>> spoken(["별 ", Image("고래", "a.gif"), "가"], [])
'별 고래가'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kosorong.book.manuscript import ParagraphKind

_FILE_NAME = re.compile(r"[^\s/]*\.(?:jpe?g|png|gif|svg|webp|bmp|tiff?)|[\w\-]*\d{3,}[\w\-]*", re.I)
_SAYS_NOTHING = re.compile(
    r"(?:image|img|picture|photo|figure|cover|illustration|inline|그림|사진|이미지|삽화|표지)"
    r"[\s_\-]*\d*",
    re.IGNORECASE,
)
_HANGUL = re.compile("[\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\ud7b0-\ud7ff]")


_VERSE_LINE = 40  # characters; blocks of shorter lines with breaks are verse
_MARK_PIECES, _MARK_LENGTH = 8, 40  # pieces, and characters of each, of what may mark a note


@dataclass(frozen=True, slots=True)
class Image:
    """A picture inside a block.

    Attributes:
        alt: The text that stands for it.
        source: Where it is, as written.
    """

    alt: str
    source: str

    @property
    def says(self) -> str:
        """What is said for it inside a line: its text, unless that is a file's name."""
        alt = " ".join(self.alt.split())
        says_nothing = _FILE_NAME.fullmatch(alt) or _SAYS_NOTHING.fullmatch(alt)
        return "" if says_nothing else alt


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A text that may mark a note.

    Attributes:
        text: As written.
        target: The link, "" where there is none.
        raised: Stands above the line.
        named: Class, identifier or type says that it is a note's mark.
        identifiers: Of the element and of those around and inside it.
    """

    text: str
    target: str = ""
    raised: bool = False
    named: bool = False
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RubyText:
    """The text of an `rt`: how what stands before it is read."""

    text: str


BlockPiece = str | Image | NoteMark | RubyText


@dataclass(slots=True)
class Block:
    """A block of text as it stands in a document.

    Attributes:
        pieces: What it is made of.
        hint: What it is where its text says nothing else.
        level: 1 to 6 for a heading, otherwise 0.
        matter: Kind of front or back matter that it belongs to, "" for the text itself.
        is_link: All of it is a link, or several.
        text: What is said, settled; white space collapsed, a line feed for a line break.
        kind: What it is, settled.
    """

    pieces: list[BlockPiece]
    hint: ParagraphKind
    level: int = 0
    matter: str = ""
    is_link: bool = False
    text: str = ""
    kind: ParagraphKind = "body"

    def settle(self, text: str) -> None:
        """Write down what is said of it, with white space collapsed, and what it is then."""
        self.text = "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))
        lines = self.text.split("\n")
        is_verse = len(lines) > 1 and all(len(line) <= _VERSE_LINE for line in lines)
        self.kind = "heading" if self.level else "verse" if is_verse else self.hint


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A picture of a document: before which block it stands, where it is, its text."""

    place: int
    source: str
    alt: str


@dataclass(slots=True)
class Anchor:
    """Where an identifier stands.

    Attributes:
        start: Index of the first block of the element.
        end: Index behind its last one, -1 for an element inside a block.
        is_note: Its name says that a note stands there.
        taken: It stands in what is not read.
        trails: Nothing stands behind it in its block.
    """

    start: int
    end: int = -1
    is_note: bool = False
    taken: bool = False
    trails: bool = False


@dataclass(slots=True)
class Late:
    """The places of a block that began behind its first piece."""

    _places: list[tuple[Anchor, int]] = field(default_factory=list)

    def note(self, place: Anchor, start: int) -> None:
        """Take a place before which so many pieces stand."""
        if start:
            self._places.append((place, start))

    def tell(self, pieces: Sequence[BlockPiece]) -> None:
        """Write down, where the block ends, behind which of them nothing stands."""
        last = next((at for at in range(len(pieces), 0, -1) if is_text(pieces[at - 1])), 0)
        for place, start in self._places:
            place.trails = 0 < last <= start
        self._places.clear()


def flat(pieces: Iterable[BlockPiece]) -> str:
    """Return the text of pieces, pictures by what they say, readings left out."""
    return "".join(map(_text, pieces))


def _text(piece: BlockPiece) -> str:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, NoteMark):
        return piece.text
    return piece.says if isinstance(piece, Image) else ""


def spoken(pieces: Sequence[BlockPiece], unsaid: list[Image]) -> str:
    """Return what is said of a block; a picture is said where it stands inside a line.

    Args:
        pieces: The block.
        unsaid: Learns the pictures that are not said.
    """
    lines: list[list[BlockPiece]] = [[]]
    for piece in pieces:
        if not isinstance(piece, str):
            lines[-1].append(piece)
            continue
        first, *rest = piece.split("\n")
        lines[-1].append(first)
        lines += [[line] for line in rest]
    return "\n".join(_line(line, unsaid) for line in lines)


def _line(line: Sequence[BlockPiece], unsaid: list[Image]) -> str:
    images = [piece for piece in line if isinstance(piece, Image)]
    if not images:
        return flat(line)
    others = flat(piece for piece in line if not isinstance(piece, Image))
    if any(map(str.isalnum, others)):
        unsaid += [image for image in images if not image.says]
        return flat(line)
    unsaid += images
    return others


def read_ruby(pieces: Sequence[BlockPiece]) -> tuple[list[BlockPiece], list[str]]:
    """Choose between bases and readings of a ruby.

    The author's reading is said where Hangul stands over what is not Hangul, or over a picture
    without text; over Hangul it explains a word, and the word is said.

    Args:
        pieces: What stands in the `ruby`.

    Returns:
        What is said, and what is not.

    >>> read_ruby(["漢", RubyText("한"), "拏", RubyText("라")])
    (['한', '라'], ['漢', '拏'])
    >>> read_ruby(["바당", RubyText("바다")])
    (['바당'], ['바다'])
    """
    spoken: list[BlockPiece] = []
    left: list[str] = []
    bases: list[BlockPiece] = []
    readings: list[str] = []
    for piece in (*pieces, ""):
        if isinstance(piece, RubyText):
            readings.append(piece.text)
            continue
        if readings and (not isinstance(piece, str) or piece.strip() or piece == ""):
            _choose(bases, readings, spoken, left)
            bases, readings = [], []
        bases.append(piece)
    return [piece for piece in (*spoken, *bases) if piece != ""], left


def _choose(
    bases: list[BlockPiece], readings: list[str], spoken: list[BlockPiece], left: list[str]
) -> None:
    base, reading = flat(bases).strip(), "".join(readings)
    if _is_said_so(base, reading):
        spoken.append(reading)
        images = [piece for piece in bases if isinstance(piece, Image)]
        spoken += [Image("", image.source) for image in images]
        left.append(base)
    else:
        spoken += bases
        left.append(reading)


def _is_said_so(base: str, reading: str) -> bool:
    """Tell whether a reading is said instead of its base."""
    letters = [sign for sign in base if sign.isalnum()]
    if not letters:
        return any(map(str.isalnum, reading))
    others = any(not _HANGUL.match(sign) for sign in letters)
    return others and bool(_HANGUL.search(reading))


def short_text(pieces: list[BlockPiece]) -> str:
    """Return the text of a few pieces, "" where it is too long for a mark or a number."""
    if len(pieces) > _MARK_PIECES or any(
        isinstance(piece, str) and len(piece) > _MARK_LENGTH for piece in pieces
    ):
        return ""
    return flat(pieces).strip()


def is_text(piece: BlockPiece) -> bool:
    """Tell whether a piece makes a block, as white space and pictures alone do not."""
    return isinstance(piece, NoteMark | RubyText) or (
        isinstance(piece, str) and bool(piece.strip())
    )


def image_of(attributes: Mapping[str, str]) -> Image:
    """Return the picture that an `img` or an `image` of a drawing shows."""
    source = attributes.get("src") or attributes.get("xlink:href") or attributes.get("href", "")
    return Image(attributes.get("alt", ""), source.strip())
