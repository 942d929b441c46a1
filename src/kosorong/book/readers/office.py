"""What the readers of word processors' documents share: a sink that knows what it closes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from kosorong.book.readers.archive import Archive
from kosorong.book.readers.flow import Flow, choose_reading
from kosorong.book.readers.limits import MAX_DEPTH, MAX_OFFICE_ELEMENTS
from kosorong.book.readers.markup import parse_xml
from kosorong.errors import InputError

Close = Callable[[], None]
S = TypeVar("S", bound="OfficeSink")


def nothing() -> None:
    """Close an element that needs no closing."""


class OfficeSink:
    """Walks through a document; `open` says what an element means and how it is closed.

    Args:
        where: Name of the document, for messages.

    Attributes:
        flow: What the document says.
        path: Names of the open elements, the outermost first.
    """

    def __init__(self, where: str) -> None:
        self.flow = Flow()
        self.path: list[str] = []
        self._where = where
        self._closers: list[Close] = []
        self._elements = 0
        self._heard = 0
        self._muted = 0
        self._diverted: list[str] | None = None
        self._ruby = ["", ""]

    def open(self, tag: str, attributes: Mapping[str, str]) -> Close | None:
        """Take an element; return what closes it, None where nothing does."""
        raise NotImplementedError

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Open an element.

        Raises:
            InputError: There are more elements, or nested deeper, than documents have.
        """
        self._elements += 1
        if self._elements > MAX_OFFICE_ELEMENTS:
            raise self._too_large(f"The document has more than {MAX_OFFICE_ELEMENTS:,} elements.")
        if len(self.path) >= MAX_DEPTH:
            raise self._too_large(f"Elements are nested more than {MAX_DEPTH} deep.")
        close = None if self._muted else self.open(tag, attributes)
        self.path.append(tag)
        self._closers.append(close or nothing)

    def _too_large(self, what: str) -> InputError:
        return InputError(what, where=self._where, cure="If it is real, split it into volumes.")

    def end(self, tag: str) -> None:
        """Close an element, and those that were left open inside it."""
        if tag not in self.path:
            return
        while True:
            last = self.path.pop()
            self._closers.pop()()
            if last == tag:
                return

    def data(self, text: str) -> None:
        """Take text; only what an element of text holds is heard."""
        if not self._heard or self._muted:
            return
        if self._diverted is not None:
            self._diverted.append(text)
        else:
            self.flow.say(text)

    def close(self) -> None:
        """End the document, whatever is still open."""
        while self.path:
            self.end(self.path[-1])
        self.flow.finish()

    def hear(self) -> Close:
        """Hear the text of an element."""
        self._heard += 1
        return self._unhear

    def mute(self) -> Close:
        """Pass over an element with all that is in it."""
        self._muted += 1
        return self._unmute

    def aside(self, reason: str) -> Close:
        """Leave out what an element holds."""
        self.flow.begin_aside(reason)
        return self.flow.end

    def box(self) -> Close:
        """Read what an element holds behind the open paragraph."""
        self.flow.begin_box()
        return self.flow.end

    def row(self) -> Close:
        """Read what an element holds as a table's row."""
        self.flow.begin_row()
        return self.flow.end

    def divert(self) -> None:
        """Leave out text from here on, across elements, until `restore`."""
        if self._diverted is None:
            self._diverted = []

    def restore(self, reason: str) -> None:
        """List what was left out since `divert`, and read again."""
        if self._diverted is not None:
            self.flow.leave("".join(self._diverted), reason)
        self._diverted = None

    def begin_ruby(self) -> Close:
        """Read a ruby: its two parts are named by `ruby_part`."""
        self._ruby = ["", ""]
        return self._end_ruby

    def ruby_part(self, index: int) -> Close:
        """Take the base (0) or the reading (1) of a ruby."""
        self.flow.begin_box()

        def close() -> None:
            self._ruby[index] += self.flow.taken()

        return close

    def _end_ruby(self) -> None:
        said, left = choose_reading(*self._ruby)
        self.flow.say(said)
        self.flow.leave(left, "ruby")

    def _unhear(self) -> None:
        self._heard -= 1

    def _unmute(self) -> None:
        self._muted -= 1


def walk(archive: Archive, name: str, sink: S) -> S:
    """Walk through one document of an archive and return the sink.

    Args:
        archive: The open file.
        name: Of the document.
        sink: An empty one.

    Raises:
        InputError: It is missing, damaged, hostile, or too large.
    """
    parse_xml(archive.read(name), f"{archive.name}:{name}", sink)
    sink.close()
    return sink
