r"""A text with markup as blocks: what is said, sign by sign, and the markup between the signs.

Nothing is lost: the parts, as they were written, are the text.

>>> page = Page()
>>> page.tag("<p>", Tag("p")); page.say("밥"); page.tag("<b>", Tag("b")); page.say("을")
>>> page.finish()
>>> [part if isinstance(part, str) else part.written() for part in page.parts]
['<p>', '밥<b>을']
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Literal

from kosorong.markup.elements import BLOCKS, RAISED, VOID, Elements, Tag, is_said
from kosorong.ports import STAND_IN

Side = Literal["open", "close", "alone"]
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")


@dataclass(slots=True)
class MarkupMark:
    """Markup inside a block.

    Attributes:
        at: Index of the sign that it stands before.
        written: As it was written.
        side: Whether it opens something, closes it, or stands alone.
        name: What it opens or closes.
    """

    at: int
    written: str
    side: Side = "alone"
    name: str = ""


@dataclass(slots=True)
class Block:
    """What is said between two places where sentences end.

    Attributes:
        signs: What is said, one character each; `STAND_IN` for what is left alone.
        raws: How each sign was written.
        marks: In order.
    """

    signs: list[str] = field(default_factory=list)
    raws: list[str] = field(default_factory=list)
    marks: list[MarkupMark] = field(default_factory=list)

    def written(self, start: int = 0, end: int | None = None, first: int = 0) -> str:
        """Return signs as they were written, with the marks before, between and behind them.

        Args:
            start: First sign.
            end: Behind the last sign; that of the block where None.
            first: The first mark; those before it have been written already.
        """
        end = len(self.signs) if end is None else end
        pieces: list[str] = []
        for mark in self.marks[first:]:
            if mark.at > end:
                break
            pieces += [*self.raws[start : mark.at], mark.written]
            start = max(start, mark.at)
        return "".join([*pieces, *self.raws[start:end]])


class Page:
    """Takes what stands in a text, in order, and makes blocks of it."""

    def __init__(self) -> None:
        self.parts: list[str | Block] = []
        self._block = Block()
        self._elements = Elements()
        self._kept: list[str] | None = None
        self._kept_name = ""
        self._kept_said = False
        self._raised: list[tuple[int, int]] = []

    def say(self, shown: str, written: str | None = None) -> None:
        """Take what is said.

        Args:
            shown: As a reader sees it.
            written: How it was written; as it is shown where None.
        """
        if self._kept is not None:
            self._kept.append(shown if written is None else written)
            self._kept_said = self._kept_said or bool(shown.strip())
        elif written is None:
            for sign in shown:
                self._sign(sign, sign)
        elif shown:
            self._sign(shown[0], written)
            for sign in shown[1:]:
                self._sign(sign, "")
        else:
            self.mark(written)

    def mark(self, written: str, side: Side = "alone", name: str = "") -> None:
        """Take markup that ends no sentence."""
        if self._kept is not None:
            self._kept.append(written)
        elif written:
            self._block.marks.append(MarkupMark(len(self._block.signs), written, side, name))

    def keep(self, written: str) -> None:
        """Take a part of the sentence that is left alone."""
        if self._kept is not None:
            self._kept.append(written)
            self._kept_said = True
        else:
            self._sign(STAND_IN, written)

    def cut(self, written: str = "") -> None:
        """Take what ends a sentence."""
        if self._kept is not None:
            self._kept.append(written)
            return
        block, self._block = self._block, Block()
        self._raised.clear()
        if block.signs or block.marks:
            self.parts.append(block)
        if written:
            self.parts.append(written)

    def tag(self, written: str, tag: Tag) -> None:
        """Take a tag of HTML."""
        before = self._elements.kept
        innermost = True
        if tag.closes:
            innermost = self._elements.end(tag.name)
        else:
            self._elements.start(tag)
        after = self._elements.kept
        if before and after:
            self.mark(written)
        elif after and not tag.closes:
            self._begin(written, tag.name)
        elif after:
            self._tagged(written, tag)
            self._kept, self._kept_name, self._kept_said = [], "", False
        elif before and tag.closes and innermost and tag.name not in BLOCKS:
            self.mark(written)
            self._end()
        else:
            self._end()
            self._tagged(written, tag)

    def finish(self) -> None:
        """Take the end."""
        self._end()
        self.cut()

    def _begin(self, written: str, name: str) -> None:
        if name in BLOCKS:
            self.cut()
        self._kept, self._kept_name, self._kept_said = [written], name, False

    def _end(self) -> None:
        """Put what was kept where it stands."""
        if self._kept is None:
            return
        kept, has_text = "".join(self._kept), self._kept_said and is_said(self._kept_name)
        self._kept = None
        if self._kept_name in BLOCKS:
            self.cut(kept)
        elif has_text:
            inner = kept.strip()
            start = kept.index(inner)
            self.say(kept[:start])
            self.keep(inner)
            self.say(kept[start + len(inner) :])
        else:
            self.mark(kept)

    def _tagged(self, written: str, tag: Tag) -> None:
        if tag.name in BLOCKS:
            self.cut(written)
        elif tag.name in VOID:
            self.mark(written)
        elif not tag.closes:
            self.mark(written, "open", tag.name)
            if tag.name in RAISED:
                self._raised.append((len(self._block.signs), len(self._block.marks)))
        else:
            if tag.name in RAISED and self._raised:
                self._lower(*self._raised.pop())
            self.mark(written, "close", tag.name)

    def _lower(self, sign: int, mark: int) -> None:
        """Take what was raised out of the sentence if it is no word, but a note or an exponent."""
        block = self._block
        if not any(unicodedata.category(letter) == "Lo" for letter in block.signs[sign:]):
            written = block.written(sign, first=mark)
            del block.signs[sign:], block.raws[sign:], block.marks[mark:]
            self.mark(written)

    def _sign(self, sign: str, written: str) -> None:
        if sign in _FILLERS or _is_invisible(sign):
            self.mark(written)
        else:
            self._block.signs.append(sign)
            self._block.raws.append(written)


def _is_invisible(sign: str) -> bool:
    """Tell whether a character is nothing that a translator would see."""
    if "\ufe00" <= sign <= "\ufe0f":
        return True
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs") and not sign.isspace()
