"""Reads DOCX (Office Open XML, ECMA-376): the document in order, with the account of the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers.archive import Archive, open_archive
from kosorong.book.readers.docx_body import DocumentSink
from kosorong.book.readers.docx_numbering import Lists, Numbering, NumberingSink
from kosorong.book.readers.docx_parts import (
    NOTES,
    DocxStyles,
    Notes,
    PropertiesSink,
    Relation,
    StylesSink,
    relations,
)
from kosorong.book.readers.draft import Draft
from kosorong.book.readers.flow import FlowItem
from kosorong.book.readers.office import walk, walk_text, written
from kosorong.book.readers.refused import refuse_other_archive
from kosorong.errors import InputError

_KIND = "DOCX"
_EDGES = {"header": "header or footer", "footer": "header or footer"}


def read_docx(path: Path, *, title: str = "", author: str = "", language: str = "") -> Manuscript:
    """Read a DOCX.

    Args:
        path: The file.
        title: Replaces the title found in it.
        author: Replaces the author of its properties.
        language: Replaces the language of its properties.

    Raises:
        InputError: It is damaged, protected, hostile, too large, no DOCX, or has no text.
    """
    draft = Draft(path.name)
    with open_archive(path, _KIND) as archive:
        package = relations(archive, "")
        main = _main(archive, package)
        parts = relations(archive, main)
        about = _properties(archive, package)
        text = _Text(archive, draft, parts, _styles(archive, parts), _lists(archive, parts))
        body = text.read(main, text.notes())
        passages = [*body.flow.passages, *body.marks.unused(), *text.edges()]
    metadata = {"title": title, "author": author, "language": language}
    return written(draft, passages, path, about, metadata, body.title)


@dataclass(frozen=True, slots=True)
class _Text:
    """Reads the documents of text.

    Attributes:
        archive: The open file.
        draft: Learns what was mended.
        parts: What the main document points to.
        styles: Of it.
        lists: Of it.
    """

    archive: Archive
    draft: Draft
    parts: Mapping[str, Relation]
    styles: DocxStyles
    lists: Lists

    def read(self, name: str, notes: Mapping[tuple[str, str], str]) -> DocumentSink:
        """Return a document by the name of its part."""

        def make(where: str, endless: frozenset[int]) -> DocumentSink:
            numbering = Numbering(self.lists, self.styles)
            return DocumentSink(where, self.styles, Notes(dict(notes)), numbering, endless)

        return walk_text(self.archive, name, self.draft, make)

    def notes(self) -> dict[tuple[str, str], str]:
        """Return footnotes, endnotes and comments: kind and identifier → text."""
        notes: dict[tuple[str, str], str] = {}
        for kind in NOTES:
            for name in _named(self.archive, self.parts, kind):
                texts = self.read(name, {}).notes
                notes.update(((kind, number), text) for number, text in texts.items())
        return notes

    def edges(self) -> list[FlowItem]:
        """Return what stands at the top and the bottom of pages, the same only once."""
        kept: dict[str, FlowItem] = {}
        for kind, reason in _EDGES.items():
            for name in _named(self.archive, self.parts, kind):
                for passage in self.read(name, {}).flow.passages:
                    kept.setdefault(
                        passage.text, FlowItem(passage.text, reason=passage.reason or reason)
                    )
        return list(kept.values())


def _main(archive: Archive, package: Mapping[str, Relation]) -> str:
    """Return the name of the document itself."""
    named = [relation.name for relation in package.values() if relation.kind == "officedocument"]
    for name in (*named, "word/document.xml"):
        if name.endswith(".xml") and archive.find(name) and not name.startswith(("xl/", "ppt/")):
            return name
    refuse_other_archive(archive, _KIND)
    raise InputError(
        "The DOCX holds no document.",
        where=archive.name,
        cure="Open it in a word processor and save it anew as .docx.",
        reason="damaged",
    )


def _styles(archive: Archive, parts: Mapping[str, Relation]) -> DocxStyles:
    for name in _named(archive, parts, "styles"):
        return walk(archive, name, StylesSink(f"{archive.name}:{name}")).styles
    return DocxStyles()


def _lists(archive: Archive, parts: Mapping[str, Relation]) -> Lists:
    for name in _named(archive, parts, "numbering"):
        return walk(archive, name, NumberingSink(f"{archive.name}:{name}")).lists
    return Lists()


def _named(archive: Archive, parts: Mapping[str, Relation], kind: str) -> list[str]:
    """Return the parts of a kind that are there."""
    names = (relation.name for relation in parts.values() if relation.kind == kind)
    return list(dict.fromkeys(name for name in names if name and archive.find(name)))


def _properties(archive: Archive, package: Mapping[str, Relation]) -> dict[str, str]:
    for name in _named(archive, package, "core-properties"):
        return walk(archive, name, PropertiesSink(f"{archive.name}:{name}")).found
    return {}
