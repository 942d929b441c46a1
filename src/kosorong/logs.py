"""One id that follows a request from the page to the models, and log lines that carry it.

>>> with following("abcd1234"):
...     current()
'abcd1234'
>>> current()
''
"""

from __future__ import annotations

import json
import logging
import os
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

from kosorong.errors import UsageError

HEADER = "X-Request-ID"
FORMATS = ("plain", "json")
FORMAT_VARIABLE = "KOSORONG_LOG_FORMAT"
PLAIN = "%(asctime)s %(levelname)s %(name)s: %(message)s"

# Anything else could forge lines of the log.
_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_current: ContextVar[str] = ContextVar("request", default="")


def current() -> str:
    """Return the id of what is being done; "" where nobody gave one."""
    return _current.get()


def id_of(sent: str | None) -> str:
    """Return the id that a header carries, a new one where it carries none that can be taken.

    >>> id_of("page-0123"), len(id_of("a b")), id_of(None) != id_of(None)
    ('page-0123', 16, True)
    """
    return sent if sent and _ID.fullmatch(sent) else secrets.token_hex(8)


@contextmanager
def following(name: str) -> Iterator[None]:
    """Let what is done inside carry an id."""
    token = _current.set(name)
    try:
        yield
    finally:
        _current.reset(token)


class JsonLines(logging.Formatter):
    """A line of JSON for each message: `time`, `level`, `name`, `message`, `request`, `facts`.

    >>> record = logging.makeLogRecord({"name": "a", "msg": "눈", "facts": {"status": 200}})
    >>> json.loads(JsonLines().format(record))["status"]
    200
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "name": record.name,
            "message": record.getMessage(),
            "process": record.process,
        }
        if current():
            entry["request"] = current()
        entry.update(getattr(record, "facts", {}))
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)


def format_of(environ: Mapping[str, str] = os.environ) -> str:
    """Return how log lines are written, `plain` or `json`.

    Raises:
        UsageError: The setting is neither.
    """
    wanted = environ.get(FORMAT_VARIABLE, "").strip().lower() or FORMATS[0]
    if wanted not in FORMATS:
        raise UsageError(
            f"'{wanted}' is not known.", where=FORMAT_VARIABLE, cure=f"Give {' or '.join(FORMATS)}."
        )
    return wanted


def begin(level: int, plain: str, environ: Mapping[str, str] = os.environ) -> None:
    """Let this process write its log to standard error.

    Args:
        level: Least level of a plain log; in one of JSON lines INFO is written too.
        plain: Format of a plain line.
        environ: Says which of the two.
    """
    handler = logging.StreamHandler()
    as_json = format_of(environ) == "json"
    handler.setFormatter(JsonLines() if as_json else logging.Formatter(plain))
    logging.basicConfig(level=min(level, logging.INFO) if as_json else level, handlers=[handler])
