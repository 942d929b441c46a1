"""Bringing a database up to date: one process at a time, into tables that compare as ours must."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import OperationalError, connection

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


def check_tables() -> None:
    """See that there is a library to work on.

    Raises:
        ServiceError: The database does not answer.
        StorageError: It holds no tables of ours: another folder or database was meant.
    """
    _wait_for_the_server()
    if get_user_model()._meta.db_table not in connection.introspection.table_names():
        raise StorageError(
            "there is no library yet.",
            where=str(connection.settings_dict["NAME"]),
            cure="Name the right folder with --data or KOSORONG_DATA, the database in"
            " KOSORONG_DATABASE_URL, or make one with: kosorong admin create NAME.",
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
