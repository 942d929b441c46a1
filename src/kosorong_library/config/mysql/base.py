"""The backend (Django wants this name).

Columns have a binary collation, under which `LIKE` tells cases apart: what is to ignore them is
compared in small letters. A comparison that does not ignore them needs no `BINARY`, which would
keep it from using an index.
"""

from __future__ import annotations

from typing import ClassVar

import pymysql

# Django knows the driver by the name of the older one, whose interface this is.
pymysql.install_as_MySQLdb()

from django.db.backends.mysql import base  # noqa: E402
from django.db.backends.mysql.operations import DatabaseOperations as Operations  # noqa: E402

_CASELESS = frozenset({"iexact", "icontains", "istartswith", "iendswith"})


class DatabaseOperations(Operations):
    """SQL of this backend."""

    def lookup_cast(self, lookup_type: str, internal_type: str | None = None) -> str:
        """Return what stands on the left of a comparison."""
        if lookup_type in _CASELESS:
            return "LOWER(%s)"
        return str(super().lookup_cast(lookup_type, internal_type))


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection."""

    ops_class = DatabaseOperations
    operators: ClassVar[dict[str, str]] = {
        **base.DatabaseWrapper.operators,
        **dict.fromkeys(("contains", "startswith", "endswith"), "LIKE %s"),
        **dict.fromkeys(_CASELESS, "LIKE LOWER(%s)"),
    }
    pattern_ops: ClassVar[dict[str, str]] = {
        "contains": "LIKE CONCAT('%%', {}, '%%')",
        "startswith": "LIKE CONCAT({}, '%%')",
        "endswith": "LIKE CONCAT('%%', {})",
        "icontains": "LIKE LOWER(CONCAT('%%', {}, '%%'))",
        "istartswith": "LIKE LOWER(CONCAT({}, '%%'))",
        "iendswith": "LIKE LOWER(CONCAT('%%', {}))",
    }
