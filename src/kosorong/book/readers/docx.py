"""Reads DOCX (Office Open XML, ECMA-376): the document in order, with the account of the rest."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers.archive import Archive, open_archive
from kosorong.book.readers.docx_body import NOTES, DocumentSink, Notes
from kosorong.book.readers.docx_parts import (
    PropertiesSink,
    Relation,
    Styles,
    StylesSink,
    author_of,
    relations,
    title_of,
)
from kosorong.book.readers.draft import Draft, first, title_from_name
from kosorong.book.readers.flow import Passage
from kosorong.book.readers.office import walk
from kosorong.book.readers.outline import language_of, sole_heading, write
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
        styles = _styles(archive, parts)
        notes = _notes(archive, parts, styles)
        body = walk(archive, main, DocumentSink(f"{archive.name}:{main}", styles, notes))
        about = _properties(archive, package)
        edges = _edges(archive, parts, styles)
    passages = [*body.flow.passages, *notes.unused(), *edges]
    write(draft, passages)
    named = (title, body.title, title_of(about.get("title", "")), sole_heading(passages))
    name = first(*named) or title_from_name(path.stem)
    by = first(author, author_of(about.get("creator", "")))
    return draft.finish(name, by, language_of(language, about.get("language", ""), passages))


def _main(archive: Archive, package: Mapping[str, Relation]) -> str:
    """Return the name of the document itself."""
    named = [one.name for one in package.values() if one.kind == "officedocument"]
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


def _styles(archive: Archive, parts: Mapping[str, Relation]) -> Styles:
    for name in _named(archive, parts, "styles"):
        return walk(archive, name, StylesSink(f"{archive.name}:{name}")).styles
    return Styles()


def _named(archive: Archive, parts: Mapping[str, Relation], kind: str) -> list[str]:
    """Return the parts of a kind that are there."""
    names = (one.name for one in parts.values() if one.kind == kind)
    return list(dict.fromkeys(name for name in names if name and archive.find(name)))


def _properties(archive: Archive, package: Mapping[str, Relation]) -> dict[str, str]:
    for name in _named(archive, package, "core-properties"):
        return walk(archive, name, PropertiesSink(f"{archive.name}:{name}")).found
    return {}


def _edges(archive: Archive, parts: Mapping[str, Relation], styles: Styles) -> list[Passage]:
    """Return what stands at the top and the bottom of pages, the same only once."""
    found: dict[str, Passage] = {}
    for kind, reason in _EDGES.items():
        for name in _named(archive, parts, kind):
            sink = walk(archive, name, DocumentSink(f"{archive.name}:{name}", styles, Notes({})))
            for one in sink.flow.passages:
                found.setdefault(one.text, Passage(one.text, reason=one.reason or reason))
    return list(found.values())


def _notes(archive: Archive, parts: Mapping[str, Relation], styles: Styles) -> Notes:
    found: dict[tuple[str, str], str] = {}
    for kind in NOTES:
        for name in _named(archive, parts, kind):
            sink = DocumentSink(f"{archive.name}:{name}", styles, Notes({}))
            texts = walk(archive, name, sink).notes
            found.update(((kind, number), text) for number, text in texts.items())
    return Notes(found)
