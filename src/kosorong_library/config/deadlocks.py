"""Two that wait for one another: the database undoes one of them, which tries again."""

from __future__ import annotations

import functools
import random
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection

P = ParamSpec("P")
T = TypeVar("T")

_TRIES = 6
_PAUSE = 0.02
# MariaDB: lock wait timeout, deadlock found.
_CROSSED = frozenset({1205, 1213})


def is_crossed(error: Exception) -> bool:
    """Say whether a statement failed only because of what others did at the same moment."""
    return bool(error.args) and error.args[0] in _CROSSED


def retried(function: Callable[P, T]) -> Callable[P, T]:
    """Let a function that is one transaction begin again where it was undone for a deadlock.

    Inside of another transaction there is nothing to begin again: that one is undone as a whole.
    """

    @functools.wraps(function)
    def act(*args: P.args, **kwargs: P.kwargs) -> T:
        for tried in range(1, _TRIES):
            try:
                return function(*args, **kwargs)
            except OperationalError as error:
                if not is_crossed(error) or connection.in_atomic_block:
                    raise
            # Whoever met may not meet again: S311 is about secrets, this is about moments.
            time.sleep(_PAUSE * 2**tried * random.random())  # noqa: S311
        return function(*args, **kwargs)

    return act
