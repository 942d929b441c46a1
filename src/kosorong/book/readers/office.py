"""What the readers of word processors' documents share: a sink that knows what it closes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Set
from pathlib import Path
from typing import TypeVar

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers.archive import Archive
from kosorong.book.readers.draft import Draft, first, title_from_name
from kosorong.book.readers.flow import Flow, FlowItem, choose_reading
from kosorong.book.readers.limits import MAX_DEPTH, MAX_OFFICE_ELEMENTS
from kosorong.book.readers.markup import parse_xml
from kosorong.book.readers.outline import settled_language, sole_heading, write
from kosorong.errors import InputError

_NOBODY = re.compile(
    r"(?:windows|microsoft office|office|ms)?\s*(?:user|사용자)\d*|admin(?:istrator)?|owner|guest"
    r"|python-docx|un-?named|unknown|author|root|hp|samsung|lg|lenovo|dell|asus|pc|home|컴퓨터",
    re.I,
)
_NOTHING = re.compile(
    r"(?:microsoft )?word (?:document|- .*)|untitled(?: document)?\d*|제목 ?없음|(?:새|빈) 문서\d*"
    r"|document\d*|문서\d*|title|제목|powerpoint.*|.*\.(?:docx?|hwpx?|dotx?|rtf|txt)",
    re.I,
)
Close = Callable[[], None]
S = TypeVar("S", bound="OfficeSink")


def nothing() -> None:
    """Close an element that needs no closing."""


def value(attributes: Mapping[str, str], name: str) -> str:
    """Return an attribute, whatever its prefix, "" where it is not there."""
    for key, text in attributes.items():
        if key.rpartition(":")[2] == name:
            return text
    return ""


class OfficeSink:
    """Walks through a document; `open` says what an element means and how it is closed.

    Args:
        where: Name of the document, for messages.
        endless: Which calls of `divert`, counted from 1, end with their paragraph.

    Attributes:
        flow: What the document says.
        path: Names of the open elements, the outermost first.
        unended: Which calls of `divert` no `restore` ended, once the document is closed.
    """

    def __init__(self, where: str, endless: Set[int] = frozenset()) -> None:
        self.flow = Flow()
        self.path: list[str] = []
        self.unended: frozenset[int] = frozenset()
        self._where = where
        self._endless = endless
        self._closers: list[Close] = []
        self._elements = 0
        self._heard = 0
        self._muted = 0
        self._signs = 0
        self._taking = 0
        self._diversions = 0
        self._diverting: list[tuple[int, str]] = []
        self._diverted: list[str] = []
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
        self._signs += len(text)
        if self._diverting and not self._taking:
            self._diverted.append(text)
        else:
            self.flow.say(text)

    def close(self) -> None:
        """End the document, whatever is still open."""
        while self.path:
            self.end(self.path[-1])
        self.unended = frozenset(number for number, _ in self._diverting)
        self.flow.finish()

    def say(self, text: str) -> None:
        """Take text that an element stands for."""
        unhear = self.hear()
        self.data(text)
        unhear()

    def hear(self) -> Close:
        """Hear the text of an element."""
        self._heard += 1
        return self._unhear

    def take(self, give: Callable[[str], None]) -> Close:
        """Hear the text of an element and give it away, instead of reading or listing it."""
        unhear = self.hear()
        self._taking += 1
        self.flow.begin_box()

        def close() -> None:
            self._taking -= 1
            unhear()
            give(self.flow.taken())

        return close

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

    def divert(self, reason: str) -> None:
        """Leave out text from here on, across elements, until `restore`; the two may be nested."""
        self._diversions += 1
        self._diverting.append((self._diversions, reason))

    def restore(self) -> None:
        """List what was left out since the outermost `divert`, and read again."""
        if self._diverting:
            _, reason = self._diverting.pop()
            self._list_diverted(reason)

    def paragraph_ends(self) -> None:
        """Keep paragraphs apart in what is left out, and end what nothing else ends."""
        if self._diverted:
            self._diverted.append("\n")
        while self._diverting and self._diverting[-1][0] in self._endless:
            self.restore()

    def _list_diverted(self, reason: str) -> None:
        if not self._diverting:
            self.flow.leave("".join(self._diverted), reason)
            self._diverted.clear()

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
        reading, left = choose_reading(*self._ruby)
        self.flow.say(reading)
        self.flow.leave(left, "ruby")

    def _unhear(self) -> None:
        self._heard -= 1

    def _unmute(self) -> None:
        self._muted -= 1


def written(
    draft: Draft,
    passages: Sequence[FlowItem],
    path: Path,
    about: Mapping[str, str],
    metadata: Mapping[str, str],
    title: str = "",
) -> Manuscript:
    """Make the manuscript of a word processor's document.

    Args:
        draft: An empty one.
        passages: The document.
        path: The file.
        about: Its properties: `title`, `creator`, `language`.
        metadata: `title`, `author` and `language` as somebody says them, "" for nothing.
        title: That stands in the text as one, "" where none does.

    Raises:
        InputError: It has no text.
    """
    write(draft, passages)
    named = (metadata["title"], title, title_of(about.get("title", "")), sole_heading(passages))
    name = first(*named) or title_from_name(path.stem)
    by = first(metadata["author"], author_of(about.get("creator", "")))
    language = settled_language(metadata["language"], about.get("language", ""), passages)
    return draft.finish(name, by, language)


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


def walk_text(
    archive: Archive, name: str, draft: Draft, make: Callable[[str, frozenset[int]], S]
) -> S:
    """Walk through a document of text; what begins to be left out and never ends is mended.

    Args:
        archive: The open file.
        name: Of the document.
        draft: Learns what was mended.
        make: Makes an empty sink of `where` and `endless`; called again to mend.

    Raises:
        InputError: It is missing, damaged, hostile, or too large.
    """
    where = f"{archive.name}:{name}"
    sink = walk(archive, name, make(where, frozenset()))
    if sink.unended:
        draft.warn(f"{where}: a field or a deletion never ends; it is ended with its paragraph.")
        sink = walk(archive, name, make(where, sink.unended))
    return sink


def author_of(text: str) -> str:
    """Return the author that a program wrote down, "" for the name of an account.

    >>> author_of("고은별"), author_of("Windows User")
    ('고은별', '')
    """
    return "" if _NOBODY.fullmatch(text.strip()) else text.strip()


def title_of(text: str) -> str:
    """Return the title that a program wrote down, "" for one that says nothing.

    >>> title_of("바당의 노래"), title_of("Word Document")
    ('바당의 노래', '')
    """
    return "" if _NOTHING.fullmatch(text.strip()) else text.strip()
