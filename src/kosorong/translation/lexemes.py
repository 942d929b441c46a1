"""Stems and nouns of both languages side by side, and the forms by which a text shows them."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import overload

from kosorong.text.letters.hangul import nfd
from kosorong.translation.compact_tables import Places, Strings
from kosorong.translation.inflection import SLOTS

_POS = "avnw"
_FORM_SLOTS = f"B{SLOTS}"
_DIGITS = 3
"""Of a share or prior, kept in half the memory of a Python number."""
_REMEMBERED = 2_000
"""Lexemes that are kept as objects: every text has the same few over and over."""


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A stem or noun and its counterpart.

    Attributes:
        source: Dictionary form without 다, in jamo.
        target: The same of the other language.
        pos: `v`, `a`, `n`, or `w` for a word that takes neither ending nor particle.
        share: How often it became that, 0 to 1.
        prior: What speaks against meeting the source's stem in a text at all, as a logarithm.
    """

    source: str
    target: str
    pos: str
    share: float
    prior: float = 0.0


class Lexemes(Sequence[Lexeme]):
    """Lexemes in little memory, see `kosorong.translation.compact_tables`.

    Args:
        rows: Source and target as written, part of speech, share and prior of each.
        kept: Words that stay as they are, part of speech and prior; they follow the rows.

    >>> Lexemes([("바다", "바당", "n", 0.9, 0)])[0].share
    0.9
    """

    __slots__ = ("_pos", "_priors", "_shares", "_sources", "_targets")

    def __init__(
        self,
        rows: Sequence[tuple[str, str, str, float, float]],
        kept: Sequence[tuple[str, str, float]] = (),
    ) -> None:
        self._sources = Strings(chain((row[0] for row in rows), (word for word, _, _ in kept)))
        self._targets = Strings(row[1] for row in rows)
        self._shares = array("f", (max(0.01, row[3]) for row in rows))
        kinds = [*((row[2], row[4]) for row in rows), *((pos, prior) for _, pos, prior in kept)]
        self._pos = bytes(_POS.index(pos) for pos, _ in kinds)
        self._priors = array("f", (prior for _, prior in kinds))

    def __len__(self) -> int:
        return len(self._pos)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    @overload
    def __getitem__(self, n: int) -> Lexeme: ...
    @overload
    def __getitem__(self, n: slice) -> list[Lexeme]: ...
    def __getitem__(self, n: int | slice) -> Lexeme | list[Lexeme]:
        if isinstance(n, slice):
            return [self[m] for m in range(*n.indices(len(self)))]
        pos, source = _POS[self._pos[n]], nfd(self._sources[n])
        prior = round(self._priors[n], _DIGITS)
        if n >= len(self._targets):
            return Lexeme(source, source, pos, 1.0, prior)
        return Lexeme(source, nfd(self._targets[n]), pos, round(self._shares[n], _DIGITS), prior)


class StemForms:
    """Every written form of every lexeme's source.

    Args:
        lexemes: Lexemes.
        forms_of: Returns the forms of one, each a slot (see `kosorong.translation.inflection`, or
            `B` for the bare noun) and a string of jamo.

    Attributes:
        spaced: Forms of more than one word.
    """

    def __init__(
        self, lexemes: Sequence[Lexeme], forms_of: Callable[[Lexeme], Iterable[tuple[str, str]]]
    ) -> None:
        self._lexeme = lru_cache(maxsize=_REMEMBERED)(lexemes.__getitem__)
        self.spaced: set[str] = set()
        self._places = Places(self._placed(lexemes, forms_of))

    def _placed(
        self, lexemes: Sequence[Lexeme], forms_of: Callable[[Lexeme], Iterable[tuple[str, str]]]
    ) -> Iterator[tuple[str, int]]:
        for n, lexeme in enumerate(lexemes):
            for slot, written in forms_of(lexeme):
                if " " in written:
                    self.spaced.add(written)
                yield written, n * len(_FORM_SLOTS) + _FORM_SLOTS.index(slot)

    def __getitem__(self, written: str) -> list[tuple[str, Lexeme]]:
        """Return the slots in which a string is a form of a lexeme, and the lexemes."""
        places = (divmod(place, len(_FORM_SLOTS)) for place in self._places.of(written))
        return [(_FORM_SLOTS[slot], self._lexeme(n)) for n, slot in places]
