"""Bringing a database up to date: one process at a time, into tables that compare as ours must."""

from __future__ import annotations

import fcntl
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from kosorong.errors import ServiceError, StorageError
from kosorong_library.config.databases import COLLATION

_PATIENCE_SECONDS = 600
_PAUSE_SECONDS = 2.0


@contextmanager
def alone() -> Iterator[None]:
    """Keep every other process, on this machine and on others, from changing tables meanwhile.

    Raises:
        ServiceError: Another one has been at it for ten minutes, or the database does not answer.
        StorageError: The database would take letters that look alike for one another.
    """
    with (settings.DATA / "migrate.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if connection.vendor != "mysql":
            yield
            return
        _wait_for_the_server()
        _check_collation()
        with connection.cursor() as cursor:
            # Named after the database: several libraries may share a server.
            cursor.execute(
                "SELECT GET_LOCK(CONCAT('kosorong ', DATABASE()), %s)", [_PATIENCE_SECONDS]
            )
            if cursor.fetchone() != (1,):
                raise ServiceError(
                    "another process has been changing the tables for ten minutes.",
                    where=connection.settings_dict["HOST"],
                    cure="See what it does: SHOW PROCESSLIST.",
                )
            try:
                yield
            finally:
                cursor.execute("SELECT RELEASE_LOCK(CONCAT('kosorong ', DATABASE()))")


def check_tables(*, old: bool = False) -> None:
    """See that there is a library to work on.

    Args:
        old: Whether tables of an older version are well enough.

    Raises:
        ServiceError: The database does not answer.
        StorageError: It holds no tables of ours: another folder or database was meant. Or they are
            an older version's.
    """
    _wait_for_the_server()
    where = str(connection.settings_dict["NAME"])
    if get_user_model()._meta.db_table not in connection.introspection.table_names():
        raise StorageError(
            "there is no library yet.",
            where=where,
            cure="Name the right folder with --data or KOSORONG_DATA, the database in"
            " KOSORONG_DATABASE_URL, or make one with: kosorong admin create NAME.",
        )
    if not old and is_behind():
        raise _too_old(where)


def is_behind() -> bool:
    """Say whether an older version made the tables."""
    plan = MigrationExecutor(connection)
    return bool(plan.migration_plan(plan.loader.graph.leaf_nodes()))


def bring_copy_up_to_date(path: Path) -> None:
    """Go on with a copy of a library in SQLite, whose tables are this version's.

    Args:
        path: Of the copy.

    Raises:
        StorageError: The library is in another database.
    """
    if connection.vendor != "sqlite":
        raise _too_old(str(connection.settings_dict["NAME"]))
    with closing(sqlite3.connect(path)) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    call_command("migrate", verbosity=0, interactive=False)


def _too_old(where: str) -> StorageError:
    return StorageError(
        "an older version of Kosorong made these tables.",
        where=where,
        cure="Start kosorong api or kosorong worker once, which brings them up to date, or use the"
        " version that made them.",
    )


def _wait_for_the_server() -> None:
    """Wait a minute for a server that was started together with us."""
    end = time.monotonic() + 60
    while True:
        try:
            connection.ensure_connection()
            return
        except OperationalError as error:
            if time.monotonic() > end:
                raise ServiceError(
                    f"the database does not answer ({error.args[-1]}).",
                    where=connection.settings_dict["HOST"],
                    cure="Check KOSORONG_DATABASE_URL, its password, and that the server runs.",
                ) from error
            time.sleep(_PAUSE_SECONDS)


def _check_collation() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DATABASE(), @@character_set_database, @@collation_database")
        name, letters, collation = cursor.fetchone()
    if letters != "utf8mb4" or not collation.endswith("_bin"):
        raise StorageError(
            f"the database compares by {collation}, which takes letters that look alike for one"
            " another.",
            where=name,
            cure=f"ALTER DATABASE `{name}` CHARACTER SET utf8mb4 COLLATE {COLLATION};",
        )
