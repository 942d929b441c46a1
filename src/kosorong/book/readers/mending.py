"""Ends the elements that HTML lets be left open, where browsers end them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kosorong.book.readers.tags import Sink


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_HEADINGS = _names("h1 h2 h3 h4 h5 h6")
_IN_HEAD = _names(
    "base basefont bgsound link meta noframes noscript script style template title head"
)
_ENDS_PARAGRAPH = _HEADINGS | _names(
    """
    address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption
    figure footer form header hgroup hr li listing main menu nav ol p plaintext pre search section
    summary table ul xmp
    """
)
_SCOPES = _names("applet button caption html marquee object table td template th")
_LISTS = _SCOPES | _names("ul ol dl menu dir")
_TABLE = _names("table")
_ROWS = _names("tr table")
_GROUPS = _names("caption colgroup thead tbody tfoot tr")
_ENDS_OPEN: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "tr": (_names("tr caption colgroup"), _TABLE),
    **dict.fromkeys(("thead", "tbody", "tfoot"), (_GROUPS, _TABLE)),
    **dict.fromkeys(("td", "th"), (_names("td th"), _ROWS)),
    "li": (_names("li"), _LISTS),
    **dict.fromkeys(("dt", "dd"), (_names("dt dd"), _LISTS)),
    "option": (_names("option"), _names("select datalist")),
    "optgroup": (_names("option optgroup"), _names("select datalist")),
}
"""What a beginning element ends, and what it does not reach beyond."""

_FOREIGN = _names("svg math")
_FOREIGN_BOUNDS = _names("annotation-xml desc foreignobject title")
_NEVER_FOREIGN = _HEADINGS | _names(
    "blockquote body br center dd div dl dt head hr img li listing menu ol p pre ruby table ul"
)
"""Elements that end a drawing or formula in which they stand."""

_LOOKED_BACK = 200  # open elements that a beginning one may end


class Mended:
    """Passes events on to a sink, with the ends that an author left out.

    Args:
        sink: Takes the events.
    """

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._open: list[str] = []
        self._count: Counter[str] = Counter()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Open an element, after what ends where it begins."""
        if tag in _NEVER_FOREIGN:
            self._end_open(_FOREIGN, _FOREIGN_BOUNDS)
        if tag not in _IN_HEAD:
            self._end_head()
        if tag in _ENDS_PARAGRAPH:
            self._end_open(_names("p"), _SCOPES)
        if tag in _ENDS_OPEN:
            self._end_open(*_ENDS_OPEN[tag])
        if tag in _HEADINGS and self._open and self._open[-1] in _HEADINGS:
            self.end(self._open[-1])
        self._open.append(tag)
        self._count[tag] += 1
        self._sink.start(tag, attributes)

    def end(self, tag: str) -> None:
        """Close an element, and those that were left open inside it."""
        if tag in _HEADINGS and not self._count[tag]:
            self._end_open(_HEADINGS, _SCOPES)  # `<h2>…</h3>`
            return
        if not self._count[tag]:
            return
        while True:
            last = self._open.pop()
            self._count[last] -= 1
            if last == tag:
                break
        self._sink.end(tag)

    def data(self, text: str) -> None:
        """Take text."""
        if self._open and self._open[-1] == "head" and not text.isspace():
            self.end("head")
        self._sink.data(text)

    def _end_head(self) -> None:
        """End the head, or a title that has no end, where an element cannot stand in it."""
        while self._open and self._open[-1] in {"head", "title"} and not self._in_foreign():
            self.end(self._open[-1])

    def _in_foreign(self) -> bool:
        return any(self._count[name] for name in _FOREIGN)

    def _end_open(self, ended: frozenset[str], bounds: frozenset[str]) -> None:
        """End the outermost of some elements that is open within bounds."""
        if not any(self._count[name] for name in ended):
            return
        depth = 0
        for n, name in enumerate(reversed(self._open[-_LOOKED_BACK:]), 1):
            if name in bounds:
                break
            depth = n if name in ended else depth
        for _ in range(depth):
            self.end(self._open[-1])
