"""Rows as lines of JSON, read in one snapshot and written back as they were."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import Field, FileField, Model

from kosorong.errors import StorageError

_PAGE = 1000
_BATCH = 200
# What can be made again, what is bound to one machine, and what Django itself fills.
_LEFT_OUT = frozenset(
    {
        "accounts.attempt",
        "accounts.user_user_permissions",
        "accounts.usersession",
        "admin.logentry",
        "auth.group_permissions",
        "auth.permission",
        "contenttypes.contenttype",
        "library.letters",
        "studio.export",
    }
)
_APPS_LEFT_OUT = frozenset({"django_tasks_database", "django_rq"})


def tables() -> list[type[Model]]:
    """Return the models that a backup holds, in an order that is always the same."""
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and model._meta.label_lower not in _LEFT_OUT
        and model._meta.app_label not in _APPS_LEFT_OUT
    ]
    return sorted(models, key=lambda model: str(model._meta.label_lower))


@contextmanager
def snapshot() -> Iterator[None]:
    """Read everything as it is at one moment, while others go on writing."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # Not Django's own transaction, which takes the write lock.
            cursor.execute("BEGIN DEFERRED")
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
        else:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def write(model: type[Model], path: Path) -> int:
    """Write the rows of a model: a line of columns, then a line a row; return how many."""
    columns = [field.attname for field in _fields(model)]
    key = columns.index(model._meta.pk.attname)
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        print(json.dumps(columns), file=file)
        for row in _pages(model, columns, key):
            print(json.dumps(row, ensure_ascii=False, default=_said), file=file)
            count += 1
    return count


def names_of_files(model: type[Model]) -> Iterator[str]:
    """Yield the names of the files that rows of a model need."""
    for field in _fields(model):
        if isinstance(field, FileField):
            columns = [model._meta.pk.attname, field.attname]
            for _, name in _pages(model, columns, 0):
                if name:
                    yield str(name)


def read(model: type[Model], lines: Iterator[str]) -> int:
    """Insert the rows that `write` wrote, exactly as they were; return how many.

    Raises:
        StorageError: The backup has columns that this version does not know.
    """
    fields = {field.attname: field for field in _fields(model)}
    columns = json.loads(next(lines))
    unknown = sorted(set(columns) - set(fields))
    if unknown:
        raise StorageError(
            f"the backup has columns that this version does not know ({', '.join(unknown)}).",
            where=model._meta.label,
            cure="Restore it with the version that made it, or a newer one.",
        )
    known = [fields[name] for name in columns]
    count = 0
    while batch := list(islice(lines, _BATCH)):
        rows = [_object(model, known, json.loads(line)) for line in batch]
        # Saving would set times anew; a raw insert is what Django's own `loaddata` does.
        model._base_manager._insert(rows, fields=list(fields.values()), raw=True)
        count += len(rows)
    return count


def _object(model: type[Model], fields: list[Field], values: list[Any]) -> Model:
    columns = {
        field.attname: field.to_python(value) for field, value in zip(fields, values, strict=True)
    }
    return model(**columns)


def _fields(model: type[Model]) -> list[Field]:
    return [field for field in model._meta.concrete_fields if not getattr(field, "generated", 0)]


def _pages(model: type[Model], columns: list[str], key: int) -> Iterator[tuple[Any, ...]]:
    """Yield rows by the order of their keys, a page a query: none is held in memory for long."""
    rows = model._base_manager.order_by(columns[key]).values_list(*columns)
    last = None
    while True:
        page = rows if last is None else rows.filter(**{f"{columns[key]}__gt": last})
        page_rows = list(page[:_PAGE])
        yield from page_rows
        if len(page_rows) < _PAGE:
            return
        last = page_rows[-1][key]


def _said(value: object) -> str:
    """Return a value that JSON has no word for."""
    if isinstance(value, date):  # and a datetime, which is one
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(type(value).__name__)
