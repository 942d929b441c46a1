"""Files of a whole book: asked for by a request, built by a worker, kept until the book changes."""

from __future__ import annotations

from functools import partial

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from kosorong.book.formats import FORMATS, write_one
from kosorong.errors import KosorongError, StorageError
from kosorong_library.config.deadlocks import retried
from kosorong_library.config.errors import without_paths
from kosorong_library.config.scratch import scratch
from kosorong_library.library.models import Book
from kosorong_library.library.revisions import revision_of
from kosorong_library.storage.files import forget, keep
from kosorong_library.studio.damage import DamagedError
from kosorong_library.studio.models import Export
from kosorong_library.studio.signals import export_wanted
from kosorong_library.studio.take_store import edition_of


@retried
def ask(book: Book, format_: str) -> Export:
    """Return the export of a book in a format; where it is missing or stale, it is built."""
    revision = revision_of(book)
    with transaction.atomic():
        export, _ = Export.objects.select_for_update().get_or_create(
            book=book, format=format_, defaults={"revision": revision}
        )
        if export.made != revision and export.asked_at is None:
            export.asked_at, export.revision, export.problem = timezone.now(), revision, ""
            export.save()
            transaction.on_commit(partial(export_wanted.send, None, export=export.pk))
    return export


def build(number: int) -> bool:
    """Build an export that was asked for; the file before it stays until the new one is there."""
    export = Export.objects.select_related("book").filter(pk=number).first()
    if export is None or export.asked_at is None:
        return False
    book, revision = export.book, revision_of(export.book)
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
        ending = FORMATS[format_].ending
        path = write_one(format_, edition, folder / f"book.{ending}")
        with path.open("rb") as file:
            unique = get_random_string(8)
            return keep(f"{book.folder}/{format_}-{unique}.{ending}", File(file))
