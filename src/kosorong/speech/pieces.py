"""Long readings cut into pieces that one run of the model takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kosorong.config import PAUSES
from kosorong.text.sound.symbols import BOUNDARY_ID, END_ID, MARKS, NO_WORD, START_ID, SYMBOLS

# How found: set by hand: above the longest segment of a book.
LONGEST = 260
"""Symbols of a piece: some 20 s; a segment of 75 syllables, the longest in a book, has fewer."""

_COMMA_ID = SYMBOLS.index(",")
_STOP_IDS = frozenset(SYMBOLS.index(mark) for mark in MARKS if mark != ",")
# Where a cut hurts least, and the silence there besides that around either piece, seconds.
_PLACES = (
    (_STOP_IDS, PAUSES.between(PAUSES.stop)),
    (frozenset({_COMMA_ID}), PAUSES.between(PAUSES.comma)),
    (frozenset({BOUNDARY_ID}), 0.0),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of symbols that is spoken in one go.

    Attributes:
        symbols: Ids (T_text,), between the two utterance edges.
        words: For each symbol the index of its written word, -1 where it has none.
        pause: Seconds of silence before the next piece.
    """

    symbols: tuple[int, ...]
    words: tuple[int, ...]
    pause: float


def cut(symbols: Sequence[int], words: Sequence[int], longest: int = LONGEST) -> list[Piece]:
    """Cut a reading where it hurts least: after a stop, a comma, a word, or anywhere.

    Args:
        symbols: Ids (T_text,), between the two utterance edges.
        words: For each symbol the index of its word, -1 where it has none.
        longest: Most symbols of a piece, edges not counted.

    Returns:
        The pieces, whose inner symbols are those of the reading, word boundaries at cuts apart.

    >>> from kosorong.text.sound.symbols import encode
    >>> reading = encode(["가나,", "다라", "마바"])
    >>> [len(piece.symbols) for piece in cut(reading.symbols, reading.words, longest=12)]
    [7, 11]
    """
    inner, owners = symbols[1:-1], words[1:-1]
    pieces: list[Piece] = []
    start = 0
    while start < len(inner):
        stop, pause = len(inner), 0.0
        if stop - start > longest:
            # A last piece of a syllable or two would be said like a sentence of its own.
            limit = min(start + longest, stop - longest // 3)
            stop, pause = _place(inner, start, limit)
        piece = _piece(inner[start:stop], owners[start:stop], pause)
        if piece is not None:
            pieces.append(piece)
        start = stop
    return pieces


def _place(inner: Sequence[int], start: int, limit: int) -> tuple[int, float]:
    """Return where to cut before `limit`, and the pause there, seconds."""
    # A stop in the first third leaves a piece too short to be worth its better place.
    earliest = start + (limit - start) // 3
    for wanted, pause in _PLACES:
        for stop in range(limit, earliest, -1):
            if inner[stop - 1] in wanted:
                return stop, pause
    return limit, 0.0


def _piece(symbols: Sequence[int], words: Sequence[int], pause: float) -> Piece | None:
    """Put edges around symbols, without boundaries at the ends; None where nothing sounds."""
    first, last = 0, len(symbols)
    while first < last and symbols[first] == BOUNDARY_ID:
        first += 1
    while last > first and symbols[last - 1] == BOUNDARY_ID:
        last -= 1
    if all(word == NO_WORD for word in words[first:last]):
        return None
    return Piece(
        (START_ID, *symbols[first:last], END_ID),
        (NO_WORD, *words[first:last], NO_WORD),
        pause,
    )
