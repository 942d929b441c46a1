"""Which database the library is kept in, from one address.

>>> database("", Path("/data"))["NAME"]
PosixPath('/data/library.sqlite3')
>>> database("mysql://jeju:secret@db/library", Path("/data"))["HOST"]
'db'
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from kosorong.errors import StorageError, UsageError

NAME = "KOSORONG_DATABASE_URL"
COLLATION = "utf8mb4_bin"
"""Compares code points: spellings of arae-a that look alike are not taken for one another."""

# MariaDB: disk full, table full, disk full while writing.
_FULL = frozenset({1021, 1114, 1026})
_SQLITE_FULL = "database or disk is full"
_CURE = "Write it as mysql://USER@HOST:3306/NAME, or leave it out for SQLite."


def database(url: str, data: Path, password: str = "") -> dict[str, Any]:
    """Return Django's settings of the database.

    Args:
        url: `mysql://USER@HOST:PORT/NAME` (also `mariadb://`), `sqlite:///FILE`, or "" for a
            SQLite file in `data`.
        data: Folder of the library.
        password: Of the user; one in the address counts where this is empty.

    Raises:
        UsageError: The address cannot be taken.
    """
    if not url:
        return _sqlite(data / "library.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite" and parts.path.strip("/"):
        path = Path("/" + unquote(parts.path).lstrip("/"))
        if not path.parent.is_dir():
            raise UsageError(
                f"there is no folder {path.parent}.", where=NAME, cure="Make it, or check the path."
            )
        return _sqlite(path)
    if parts.scheme in {"mysql", "mariadb"}:
        return _mysql(parts, password)
    # The address itself may hold a password: it is not repeated.
    raise UsageError("this is no address of a database.", where=NAME, cure=_CURE)


def no_room(error: Exception) -> StorageError | None:
    """Return what to tell of a database whose disk is full; None where something else is wrong."""
    if not error.args or (error.args[0] not in _FULL and _SQLITE_FULL not in str(error)):
        return None
    return StorageError(
        "the disk of the database is full.",
        cure="Free some space there; everything goes on by itself, and finished work is kept.",
    )


def _sqlite(path: Path) -> dict[str, Any]:
    # Immediate transactions take the write lock when they begin: none has to be undone halfway
    # because another process wrote meanwhile.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # To open the file and make Django's functions known to it costs as much as an answer.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 30,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            " PRAGMA cache_size=-2000;",
        },
    }


def _mysql(parts: SplitResult, password: str) -> dict[str, Any]:
    name = unquote(parts.path.strip("/"))
    try:
        port = parts.port or 3306
    except ValueError as error:
        raise UsageError(f"{error}.", where=NAME, cure=_CURE) from error
    if not (name and parts.hostname and parts.username) or "/" in name:
        raise UsageError("user, host or name are missing.", where=NAME, cure=_CURE)
    return {
        "ENGINE": "kosorong_library.config.mysql",
        "NAME": name,
        "HOST": parts.hostname,
        "PORT": port,
        "USER": unquote(parts.username),
        "PASSWORD": password or unquote(parts.password or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "charset": "utf8mb4",
            "collation": COLLATION,
            # What another worker committed is seen by the next statement, and no gaps are locked.
            "isolation_level": "read committed",
            "connect_timeout": 10,
            "init_command": "SET sql_mode='STRICT_ALL_TABLES', innodb_lock_wait_timeout=30",
        },
        "TEST": {"CHARSET": "utf8mb4", "COLLATION": COLLATION},
    }
