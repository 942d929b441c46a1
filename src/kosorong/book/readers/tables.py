"""How the row of a table is said, in every kind of file: short cells as one line, others by cell.

>>> line_of(["이름", "", "나이"]), line_of(["이름"])
('이름, 나이', '')
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kosorong.book.readers.pieces import Anchor, Block, BlockPiece, PagePicture, flat

CELLS = frozenset({"td", "th"})
"""The elements of HTML that are cells."""

_BORDER = "\x1f"  # stands between two cells until notes are settled; white space like any other
_STOPS = tuple(".!?…:;")
_CELL = 60  # characters; a row of shorter cells is read as one line


def line_of(cells: Sequence[str]) -> str:
    """Return the line that a row is said as, "" where its cells are said one after another.

    Args:
        cells: The text of each; empty ones are passed over.
    """
    filled = [" ".join(cell.split()) for cell in cells if cell.strip()]
    if len(filled) < 2 or any(len(cell) > _CELL for cell in filled):
        return ""
    return _listed(filled)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that is open: how many blocks, pictures and places there were before it.

    Attributes:
        cells: Number of blocks before each of its cells.
    """

    blocks: int
    pictures: int
    places: int
    cells: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Rows:
    """The rows of tables that are open while a document is read, innermost last."""

    _open: list[_Row] = field(default_factory=list)
    _places: list[Anchor] = field(default_factory=list)

    def begin(self, blocks: int, pictures: int) -> None:
        """Begin a row behind so many blocks and pictures."""
        self._open.append(_Row(blocks, pictures, len(self._places)))

    def begin_cell(self, blocks: int) -> None:
        """Begin a cell of the innermost row."""
        if self._open:
            self._open[-1].cells.append(blocks)

    def note_place(self, place: Anchor) -> None:
        """Take an identifier's place, which moves where its row becomes one block."""
        if self._open:
            self._places.append(place)

    def end(self, blocks: list[Block], pictures: list[PagePicture]) -> None:
        """End the innermost row, and make one block of it if its cells are short."""
        row = self._open.pop()
        if block := _joined(row, blocks):
            blocks[row.blocks :] = [block]
            own = pictures[row.pictures :]
            pictures[row.pictures :] = [replace(picture, place=row.blocks) for picture in own]
            for place in self._places[row.places :]:
                place.start = min(place.start, row.blocks)
                place.end = min(place.end, row.blocks + 1)
        if not self._open:
            self._places.clear()


def _joined(row: _Row, blocks: Sequence[Block]) -> Block | None:
    """Return the one block that a row's blocks become, None where its cells stay apart.

    Args:
        row: The row.
        blocks: All blocks of the document, the row's at their end.
    """
    bounds = [row.blocks, *row.cells, len(blocks)]
    filled = [blocks[begin:end] for begin, end in pairwise(bounds) if end > begin]
    if any(len(cell) > 1 or cell[0].level or cell[0].hint == "break" for cell in filled):
        return None
    own = [cell[0] for cell in filled]
    if (
        not line_of([flat(block.pieces) for block in own])
        or len({block.matter for block in own}) > 1
    ):
        return None
    pieces: list[BlockPiece] = []
    for block in own:
        pieces += [_BORDER] if pieces else []
        pieces += (_unbroken(piece) for piece in block.pieces)
    return Block(pieces, "list", 0, own[0].matter, all(block.is_link for block in own))


def _unbroken(piece: BlockPiece) -> BlockPiece:
    return piece.replace("\n", " ") if isinstance(piece, str) else piece


def settled(text: str) -> str:
    """Return the text of a block; of a row, its cells parted by commas.

    Args:
        text: What is said of its pieces.
    """
    if _BORDER not in text:
        return text
    return _listed([" ".join(cell.split()) for cell in text.split(_BORDER)])


def _listed(cells: Sequence[str]) -> str:
    """Put cells together; one that stops by itself needs no comma."""
    filled = [cell.rstrip(",") for cell in cells if cell]
    parted = (f"{cell} " if cell.endswith(_STOPS) else f"{cell}, " for cell in filled[:-1])
    return "".join((*parted, *filled[-1:]))
