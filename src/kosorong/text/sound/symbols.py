"""The symbols the acoustic model knows: one frozen table and the way to and from it.

Symbols are sounds, so the table holds the 18 sounding onsets, 23 vowels (21 modern ones, arae-a,
double arae-a) and 7 codas of pronounced Korean and Jeju, as conjoining jamo, which tell an onset
from a coda. The silent onset has no symbol. The order is part of every trained model: a checkpoint
or bundle stores `SYMBOLS_HASH` and is refused where it differs.

>>> encoded = encode(["호ᄁᆞᆷ", "갑써."])
>>> decode(encoded.symbols)
'^호ᄁᆞᆷ 갑써.$'
>>> encoded.words
(-1, 0, 0, 0, 0, 0, -1, 1, 1, 1, 1, 1, -1, -1)
>>> len(SYMBOLS)
58
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kosorong.text.letters.hangul import nfc
from kosorong.text.letters.jamo import (
    ARAEA,
    ARAEA_I,
    CONJOINING_CODA,
    CONJOINING_ONSET,
    CONJOINING_VOWEL,
    DOUBLE_ARAEA,
    ONSETS,
    SILENT,
    VOWELS,
    Syllable,
    split,
)

PAD = "_"
BLANK = "*"
START = "^"
END = "$"
BOUNDARY = " "
MARKS = (",", ".", "?", "!", "…")
SOUND_CODAS = "ㄱㄴㄷㄹㅁㅂㅇ"
NO_WORD = -1

SYMBOLS: tuple[str, ...] = (
    PAD,
    BLANK,
    START,
    END,
    BOUNDARY,
    *MARKS,
    *(CONJOINING_ONSET[onset] for onset in ONSETS if onset != SILENT),
    *(CONJOINING_VOWEL[vowel] for vowel in (*VOWELS, ARAEA, DOUBLE_ARAEA)),
    *(CONJOINING_CODA[coda] for coda in SOUND_CODAS),
)
"""Symbol of every id, in order: the id is the index."""

SYMBOLS_HASH = hashlib.sha256("\x00".join(SYMBOLS).encode()).hexdigest()
"""SHA-256 of the table; a model made for another table must be refused."""

PAD_ID = SYMBOLS.index(PAD)
BLANK_ID = SYMBOLS.index(BLANK)
START_ID = SYMBOLS.index(START)
END_ID = SYMBOLS.index(END)
BOUNDARY_ID = SYMBOLS.index(BOUNDARY)

_IDS = {symbol: index for index, symbol in enumerate(SYMBOLS)}
_LETTER_IDS: tuple[dict[str, tuple[int, ...]], ...] = (
    {o: (_IDS[CONJOINING_ONSET[o]],) for o in ONSETS if o != SILENT},
    {v: (_IDS[CONJOINING_VOWEL[v]],) for v in (*VOWELS, ARAEA, DOUBLE_ARAEA)}
    # ㆎ has no symbol of its own: it is two vowels.
    | {ARAEA_I: (_IDS[CONJOINING_VOWEL[ARAEA]], _IDS[CONJOINING_VOWEL["ㅣ"]])},
    {c: (_IDS[CONJOINING_CODA[c]],) for c in SOUND_CODAS},
)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A pronounced text as symbols.

    Attributes:
        symbols: Symbol ids (T_text), between the two utterance edges; empty where nothing sounds.
        words: For each symbol the index of its word; -1 for edges, word boundaries and marks.
    """

    symbols: tuple[int, ...]
    words: tuple[int, ...]


def _sound_ids(syllable: Syllable) -> Iterator[int]:
    """Yield the ids of one pronounced syllable, leaving out letters that have no sound here."""
    for letter, table in zip(syllable, _LETTER_IDS, strict=True):
        yield from table.get(letter, ())


def _item_ids(item: Syllable | str) -> Iterator[tuple[int, bool]]:
    """Yield the ids of one item and whether each is a sound of the word."""
    if isinstance(item, Syllable):
        for index in _sound_ids(item):
            yield index, True
    elif item in MARKS:
        yield _IDS[item], False
    elif item.isspace():
        yield BOUNDARY_ID, False


def encode(pronounced_words: Sequence[str]) -> Encoded:
    """Turn pronounced words into symbol ids.

    A word may hold spaces of its own (a number read as several words); they become boundaries.
    A repeated mark or boundary counts once; characters that are no sound and no mark are left out
    (`kosorong.text.reading` reports them).

    Args:
        pronounced_words: One respelled string for each word, as `pronounce` returns them.

    Returns:
        Symbols and their words; both empty where no word has a sound.
    """
    symbols: list[int] = [START_ID]
    words: list[int] = [NO_WORD]
    for index, word in enumerate(pronounced_words):
        for item in split(f"{word} "):
            for symbol, sounds in _item_ids(item):
                last = symbols[-1]
                if not sounds and (last == symbol or (symbol == BOUNDARY_ID and last == START_ID)):
                    continue
                symbols.append(symbol)
                words.append(index if sounds else NO_WORD)
    if all(word == NO_WORD for word in words):
        return Encoded((), ())
    if symbols[-1] == BOUNDARY_ID:
        del symbols[-1], words[-1]
    return Encoded((*symbols, END_ID), (*words, NO_WORD))


def decode(ids: Sequence[int]) -> str:
    """Write ids as readable Hangul for logs; pads and blanks are left out.

    Raises:
        IndexError: An id is outside the table.
    """
    out: list[str] = []
    for index in ids:
        symbol = SYMBOLS[index]
        if symbol in (PAD, BLANK):
            continue
        if symbol in CONJOINING_VOWEL.values() and (not out or out[-1] not in _ONSET_SYMBOLS):
            out.append(CONJOINING_ONSET[SILENT])
        out.append(symbol)
    return nfc("".join(out))


_ONSET_SYMBOLS = frozenset(CONJOINING_ONSET.values())


def intersperse(ids: Sequence[int], blank: int = BLANK_ID) -> tuple[int, ...]:
    """Put a blank before, between and after the symbols (2 T_text + 1 of them).

    For the parallel `words` tuple pass `NO_WORD` as the blank.

    >>> intersperse((7, 8))
    (1, 7, 1, 8, 1)
    """
    out = [blank] * (2 * len(ids) + 1)
    out[1::2] = ids
    return tuple(out)
