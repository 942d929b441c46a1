"""Reads HTML and badly formed XHTML tag by tag, in linear time.

The standard library's html.parser is not used: it takes minutes over 400 kB of `<a <a <a`. Parsers
that build HTML's tree walk through all open elements at each new one, which takes hours over a
megabyte of `<div>`, and let unclosed formatting grow a page to gigabytes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from kosorong.book.readers.mending import Mended

VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
})  # fmt: skip
_MARKUP = re.compile(r"<(?:!--|[!?]|(?P<closing>/?)(?P<name>[A-Za-z][^\s/<>]{0,60})(?=[\s/>]))")
_COMMENT_END = re.compile(r"--!?>")
_UNESCAPED = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes"})
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in _UNESCAPED | {"title", "textarea"}
}
_ATTRIBUTE = re.compile(
    r"[\s/]*+(?:(?P<end>>)|(?P<name>=[^\s/>=]*+|[^\s/>=]++)"
    r"(?:\s*+=\s*+(?:(?P<quote>[\"'])|(?P<bare>[^\s>]*+)))?+)"
)


class Sink(Protocol):
    """Takes the events of a document; names are in lower case and without prefix."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins; attribute names are in lower case, with prefix."""
        ...

    def end(self, tag: str) -> None:
        """An element ends."""
        ...

    def data(self, text: str) -> None:
        """Text, in pieces of any length."""
        ...


@dataclass(frozen=True, slots=True)
class _Tag:
    """A tag: its name as written, its attributes, whether it closes, where it ends."""

    name: str
    attributes: Mapping[str, str]
    closes: bool
    is_empty: bool
    end: int


def read_tags(text: str, sink: Sink) -> None:
    """Hand over the elements and the text of HTML, well-formed or not, as browsers see them.

    Args:
        text: The document.
        sink: Takes the events; what HTML lets be left open is ended.
    """
    sink, place, endless = Mended(sink), 0, set[str]()
    while match := _MARKUP.search(text, place):
        _give(sink, text[place : match.start()])
        if match["name"] is None:
            place = _behind_comment(text, match, endless)
            continue
        tag = _tag_at(text, match)
        if tag is None:  # no tag ends any more
            place = match.start()
            break
        place = tag.end
        name = local(tag.name)
        if tag.closes:
            sink.end(name)
            continue
        sink.start(name, tag.attributes)
        if tag.is_empty or name in VOID:
            sink.end(name)
        elif tag.name.lower() in _RAW:
            place = _raw(text, place, name, sink, endless)
    _give(sink, text[place:])


def local(tag: str) -> str:
    """Return the name of an element without prefix, in lower case."""
    return tag.rpartition(":")[2].lower()


def _behind_comment(text: str, match: re.Match[str], endless: set[str]) -> int:
    """Return where a comment, declaration or instruction ends: behind its sign if it never does."""
    sign, inside = match[0], match.end()
    if sign == "<!--" and text.startswith((">", "->"), inside):
        return text.index(">", inside) + 1
    if sign in endless:
        return inside
    closing = _COMMENT_END if sign == "<!--" else re.compile(">")
    if end := closing.search(text, inside):
        return end.end()
    endless.add(sign)
    return inside


def _tag_at(text: str, match: re.Match[str]) -> _Tag | None:
    """Return the tag that begins with a name; None if it does not end."""
    place, attributes, is_empty = match.end(), dict[str, str](), False
    while attribute := _ATTRIBUTE.match(text, place):
        if attribute["end"]:
            is_empty = text[attribute.end() - 2] == "/" and attribute.end() - 2 >= place
            return _Tag(
                match["name"], attributes, bool(match["closing"]), is_empty, attribute.end()
            )
        place, value = attribute.end(), attribute["bare"] or ""
        if attribute["quote"]:
            place, value = _quoted(text, place, attribute["quote"])
        attributes.setdefault(attribute["name"].lower(), html.unescape(value))
    return None


def _quoted(text: str, start: int, quote: str) -> tuple[int, str]:
    """Return where a quoted value ends, and the value.

    A value reaches over `<` and `>`. Where a forgotten quote would make it run into the next tag's
    value, or to the end of the text, it ends at the first `>` instead, so that no text is lost.
    """
    end = text.find(quote, start)
    behind = text[end + 1 : end + 2]
    if end >= 0 and (not behind or behind in "/>" or behind.isspace()):
        return end + 1, text[start:end]
    bracket = text.find(">", start, len(text) if end < 0 else end)
    if bracket >= 0:
        return bracket, text[start:bracket]
    return (len(text), text[start:]) if end < 0 else (end + 1, text[start:end])


def _raw(text: str, place: int, tag: str, sink: Sink, endless: set[str]) -> int:
    """Hand over what stands in a script or title, in which there are no tags; return its end."""
    closing = None if tag in endless else _RAW[tag].search(text, place)
    if closing is None:
        endless.add(tag)
        if tag not in _UNESCAPED:
            return place  # a title without an end has tags behind it
    end = closing.start() if closing else len(text)
    if tag not in _UNESCAPED:
        _give(sink, text[place:end])
    elif end > place:
        sink.data(text[place:end])
    return end


def _give(sink: Sink, text: str) -> None:
    if text:
        sink.data(html.unescape(text))
