"""Parses XML and XHTML into events, without expanding entities or fetching anything.

Expat reads well-formed documents; a document that declares entities of its own is refused, so
that neither a billion laughs nor a file outside the book can get in. What is not well-formed is
read tag by tag, as a browser would.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from xml.parsers import expat

from kosorong.book.readers.encoding import decode
from kosorong.book.readers.limits import MAX_DEPTH, MAX_TREE_PARTS
from kosorong.book.readers.superscript import exponent
from kosorong.book.readers.tags import Sink, local, read_tags
from kosorong.errors import InputError

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._\-]{1,40})["']""")
_CODECS = re.compile(
    r"us-ascii|iso-8859-\d{1,2}|windows-125\d|cp949|euc-kr|ks_c_5601-1987|shift_jis|euc-jp|big5"
    r"|gb2312|gbk|gb18030|koi8-r"
)
_BASE = 8  # elements and texts, of what an exponent may belong to
S = TypeVar("S", bound=Sink)


def parse(data: bytes, where: str, make_sink: Callable[[], S]) -> tuple[S, str]:
    """Parse a document.

    Args:
        data: The whole file.
        where: Its name, for messages.
        make_sink: Makes the sink; called again when the first parser gives up.

    Returns:
        The sink with everything in it, and what was wrong with the document, "" if nothing.

    Raises:
        InputError: It declares entities, or its encoding cannot be read.
    """
    text = _text(data, where)
    sink = make_sink()
    try:
        _parse_xml(text, where, sink)
    except expat.ExpatError as error:
        sink = make_sink()
        read_tags(text, sink)
        return sink, f"{where} is not well-formed ({error}); read as browsers do."
    return sink, ""


def parse_xml(data: bytes, where: str, sink: Sink) -> None:
    """Parse a document that a program wrote; what is not well-formed is refused.

    Args:
        data: The whole file.
        where: Its name, for messages.
        sink: Takes the events.

    Raises:
        InputError: It is damaged, declares entities, or its encoding cannot be read.
    """
    try:
        _parse_xml(_text(data, where), where, sink)
    except expat.ExpatError as error:
        raise InputError(
            f"The document is damaged ({error}).",
            where=where,
            cure="Open it in the program that made it and save it anew.",
            reason="damaged",
        ) from error


def _text(data: bytes, where: str) -> str:
    """Decode a document by its mark, by its declaration, or as text files are."""
    declared = _DECLARED.match(data[:300])
    name = declared[1].decode("ascii").lower() if declared else ""
    if _CODECS.fullmatch(name):
        try:
            return data.decode(name)
        except UnicodeError:
            pass  # declared wrongly; the text itself tells
    return decode(data, where).text


def _parse_xml(text: str, where: str, sink: Sink) -> None:
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.UseForeignDTD(True)  # makes an unknown entity a skipped one, not an error

    def refuse(name: str, *rest: object) -> None:
        raise InputError(
            f"The document declares an entity of its own ({name[:40]}), as attacks do.",
            where=where,
            cure="Get the book from a source you trust.",
        )

    def skipped(name: str, is_parameter: bool) -> None:
        if not is_parameter:
            sink.data(_named(name))

    parser.EntityDeclHandler = refuse
    parser.SkippedEntityHandler = skipped
    parser.ExternalEntityRefHandler = lambda *reference: 1
    parser.StartElementHandler = lambda tag, attributes: sink.start(
        local(tag), _lowered(attributes)
    )
    parser.EndElementHandler = lambda tag: sink.end(local(tag))
    parser.CharacterDataHandler = sink.data
    parser.Parse(text.encode("utf-8", "replace"), True)


def _named(name: str) -> str:
    """Return the character of an HTML entity; an unknown one stays as it is written."""
    return html.unescape(f"&{name};")


def _lowered(attributes: Mapping[str, str | None]) -> dict[str, str]:
    return {name.lower(): value or "" for name, value in attributes.items()}


@dataclass(slots=True)
class Node:
    """An element of a small document held whole: container, package, contents.

    Attributes:
        tag: Name without prefix, in lower case.
        attributes: By name in lower case, with prefix.
        content: Texts and elements, in order.
    """

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    content: list[str | Node] = field(default_factory=list)

    @property
    def children(self) -> list[Node]:
        """The elements right inside, in order."""
        return [part for part in self.content if isinstance(part, Node)]

    @property
    def text(self) -> str:
        """All text inside, also of its descendants."""
        return "".join(_texts(self.content))

    def find_all(self, *tags: str) -> list[Node]:
        """Return all descendants with one of these names, in document order."""
        nodes: list[Node] = []
        for child in self.children:
            if child.tag in tags:
                nodes.append(child)
            nodes.extend(child.find_all(*tags))
        return nodes

    def get(self, name: str) -> str:
        """Return an attribute, whatever its prefix, without white space at its ends, or ""."""
        value = self.attributes.get(name)
        if value is None:
            matches = (v for k, v in self.attributes.items() if k.endswith(":" + name))
            value = next(matches, "")
        return value.strip()


def _texts(content: Sequence[str | Node]) -> Iterator[str]:
    for part in content:
        if isinstance(part, str):
            yield part
        else:
            yield from _texts(part.content)


class _TreeSink:
    """Builds nodes."""

    def __init__(self, where: str) -> None:
        self._where = where
        self.root = Node("")
        self._stack = [self.root]
        self._parts = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if len(self._stack) > MAX_DEPTH:
            raise _too_large(self._where, f"Elements are nested more than {MAX_DEPTH} deep.")
        self._count(1 + len(attributes))
        node = Node(tag, attributes)
        self._stack[-1].content.append(node)
        self._stack.append(node)

    def end(self, tag: str) -> None:
        if not any(node.tag == tag for node in self._stack[1:]):
            return
        while True:
            node = self._stack.pop()
            if node.tag == "sup":
                self._raise(node)
            if node.tag == tag:
                return

    def data(self, text: str) -> None:
        self._count(1)
        self._stack[-1].content.append(text)

    def _raise(self, node: Node) -> None:
        """Write an exponent in raised characters."""
        before = "".join(_texts(self._stack[-1].content[-_BASE - 1 : -1]))
        if raised := exponent(before, node.text):
            node.content = [raised]

    def _count(self, parts: int) -> None:
        self._parts += parts
        if self._parts > MAX_TREE_PARTS:
            raise _too_large(
                self._where, f"It has more than {MAX_TREE_PARTS:,} elements and texts."
            )


def parse_tree(data: bytes, where: str) -> tuple[Node, str]:
    """Parse a small document whole.

    Args:
        data: The whole file.
        where: Its name, for messages.

    Returns:
        Its root's parent, and what was wrong with it, "" if nothing.

    Raises:
        InputError: It declares entities, its encoding cannot be read, or it is too large.
    """
    # The parser holds all attributes of an element before it shows them.
    if data.count(b"=") > MAX_TREE_PARTS:
        raise _too_large(where, f"It has more than {MAX_TREE_PARTS:,} attributes.")
    sink, problem = parse(data, where, lambda: _TreeSink(where))
    return sink.root, problem


def _too_large(where: str, what: str) -> InputError:
    return InputError(what, where=where, cure="Get the book from a source you trust.")
