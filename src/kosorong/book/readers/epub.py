"""Reads EPUB 2 and EPUB 3: the spine in order, chapters as the table of contents cuts it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers.archive import Archive, open_archive
from kosorong.book.readers.body import BodySink
from kosorong.book.readers.cover import cover_of
from kosorong.book.readers.draft import Draft, first, language_tag, plain, title_from_name
from kosorong.book.readers.encoding import decode
from kosorong.book.readers.markup import parse
from kosorong.book.readers.matter import (
    are_told,
    known_titles,
    mark_contents,
    mark_gutenberg,
    matter_of,
)
from kosorong.book.readers.notes import Document, settle
from kosorong.book.readers.package import ContentsEntry, Item, Package, read_contents, read_package
from kosorong.book.readers.pieces import Block
from kosorong.book.readers.starts import (
    Start,
    Starts,
    by_headings,
    chapter_levels,
    first_heading,
    misses_chapters,
    place_of,
    with_parts,
)
from kosorong.errors import InputError

_MOSTLY_LINKS = 0.7
_FEWEST_LINKS = 4  # blocks; a document of fewer, all linked, may be a chapter
_SHORT = 200  # characters of a cover page
_CONTENTS, _COVER = "table of contents", "cover page"
_OUTSIDE = "outside the reading order"


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
        metadata = package.metadata
        name = first(title, metadata.title) or title_from_name(path.stem)
        book = _Book(archive, package, draft, _by_document(entries), name)
        book.read()
        by = first(author, ", ".join(metadata.authors))
        manuscript = draft.finish(name, by, language_tag(language, metadata.language))
        cover, kind = cover_of(archive, package.cover, draft)
    warnings = tuple(draft.warnings)
    return replace(
        manuscript, cover=cover, cover_type=kind, about=metadata.about, warnings=warnings
    )


def _by_document(entries: list[ContentsEntry]) -> dict[str, list[ContentsEntry]]:
    grouped: dict[str, list[ContentsEntry]] = defaultdict(list)
    for entry in entries:
        grouped[entry.name].append(entry)
    return grouped


@dataclass(slots=True)
class _Book:
    """Writes the documents of an EPUB into a draft.

    Attributes:
        archive: The open EPUB.
        package: Its package document.
        draft: Where chapters go.
        contents: Name of a document → its lines in the table of contents.
        title: Title of the book.
        started: True once a chapter of the text is open.
    """

    archive: Archive
    package: Package
    draft: Draft
    contents: dict[str, list[ContentsEntry]]
    title: str
    started: bool = False
    _titles: frozenset[str] = frozenset()
    _late: list[Start] = field(default_factory=list)
    _sheets: dict[str, str] = field(default_factory=dict)
    _types: dict[str, str] = field(default_factory=dict)

    def read(self) -> None:
        """Read all documents of the spine, or record why one is not read."""
        read: list[tuple[Item, bool, Document]] = []
        for item, linear in self.package.spine:
            if item.is_document:
                read.append((item, linear, Document(item.name, self._parse(item))))
            else:
                self.draft.skip(item.name, item.href, "image")
        documents = [document for _, _, document in read]
        settle(documents, self.archive.follow)
        blocks = [document.sink.blocks for document in documents]
        titles = [entry.title for entries in self.contents.values() for entry in entries]
        self._titles = known_titles(titles, blocks)
        mark_gutenberg(blocks)
        mark_contents(blocks, self._titles)
        self._types = {item.name: item.media_type for item in self.package.items.values()}
        matters = [self._matter(item, linear, document.sink) for item, linear, document in read]
        levels = chapter_levels(documents)
        text = [document for document, matter in zip(documents, matters, strict=True) if not matter]
        if self.contents and misses_chapters(text, self.contents, levels):
            self.draft.warn("The table of contents names few chapters; they follow the headings.")
            self.contents = {}
        for (item, _, document), matter in zip(read, matters, strict=True):
            self._write(item, document.sink, matter, levels)

    def _parse(self, item: Item) -> BodySink:
        where = f"{self.archive.name}:{item.name}"

        def sheet(link: str) -> str:
            return self._sheet(self.archive.follow(item.name, link)[0])

        data = self.archive.read(item.name)
        sink, problem = parse(data, where, lambda: BodySink(where, sheet))
        sink.close()
        if problem:
            self.draft.warn(problem)
        return sink

    def _sheet(self, name: str) -> str:
        """Return a style sheet; one that cannot be read hides nothing."""
        if name and name not in self._sheets:
            self._sheets[name] = ""
            try:
                self._sheets[name] = decode(self.archive.read(name), name).text
            except InputError as error:
                self.draft.warn(f"A style sheet was not read: {error}")
        return self._sheets.get(name, "")

    def _matter(self, item: Item, linear: bool, sink: BodySink) -> str:
        """Return which matter a whole document is, "" for the text itself."""
        if not linear:
            return _OUTSIDE
        if "nav" in item.properties or "toc" in sink.types:
            return _CONTENTS
        page = self.package.pages.get(item.name, "")
        if page == _CONTENTS or (len(sink.blocks) >= _FEWEST_LINKS and self._is_linked(sink)):
            return _CONTENTS
        short = sum(len(block.text) for block in sink.blocks) < _SHORT
        if "cover" in sink.types or (page == _COVER and short):
            return _COVER
        return "" if page == _COVER else page

    def _is_linked(self, sink: BodySink) -> bool:
        """Tell whether a document is mostly links that are no text."""
        texts = [block.text for block in sink.blocks if block.text]
        return sink.linked > _MOSTLY_LINKS * sink.length and not are_told(texts, self._titles)

    def _write(self, item: Item, sink: BodySink, matter: str, levels: list[int]) -> None:
        """Write a document stretch by stretch, then its pictures and what is left out of it."""
        for text, why in sink.skipped:
            self.draft.skip(item.name, text, why)
        starts = self._starts(item, sink, levels, matter)
        pictures = _Pictures(self, item, sink)
        for begin, end in pairwise(_cuts(sink.blocks, starts)):
            blocks = sink.blocks[begin:end]
            here = starts.get(begin, [])
            title = here[-1].title if here else first_heading(blocks)
            kind = matter or blocks[0].matter or self._matter_of(title, blocks)
            self._open(item, here, title, kind)
            titles = [_squeezed(plain(start.title)) for start in here]
            for place, block in enumerate(blocks, begin):
                pictures.write(place)
                same = _squeezed(block.text) in titles
                self.draft.add(item.name, block.text, "heading" if same else block.kind)
        pictures.write(len(sink.blocks))
        for note in sink.notes:
            self.draft.add_note(item.name, note)

    def _matter_of(self, title: str, blocks: list[Block]) -> str:
        lines = [block.is_link for block in blocks if block.text and not block.level]
        are_links = sum(lines) > _MOSTLY_LINKS * len(lines)
        texts = [block.text for block in blocks if block.text]
        return matter_of(title, texts, self._titles, are_links=are_links)

    def _open(self, item: Item, starts: list[Start], title: str, matter: str) -> None:
        """Begin the chapters of a stretch, or go on with the last one."""
        if matter:
            level = starts[0].level if starts else 1
            self.draft.open_chapter(title, level, matter)
            return
        for start in starts:
            self.draft.open_chapter(start.title, start.level)
            if start.is_said:
                self.draft.add(item.name, start.title, "heading")
        if not starts and self.started:
            self.draft.resume()
        elif not starts:
            self.draft.open_chapter(self.title, 1)
        self.started = True

    def _starts(self, item: Item, sink: BodySink, levels: list[int], matter: str) -> Starts:
        """Return the chapters that begin in a document."""
        if not self.contents:
            return by_headings(sink.blocks, levels)
        starts: Starts = defaultdict(list)
        own = (place for place, block in enumerate(sink.blocks) if not block.matter)
        begin = next(own, 0)
        if self._late and sink.blocks and not matter:
            starts[begin] += self._late
            self._late.clear()
        for entry in self.contents.get(item.name, []):
            anchor = sink.anchors.get(entry.fragment) if entry.fragment else None
            if entry.fragment and anchor is None:
                self.draft.warn(
                    f"The table of contents points to {entry.name}#{entry.fragment}, which is "
                    "missing; the chapter begins with the file."
                )
            place = place_of(entry, anchor, sink.blocks, begin)
            is_late = anchor is not None and place >= len(sink.blocks) > 0
            start = Start(entry.title, entry.level, entry.is_bare)
            (self._late if is_late else starts[place]).append(start)
        return with_parts(starts, sink.blocks)

    def media_type(self, name: str) -> str:
        """Return the media type of a file of the archive, as the manifest declares it."""
        return self._types.get(name, "")


@dataclass(slots=True)
class _Pictures:
    """Writes down the pictures of a document where they stand."""

    book: _Book
    item: Item
    sink: BodySink
    _next: int = 0

    def write(self, place: int) -> None:
        """Write down the pictures up to the block that is about to be written."""
        pictures = self.sink.pictures
        while self._next < len(pictures) and pictures[self._next].place <= place:
            picture = pictures[self._next]
            self._next += 1
            if picture.source.startswith("data:image/"):
                name = picture.source
                kind = picture.source[5:].partition(",")[0].partition(";")[0]
            else:
                name = self.book.archive.follow(self.item.name, picture.source)[0]
                kind = self.book.media_type(name)
            if name:
                self.book.draft.add_picture(name, kind, picture.alt)


def _cuts(blocks: list[Block], starts: Starts) -> list[int]:
    """Return where the stretches of a document begin, and where the last one ends."""
    changes = (i for i in range(1, len(blocks)) if blocks[i].matter != blocks[i - 1].matter)
    begins = (place for place in starts if place < len(blocks))
    cuts = {0, len(blocks), *changes, *begins} if blocks else set()
    return sorted(cuts)


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()
