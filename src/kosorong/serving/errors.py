"""Errors as answers, in the shape that callers of a route expect."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from kosorong.errors import InputError, KosorongError, ServiceError, UsageError
from kosorong.serving.admission import BusyError
from kosorong.serving.schemas import TooLargeError
from kosorong.serving.suggestions import ClosedError

RETRY_SECONDS = 5
"""What a turned-away caller is told to wait."""

_LOG = logging.getLogger(__name__)
_CURES = {
    400: "See the description of this route.",
    404: "See the list of routes.",
    405: "See which methods this route takes.",
    413: "Send less at once.",
}


class TokenError(ServiceError):
    """A caller without the token."""


class ForeignError(ServiceError):
    """A page of another site, or one that came by another name."""


@dataclass(frozen=True, slots=True)
class Problem:
    """An error on its way out.

    Attributes:
        status: HTTP status.
        message: What was wrong.
        where: The field it was wrong at.
        cure: What to do about it.
        headers: More headers of the answer.
    """

    status: int
    message: str
    where: str = ""
    cure: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def line(self) -> str:
        """All of it in one line."""
        head = f"{self.where}: {self.message}" if self.where else self.message
        return f"{head} {self.cure}".strip()


def problem_of(error: Exception) -> Problem:
    """Return the answer to an error."""
    if isinstance(error, KosorongError):
        status, headers = _status(error)
        return Problem(status, error.message, error.where, error.cure, headers)
    if isinstance(error, HTTPException):
        status = error.code or 500
        kept = {k: v for k, v in error.get_headers() if k not in ("Content-Type", "Content-Length")}
        text = (error.description or error.name).split("\n")[0]
        return Problem(status, text, "", _CURES.get(status, ""), kept)
    # What the trace holds is for the operator, not for callers.
    _LOG.error("a request failed", exc_info=error)
    return Problem(500, "The server failed.", "", "Try again; its log says why.")


def _status(error: KosorongError) -> tuple[int, dict[str, str]]:
    if isinstance(error, BusyError):
        return 503, {"Retry-After": str(RETRY_SECONDS)}
    if isinstance(error, ForeignError | ClosedError):
        return 403, {}
    if isinstance(error, TokenError):
        return 401, {"WWW-Authenticate": "Bearer"}
    if isinstance(error, TooLargeError):
        return 413, {}
    return (400, {}) if isinstance(error, UsageError | InputError) else (500, {})


_OPENAI_TYPES = {401: "authentication_error", 404: "not_found_error", 503: "overloaded_error"}
_OPENAI_CODES = {
    401: "invalid_api_key",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    503: "overloaded",
}


def openai_shape(problem: Problem) -> dict[str, Any]:
    """Return an error as callers of OpenAI's routes expect it."""
    usual = "invalid_request_error" if problem.status < 500 else "server_error"
    content = {
        "message": f"{problem.message} {problem.cure}".strip(),
        "type": _OPENAI_TYPES.get(problem.status, usual),
        "param": problem.where or None,
        "code": _OPENAI_CODES.get(problem.status, "invalid_value" if problem.where else None),
    }
    return {"error": content}


def libretranslate_shape(problem: Problem) -> dict[str, Any]:
    """Return an error as callers of LibreTranslate expect it."""
    return {"error": problem.line}


def own_shape(problem: Problem) -> dict[str, Any]:
    """Return an error as this server's own routes give it."""
    return {"message": problem.message, "where": problem.where, "cure": problem.cure}


_LIBRETRANSLATE = (
    *("/translate", "/detect", "/languages"),
    *("/translate_file", "/suggest", "/frontend/settings"),
)


def shape_for(path: str) -> Callable[[Problem], dict[str, Any]]:
    """Return the shape of errors at a path.

    >>> shape_for("/v1/models").__name__, shape_for("/translate/segments").__name__
    ('openai_shape', 'own_shape')
    """
    if path.startswith(("/v1/", "/dev/")):
        return openai_shape
    if path.rstrip("/") in _LIBRETRANSLATE or path.startswith("/download_file/"):
        return libretranslate_shape
    return own_shape


def answer(error: Exception) -> Response:
    """Return the response to an error."""
    problem = problem_of(error)
    response = jsonify(shape_for(request.path)(problem))
    response.status_code = problem.status
    response.headers.update(problem.headers)
    return response


def answer_errors(app: Flask) -> None:
    """Answer every error of an app as JSON."""
    app.register_error_handler(Exception, answer)
