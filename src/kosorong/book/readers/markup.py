"""Parses XML and XHTML into events, without expanding entities or fetching anything.

Expat reads well-formed documents; a document that declares entities of its own is refused, so
that neither a billion laughs nor a file outside the book can get in. What is not well-formed is
read tag by tag, as a browser would.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from xml.parsers import expat

from kosorong.book.readers.encoding import decode
from kosorong.book.readers.limits import MAX_DEPTH
from kosorong.book.readers.superscript import exponent
from kosorong.book.readers.tags import Sink, local, read_tags
from kosorong.errors import InputError

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._\-]{1,40})["']""")
_CODECS = re.compile(
    r"us-ascii|iso-8859-\d{1,2}|windows-125\d|cp949|euc-kr|ks_c_5601-1987|shift_jis|euc-jp|big5"
    r"|gb2312|gbk|gb18030|koi8-r"
)
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
    parser.StartElementHandler = lambda tag, found: sink.start(local(tag), _lowered(found))
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
        children: In order.
        text: All text inside, also of its descendants.
    """

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    text: str = ""

    def find_all(self, *tags: str) -> list[Node]:
        """Return all descendants with one of these names, in document order."""
        found: list[Node] = []
        for child in self.children:
            if child.tag in tags:
                found.append(child)
            found.extend(child.find_all(*tags))
        return found

    def get(self, name: str) -> str:
        """Return an attribute, whatever its prefix, without white space at its ends, or ""."""
        value = self.attributes.get(name)
        if value is None:
            matches = (v for k, v in self.attributes.items() if k.endswith(":" + name))
            value = next(matches, "")
        return value.strip()


class _TreeSink:
    """Builds nodes."""

    def __init__(self, where: str) -> None:
        self._where = where
        self.root = Node("")
        self._stack = [self.root]
        self._texts: list[list[str]] = [[]]

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if len(self._stack) > MAX_DEPTH:
            raise InputError(
                f"Elements are nested more than {MAX_DEPTH} deep.",
                where=self._where,
                cure="Get the book from a source you trust.",
            )
        node = Node(tag, attributes)
        self._stack[-1].children.append(node)
        self._stack.append(node)
        self._texts.append([])

    def end(self, tag: str) -> None:
        if not any(node.tag == tag for node in self._stack[1:]):
            return
        while True:
            node = self._stack.pop()
            node.text = "".join(self._texts.pop())
            if node.tag == "sup":
                node.text = exponent("".join(self._texts[-1][-8:]), node.text) or node.text
            self._texts[-1].append(node.text)
            if node.tag == tag:
                return

    def data(self, text: str) -> None:
        self._texts[-1].append(text)


def parse_tree(data: bytes, where: str) -> tuple[Node, str]:
    """Parse a small document whole; returns its root's parent and what was wrong with it."""
    sink, problem = parse(data, where, lambda: _TreeSink(where))
    return sink.root, problem
