"""EPUB 3 with media overlays: a book that reads itself aloud, word by word.

Follows EPUB 3.3 and Media Overlays (SMIL 3.0). Entries are written one after another; of a
chapter, one segment is in memory at a time.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from kosorong.book.edition import Edition, Part
from kosorong.book.writers.epub_package import (
    CONTAINER,
    COVER_ENDINGS,
    colophon,
    contents,
    package,
    sound_name,
    stem,
)
from kosorong.book.writers.epub_pages import STYLE, PageLanguages, chapter_page, overlay
from kosorong.book.writers.m4b import write_chapter
from kosorong.book.writers.packets import gathered


def write_epub(edition: Edition, target: Path) -> list[Path]:
    """Write a book as EPUB 3.

    Args:
        edition: The book.
        target: The file, written whole or not at all.

    Returns:
        The file.

    Raises:
        StorageError: The disk is full, or the audio of a segment is damaged.
    """
    with (
        edition.replacing(target) as place,
        zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as file,
    ):
        # Has to be the first entry, uncompressed (OCF 3.3, 4.2).
        file.writestr(_entry("mimetype", zipfile.ZIP_STORED), "application/epub+zip")
        _write(file, "META-INF/container.xml", [CONTAINER])
        _write(file, "EPUB/package.opf", [package(edition, datetime.now(UTC))])
        _write(file, "EPUB/nav.xhtml", [contents(edition)])
        _write(file, "EPUB/style.css", [STYLE])
        imprint = edition.imprint
        if imprint.cover:
            name = f"EPUB/cover.{COVER_ENDINGS[imprint.cover_type]}"
            file.writestr(_entry(name, zipfile.ZIP_STORED), imprint.cover)
        for part in edition.parts:
            _write_part(file, edition, part)
        _write(file, "EPUB/colophon.xhtml", colophon(edition))
    return [target]


def _write_part(file: zipfile.ZipFile, edition: Edition, part: Part) -> None:
    imprint = edition.imprint
    languages = PageLanguages(imprint.language, imprint.beside, imprint.original)
    name = f"EPUB/text/{stem(part)}"
    page = chapter_page(part, edition.lines(part), languages, "../style.css")
    _write(file, f"{name}.xhtml", page)
    smil = overlay(edition.lines(part), f"{stem(part)}.xhtml", f"../{sound_name(part)}")
    _write(file, f"{name}.smil", smil)
    entry = _entry(f"EPUB/{sound_name(part)}", zipfile.ZIP_STORED)
    with gathered(edition, part) as packets:
        # About: by it the archive chooses whether sizes need 64 bits, which few readers know.
        entry.file_size = sum(packets.sizes)
        with file.open(entry, "w") as sink:
            write_chapter(edition, part, packets, sink)


def _write(file: zipfile.ZipFile, name: str, pieces: Iterable[str]) -> None:
    with file.open(_entry(name, zipfile.ZIP_DEFLATED), "w") as sink:
        for piece in pieces:
            sink.write(piece.encode("utf-8"))


def _entry(name: str, compression: int) -> zipfile.ZipInfo:
    # A fixed date: the same book gives the same bytes but for the package's own date.
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = compression
    entry.external_attr = 0o644 << 16
    return entry
