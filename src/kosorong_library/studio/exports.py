"""Files of a whole book: asked for by a request, built by a worker, kept until the book changes."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from kosorong.book.edition import Edition
from kosorong.book.writers.epub import write_epub
from kosorong.book.writers.m4b import write_m4b
from kosorong.book.writers.mp3 import write_mp3
from kosorong.book.writers.vtt import cue
from kosorong.errors import KosorongError, StorageError
from kosorong.text.cleaning import plain
from kosorong_library.config.deadlocks import retried
from kosorong_library.config.errors import without_paths
from kosorong_library.config.scratch import scratch
from kosorong_library.library.models import Book
from kosorong_library.storage.files import forget, keep
from kosorong_library.studio.damage import DamagedError
from kosorong_library.studio.models import Export
from kosorong_library.studio.shelf import edition_of
from kosorong_library.studio.signals import export_wanted

Writer = Callable[[Edition, Path], Path]


@retried
def ask(book: Book, format_: str) -> Export:
    """Return the export of a book in a format; where it is missing or stale, it is built."""
    with transaction.atomic():
        export, _ = Export.objects.select_for_update().get_or_create(
            book=book, format=format_, defaults={"revision": book.revision}
        )
        if export.made != book.revision and export.asked_at is None:
            export.asked_at, export.revision, export.problem = timezone.now(), book.revision, ""
            export.save()
            transaction.on_commit(partial(export_wanted.send, None, export=export.pk))
    return export


def build(number: int) -> bool:
    """Build an export that was asked for; the file before it stays until the new one is there."""
    export = Export.objects.select_related("book").filter(pk=number).first()
    if export is None or export.asked_at is None:
        return False
    book, revision = export.book, export.book.revision
    try:
        name = _build(book, export.format)
    except KosorongError as error:
        Export.objects.filter(pk=number).update(
            asked_at=None,
            made=None,
            problem=str(without_paths(error)),
            full=isinstance(error, StorageError) and not isinstance(error, DamagedError),
        )
        return False
    old = export.file.name
    rows = Export.objects.filter(pk=number).update(
        file=name, made=revision, asked_at=None, problem=""
    )
    # The book may have been deleted meanwhile, and its export with it.
    forget([old if rows else name])
    return bool(rows)


def _build(book: Book, format_: str) -> str:
    with scratch() as folder:
        edition = edition_of(book, folder)
        path = WRITERS[format_](edition, folder / f"book.{ENDINGS[format_]}")
        with path.open("rb") as file:
            unique = get_random_string(8)
            return keep(f"{book.folder}/{format_}-{unique}.{ENDINGS[format_]}", File(file))


def _m4b(edition: Edition, path: Path) -> Path:
    return write_m4b(edition, path)[0]


def _epub(edition: Edition, path: Path) -> Path:
    return write_epub(edition, path)[0]


def _mp3(edition: Edition, path: Path) -> Path:
    """Write the chapters' MP3 files into one archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for file in write_mp3(edition, path.with_suffix("")):
            archive.write(file, file.name)
            file.unlink()
    return path


def _vtt(edition: Edition, path: Path) -> Path:
    """Write one WebVTT file with times from the beginning of the book, as its M4B has them."""
    before = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        imprint = edition.imprint
        file.write(f"WEBVTT {_said(imprint.title)}\nLanguage: {imprint.language}\n\n")
        file.write(f"NOTE\n{_said(imprint.comment)}\n\n")
        for part in edition.parts:
            offset = round(before * 1000 / edition.sample_rate)
            for line in edition.lines(part):
                words = tuple(replace(word, begin=word.begin + offset) for word in line.words)
                moved = replace(line, begin=line.begin + offset, end=line.end + offset, words=words)
                if moved.end > moved.begin:
                    file.write(cue(moved))
            before += part.samples
    return path


def _said(text: str) -> str:
    return plain(text).replace("-->", "→")


WRITERS: dict[str, Writer] = {"m4b": _m4b, "epub": _epub, "mp3": _mp3, "vtt": _vtt}
ENDINGS = {"m4b": "m4b", "epub": "epub", "mp3": "zip", "vtt": "vtt"}
TYPES = {
    "m4b": "audio/mp4",
    "epub": "application/epub+zip",
    "mp3": "application/zip",
    "vtt": "text/vtt; charset=utf-8",
}
