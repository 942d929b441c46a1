"""What stands in an element that is not read, while it is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kosorong.book.readers.elements import BLOCKS

_LABELS = {"page number": "title", "image": "aria-label"}
_APART = "\x1e"  # stands between two notes, or two lines of a list


@dataclass(slots=True)
class Captured:
    """Collects the text of an element that is not read.

    Attributes:
        label: Stands for it where it has no text.
    """

    label: str = ""
    _parts: list[str] = field(default_factory=list)
    _drawn: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, reason: str, attributes: Mapping[str, str]) -> Captured:
        """Begin an element that is left out for a reason."""
        return cls(attributes.get(_LABELS.get(reason, ""), ""))

    def begin(self, tag: str, is_apart: bool) -> None:
        """Take the beginning of an element inside it."""
        space = " " if tag in BLOCKS or tag in {"br", "text"} else ""
        (self._drawn if tag == "text" else self._parts).append(_APART if is_apart else space)

    def say(self, text: str, *, is_drawn: bool = False) -> None:
        """Take text; what is drawn stands in the `text` of a drawing."""
        (self._drawn if is_drawn else self._parts).append(text)

    def texts(self) -> list[str]:
        """Return what was said beside the drawn, each note and line of a list by itself."""
        parts = "".join(self._parts).split(_APART)
        return [text for part in parts if (text := " ".join(part.split()))]

    def drawn(self) -> str:
        """Return the text that a drawing shows."""
        return " ".join("".join(self._drawn).split())
