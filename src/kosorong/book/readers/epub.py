"""Reads EPUB 2 and EPUB 3: the spine in order, chapters as the table of contents cuts it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers.archive import Archive, open_archive
from kosorong.book.readers.body import Block, BodySink
from kosorong.book.readers.draft import Draft, first, language_tag, plain, title_from_name
from kosorong.book.readers.markup import parse
from kosorong.book.readers.package import Entry, Item, Package, read_contents, read_package

_MOSTLY_LINKS = 0.7
_FEWEST_LINKS = 4  # blocks; a document of fewer, all linked, may be a chapter
_SKIPPED_PAGES = {"cover": "cover page", "toc": "table of contents"}


def read_epub(path: Path, *, title: str = "", author: str = "", language: str = "") -> Manuscript:
    """Read an EPUB.

    Args:
        path: The file.
        title: Replaces the title of the package.
        author: Replaces the authors of the package.
        language: Replaces the language of the package.

    Raises:
        InputError: It is damaged, protected, hostile, too large, or has no text.
    """
    draft = Draft(path.name)
    with open_archive(path) as archive:
        if archive.has_duplicates:
            draft.warn("Several files of the EPUB have the same name; the last of each was read.")
        package = read_package(archive, draft)
        entries = read_contents(archive, package, draft)
        name = first(title, package.title) or title_from_name(path.stem)
        book = _Book(archive, package, draft, _by_document(entries), name)
        for item, linear in package.spine:
            book.read(item, linear)
        by = first(author, ", ".join(package.authors))
        tag = language_tag(language, package.language)
        manuscript = draft.finish(name, by, tag)
        cover = archive.read(package.cover.name) if package.cover else None
    return replace(
        manuscript, cover=cover, cover_type=package.cover.media_type if package.cover else ""
    )


def _by_document(entries: list[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.name].append(entry)
    return found


@dataclass(slots=True)
class _Book:
    """Writes the documents of an EPUB into a draft.

    Attributes:
        archive: The open EPUB.
        package: Its package document.
        draft: Where chapters go.
        contents: Name of a document → its lines in the table of contents.
        title: Title of the book.
        started: True once a chapter is open.
    """

    archive: Archive
    package: Package
    draft: Draft
    contents: dict[str, list[Entry]]
    title: str
    started: bool = False

    def read(self, item: Item, linear: bool) -> None:
        """Read one document of the spine, or record why it is not read."""
        if not item.is_document:
            self.draft.skip(item.name, item.href, "image")
            return
        where = f"{self.archive.name}:{item.name}"
        sink, problem = parse(self.archive.read(item.name), where, lambda: BodySink(where))
        sink.close()
        if problem:
            self.draft.warn(problem)
        reason = self._why_not(item, linear, sink)
        if reason:
            self.draft.skip(item.name, "\n".join(b.text for b in sink.blocks), reason)
        for text, why in sink.skipped:
            self.draft.skip(item.name, text, why)
        if not reason:
            self._write(item, sink)
        for note in sink.notes:
            self.draft.add_note(item.name, note)

    def _why_not(self, item: Item, linear: bool, sink: BodySink) -> str:
        """Return why a whole document is not read, or ""."""
        if not linear:
            return "outside the reading order"
        if "nav" in item.properties or "toc" in sink.types:
            return _SKIPPED_PAGES["toc"]
        page = self.package.pages.get(item.name, "")
        if page == "toc" or (len(sink.blocks) >= _FEWEST_LINKS and self._mostly_links(sink)):
            return _SKIPPED_PAGES["toc"]
        short = sum(len(block.text) for block in sink.blocks) < 200
        if "cover" in sink.types or (page == "cover" and short):
            return _SKIPPED_PAGES["cover"]
        return ""

    def _mostly_links(self, sink: BodySink) -> bool:
        return sink.linked > _MOSTLY_LINKS * sink.length

    def _write(self, item: Item, sink: BodySink) -> None:
        """Write blocks; a chapter begins wherever the table of contents points."""
        starts = self._starts(item, sink)
        for place, block in enumerate(sink.blocks):
            for title, level in starts.get(place, []):
                self._open(title, level)
            if not self.started:
                self._open(self.title, 1)
            titles = [plain(title) for title, _ in starts.get(place, [])]
            same = _squeezed(block.text) in map(_squeezed, titles)
            self.draft.add(item.name, block.text, "heading" if same else block.kind)

    def _starts(self, item: Item, sink: BodySink) -> dict[int, list[tuple[str, int]]]:
        """Return block index → (title, level) of the chapters that begin there."""
        starts: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for entry in self.contents.get(item.name, []):
            if entry.fragment and entry.fragment not in sink.anchors:
                self.draft.warn(
                    f"The table of contents points to {entry.name}#{entry.fragment}, which is "
                    "missing; the chapter begins with the file."
                )
            starts[sink.anchors.get(entry.fragment, 0)].append((entry.title, entry.level))
        if not self.contents:
            heading = _first_heading(sink.blocks)
            if heading:
                starts[0].append((heading, 1))
        return starts

    def _open(self, title: str, level: int) -> None:
        self.draft.open_chapter(title, level)
        self.started = True


def _first_heading(blocks: list[Block]) -> str:
    """Return the heading among the first blocks of a document, or ""."""
    return next((block.text for block in blocks[:3] if block.level), "")


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()
