"""The database's clock: what one machine writes down and another compares is told by it alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, Value
from django.db.models.functions import Now


class _Utc(Now):
    """The moment of the statement, in the zone that all our times are kept in."""

    def as_mysql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """Return what MariaDB calls it, whatever the zone of its server."""
        sql, words = self.as_sql(compiler, connection, template="UTC_TIMESTAMP(6)", **context)
        return str(sql), words


def now(wait: timedelta = timedelta(), *, seconds: float = 0.0) -> Any:
    """Return an expression for the database's time, or a later one.

    Args:
        wait: From now.
        seconds: Besides.
    """
    later = wait + timedelta(seconds=seconds)
    if not later:
        return _Utc()
    return ExpressionWrapper(_Utc() + Value(later, DurationField()), DateTimeField())
