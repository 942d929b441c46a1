"""Reads HWPX (OWPML, KS X 6101): the sections in order, with the account of the rest."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers.archive import Archive, open_archive
from kosorong.book.readers.counting import Counts
from kosorong.book.readers.docx_parts import keep_first
from kosorong.book.readers.draft import Draft
from kosorong.book.readers.flow import FlowItem
from kosorong.book.readers.hwpx_body import SectionSink, StyleNames, StyleNamesSink
from kosorong.book.readers.office import Close, OfficeSink, value, walk, walk_text, written
from kosorong.book.readers.refused import refuse_other_archive
from kosorong.errors import InputError

_KIND = "HWPX"
_PACKAGE = "Contents/content.hpf"
_HEADER = "Contents/header.xml"
_SECTION = re.compile(r"contents/section(\d{1,5})\.xml", re.IGNORECASE)
_TWICE = frozenset({"header or footer", "comment"})  # stand in a file several times
_MANIFEST = "META-INF/manifest.xml"


def read_hwpx(path: Path, *, title: str = "", author: str = "", language: str = "") -> Manuscript:
    """Read an HWPX.

    Args:
        path: The file.
        title: Replaces the title found in it.
        author: Replaces the author of its properties.
        language: Replaces the language of its properties.

    Raises:
        InputError: It is damaged, protected, hostile, too large, no HWPX, or has no text.
    """
    draft = Draft(path.name)
    with open_archive(path, _KIND) as archive:
        package = _package(archive)
        sections = _sections(archive, package)
        _refuse_locked(archive)
        styles = _styles(archive)
        passages = _once(_passages(archive, sections, styles, draft))
    metadata = {"title": title, "author": author, "language": language}
    return written(draft, passages, path, package.about, metadata)


@dataclass(slots=True)
class _Package:
    """What the package document tells.

    Attributes:
        about: Name of a property → text.
        items: Identifier → name of the file.
        spine: Identifiers in reading order.
    """

    about: dict[str, str] = field(default_factory=dict)
    items: dict[str, str] = field(default_factory=dict)
    spine: list[str] = field(default_factory=list)


class _PackageSink(OfficeSink):
    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.package = _Package()

    def open(self, tag: str, attributes: Mapping[str, str]) -> Close | None:
        """Take an element."""
        if tag == "item":
            self.package.items[value(attributes, "id")] = value(attributes, "href")
        elif tag == "itemref":
            self.package.spine.append(value(attributes, "idref"))
        elif tag in {"title", "language", "meta"}:
            name = (value(attributes, "name") or tag).lower()
            return self.take(lambda text: keep_first(self.package.about, name, text))
        return None


def _package(archive: Archive) -> _Package:
    if not archive.find(_PACKAGE):
        return _Package()
    return walk(archive, _PACKAGE, _PackageSink(f"{archive.name}:{_PACKAGE}")).package


def _sections(archive: Archive, package: _Package) -> list[str]:
    """Return the names of the sections in reading order: the spine's, else by their numbers.

    Raises:
        InputError: There are none.
    """
    names: list[str] = []
    for identifier in package.spine:
        href = package.items.get(identifier, "")
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(_PACKAGE), href))
        name = archive.find(href) or archive.find(beside)
        if _SECTION.fullmatch(name) and name not in names:
            names.append(name)
    sections = ((match, name) for name in archive.names() if (match := _SECTION.fullmatch(name)))
    numbered = sorted((int(match[1]), name) for match, name in sections)
    names = names or [name for _, name in numbered]
    if not names:
        refuse_other_archive(archive, _KIND)
        raise InputError(
            "The HWPX holds no section.",
            where=archive.name,
            cure="Open it in Hancom Office (한글) and save it anew as .hwpx.",
            reason="damaged",
        )
    return names


def _refuse_locked(archive: Archive) -> None:
    if archive.find(_MANIFEST) and b"encryption-data" in archive.read(_MANIFEST):
        raise InputError(
            "The document is locked with a password.",
            where=archive.name,
            cure="Open it in Hancom Office (한글) and save it without a password.",
            reason="locked",
        )


def _styles(archive: Archive) -> StyleNames:
    if not archive.find(_HEADER):
        return StyleNames()
    return walk(archive, _HEADER, StyleNamesSink(f"{archive.name}:{_HEADER}")).styles


def _passages(
    archive: Archive, sections: list[str], styles: StyleNames, draft: Draft
) -> Iterator[FlowItem]:
    """Yield what the sections hold; their lists are counted on from one to the next."""
    counts = Counts()

    def make(where: str, endless: frozenset[int]) -> SectionSink:
        return SectionSink(where, styles, counts.copy(), endless)

    for name in sections:
        sink = walk_text(archive, name, draft, make)
        counts = sink.counts
        yield from sink.flow.passages


def _once(passages: Iterable[FlowItem]) -> list[FlowItem]:
    """Return passages with what stands at every page's edge, and memos, listed once."""
    seen: set[str] = set()
    kept: list[FlowItem] = []
    for passage in passages:
        if passage.reason in _TWICE:
            if passage.text in seen:
                continue
            seen.add(passage.text)
        kept.append(passage)
    return kept
