"""Which way a book goes through the translator, and which of its two languages is read."""

from __future__ import annotations

from dataclasses import dataclass

from kosorong.ports import JEJU, KOREAN, Dial


@dataclass(frozen=True, slots=True)
class Route:
    """Which way a book goes through the translator.

    Attributes:
        original: Language of the manuscript.
        other: Language it is translated to, "" for none.
        reads_other: True where the voice reads the translation, not the original.
    """

    original: str
    other: str
    reads_other: bool

    @property
    def spoken(self) -> str:
        """Language that is read aloud."""
        return self.other if self.reads_other else self.original

    @property
    def beside(self) -> str:
        """Language shown beside, "" for none."""
        return self.original if self.reads_other else self.other

    def dial(self, spelling: str, strength: float) -> Dial:
        """Return what the translator is asked for, where the book is translated."""
        return Dial(self.original, self.other, spelling, strength)


def route_of(original: str, translated: bool, recorded: bool = False) -> Route:
    """Return the way of a book: Korean is read in Jeju, Jeju and recordings are heard as they are.

    >>> route_of("ko", True).spoken, route_of("jje", True).spoken, route_of("ko", False).spoken
    ('jje', 'jje', 'ko')
    """
    if not translated:
        return Route(original, "", False)
    return Route(
        original, JEJU if original == KOREAN else KOREAN, original == KOREAN and not recorded
    )
