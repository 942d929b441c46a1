"""What is known of an element while it is open, and the mark of a note that it becomes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kosorong.book.readers.elements import Hints
from kosorong.book.readers.pieces import Anchor, BlockPiece, NoteMark

NO_HINTS = Hints()


@dataclass(slots=True)
class Frame:
    """An open element.

    Attributes:
        tag: Its name.
        reason: Why what is in it is not read, if this element began it.
        start: Where its text begins among the pieces of the block.
        block: Number of blocks before it.
        hints: What it may be.
        target: Its link.
        matter: The matter around it.
        places: Of its identifiers.
        identifiers: As written.
        links: It leads to another place of the book.
        is_row: It is the row of a table.
    """

    tag: str
    reason: str = ""
    start: int = 0
    block: int = 0
    hints: Hints = NO_HINTS
    target: str = ""
    matter: str = ""
    places: list[Anchor] = field(default_factory=list)
    identifiers: tuple[str, ...] = ()
    links: bool = False
    is_row: bool = False


def mark_of(
    frame: Frame, pieces: Sequence[BlockPiece], text: str, around: Iterable[Frame], is_raised: bool
) -> NoteMark:
    """Return what may be the mark of a note, with what is known of marks inside it.

    Args:
        frame: The element.
        pieces: What stands in it.
        text: Of it.
        around: Elements of the same line that it stands in.
        is_raised: It stands in a `sup`.
    """
    inner = [piece for piece in pieces if isinstance(piece, NoteMark)]
    names = [*frame.identifiers, *(name for mark in inner for name in mark.identifiers)]
    names += [name for outer in around for name in outer.identifiers]
    return NoteMark(
        text,
        frame.target or next((mark.target for mark in inner if mark.target), ""),
        is_raised or frame.hints.raised or any(mark.raised for mark in inner),
        frame.hints.note or any(mark.named for mark in inner),
        tuple(names),
    )
