"""Reads what the package of an EPUB tells of the book: titles, makers, publisher, series.

EPUB 3.3, 5.5; EPUB 2.0.1, 2.2 (`opf:role`); calibre's names for a series.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from kosorong.book.manuscript import About, Contributor
from kosorong.book.readers.draft import plain
from kosorong.book.readers.markup import Node

_LONGEST = 4_000  # characters of a description or of rights
_MOST = 200  # creators, subjects
_TAGS = re.compile(r"<[/!?]?[A-Za-z][^<>]{0,500}>")
_PARAGRAPH = re.compile(r"<\s*(?:/p|/div|br\s*/?)\s*>", re.IGNORECASE)
_RELATOR = re.compile(r"(?:.*[/#:])?([a-z]{3})", re.IGNORECASE)
_WORDS = {
    "author": "aut",
    "writer": "aut",
    "creator": "aut",
    "translator": "trl",
    "illustrator": "ill",
    "artist": "art",
    "editor": "edt",
    "narrator": "nrt",
    "photographer": "pht",
    "contributor": "ctb",
    "publisher": "pbl",
    "compiler": "com",
    "지은이": "aut",
    "저자": "aut",
    "글": "aut",
    "옮긴이": "trl",
    "번역": "trl",
    "역자": "trl",
    "그린이": "ill",
    "그림": "ill",
    "엮은이": "edt",
    "편집": "edt",
}
_AUTHOR = "aut"
_MAIN, _SUBTITLE, _COLLECTION = "main", "subtitle", "collection"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a package tells of the book.

    Attributes:
        title: The main title.
        authors: Who wrote it, in order.
        language: As declared, "" where missing.
        about: Everything else.
    """

    title: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    about: About = field(default_factory=About)


@dataclass(slots=True)
class _Source:
    """The metadata's elements, and what refines which."""

    elements: list[Node]
    refined: dict[str, list[Node]] = field(default_factory=lambda: defaultdict(list))

    def all(self, tag: str) -> list[Node]:
        """Return the elements of a name that are not empty."""
        return [
            element for element in self.elements if element.tag == tag and element.text.strip()
        ][:_MOST]

    def first(self, tag: str) -> str:
        """Return the text of the first element of a name, at length, or ""."""
        return next((_prose(element.text) for element in self.all(tag)), "")

    def refinement(self, node: Node, name: str) -> list[str]:
        """Return what refines an element in one respect, as EPUB 3 or EPUB 2 writes it."""
        identifier = node.get("id")
        refined = self.refined.get(identifier, []) if identifier else []
        texts = [element.text.strip() for element in refined if _property(element) == name]
        return [text for text in (*texts, node.get(name)) if text]

    def meta(self, name: str) -> Iterator[str]:
        """Yield the values of `<meta name content>`."""
        for node in self.elements:
            if node.tag == "meta" and node.get("name").lower() == name and node.get("content"):
                yield node.get("content")


def read_metadata(root: Node) -> Metadata:
    """Return what the metadata of a package tells.

    Args:
        root: The package document.
    """
    elements = [element for part in root.find_all("metadata") for element in part.find_all(*_READ)]
    source = _Source(elements or root.find_all(*_READ))
    for node in source.elements:
        if node.tag == "meta" and node.get("refines"):
            source.refined[node.get("refines").removeprefix("#")].append(node)
    titles = [(plain(n.text), _kind(source, n)) for n in _in_order(source, source.all("title"))]
    series, number = _series(source, titles)
    makers = list(_makers(source))
    languages = source.all("language")
    return Metadata(
        _title(titles),
        _authors(makers, {plain(node.text) for node in source.all("creator")}),
        languages[0].text.strip() if languages else "",
        About(
            subtitle=" ".join(text for text, kind in titles if kind == _SUBTITLE),
            contributors=tuple(makers),
            publisher=plain(source.first("publisher")),
            date=_date(source),
            rights=source.first("rights"),
            description=source.first("description"),
            subjects=tuple(dict.fromkeys(plain(element.text) for element in source.all("subject"))),
            series=series,
            series_number=number,
            identifiers=tuple(plain(element.text) for element in source.all("identifier")),
        ),
    )


_READ = (
    "title", "creator", "contributor", "language", "publisher", "date", "rights", "description",
    "subject", "identifier", "meta",
)  # fmt: skip


def _property(node: Node) -> str:
    return node.get("property").rpartition(":")[2].lower()


def _prose(text: str) -> str:
    """Return a longer text without tags; a line feed for the end of a paragraph."""
    text = _TAGS.sub("", _PARAGRAPH.sub("\n", text[: 2 * _LONGEST]))
    lines = (" ".join(line.split()) for line in text.strip().split("\n"))
    return "\n".join(line for line in lines if line)[:_LONGEST].strip()


def _kind(source: _Source, node: Node) -> str:
    return next((kind.lower() for kind in source.refinement(node, "title-type")), "")


def _in_order(source: _Source, nodes: list[Node]) -> list[Node]:
    """Return elements in the order they are to be shown in."""

    def place(node: Node) -> int:
        number = next(iter(source.refinement(node, "display-seq")), "")
        return int(number) if number.isdecimal() and len(number) < 6 else 1 << 20

    return sorted(nodes, key=place)


def _title(titles: list[tuple[str, str]]) -> str:
    """Return the main title, or the first of no kind, or the first."""
    for wanted in (_MAIN, ""):
        if matching := [text for text, kind in titles if kind == wanted and text]:
            return matching[0]
    return next((text for text, _ in titles if text), "")


def _makers(source: _Source) -> Iterator[Contributor]:
    for node in (*_in_order(source, source.all("creator")), *source.all("contributor")):
        roles = dict.fromkeys(filter(None, map(_role, source.refinement(node, "role"))))
        sorted_as = next(iter(source.refinement(node, "file-as")), "")
        if name := plain(node.text):
            yield Contributor(name, tuple(roles), plain(sorted_as))


def _role(text: str) -> str:
    """Return the MARC code of a role: trl, its address, or a word for it."""
    word = text.strip().lower()
    if word in _WORDS:
        return _WORDS[word]
    match = _RELATOR.fullmatch(word)
    return match[1] if match else plain(word)[:40]


def _authors(makers: list[Contributor], creators: set[str]) -> tuple[str, ...]:
    """Return who wrote it: creators that are authors or of no role, else any creator."""
    named = [maker for maker in makers if _AUTHOR in maker.roles]
    silent = [maker for maker in makers if not maker.roles and maker.name in creators]
    everybody = [maker for maker in makers if maker.name in creators]
    if named:
        chosen = [maker for maker in makers if maker in named or maker in silent]
    else:
        chosen = silent or everybody
    return tuple(dict.fromkeys(maker.name for maker in chosen))


def _date(source: _Source) -> str:
    """Return the date of publication, or else the first that is no other event's."""
    dates = [(plain(element.text), element.get("event").lower()) for element in source.all("date")]
    for wanted in ("publication", "original-publication", ""):
        if matching := [text for text, event in dates if event == wanted]:
            return matching[0]
    return next((text for text, event in dates if event not in {"modification", "creation"}), "")


def _series(source: _Source, titles: list[tuple[str, str]]) -> tuple[str, str]:
    """Return the name of the series and the book's place in it."""
    for node in source.elements:
        if node.tag != "meta" or _property(node) != "belongs-to-collection" or node.get("refines"):
            continue
        kinds = source.refinement(node, "collection-type")
        if plain(node.text) and (not kinds or "series" in kinds):
            place = next(iter(source.refinement(node, "group-position")), "")
            return plain(node.text), plain(place)
    if name := next(source.meta("calibre:series"), ""):
        return plain(name), plain(next(source.meta("calibre:series_index"), ""))
    return next((text for text, kind in titles if kind == _COLLECTION), ""), ""
