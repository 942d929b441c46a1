"""The one shape of errors: `{"message", "extra"}`, the message with its cure."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response

from kosorong.errors import KosorongError, ServiceError, StorageError
from kosorong.logs import current
from kosorong_library.config.databases import no_room

logger = logging.getLogger(__name__)

_WORDS = {
    401: "Log in first, or send a token as `Authorization: Bearer TOKEN`.",
    403: "You may not do this.",
    404: "There is nothing here; it was deleted or never was, or it belongs to somebody else.",
    500: "Something went wrong on our side; it is written in the log. Try again.",
}


class Conflict(exceptions.APIException):
    """What is asked for does not fit the present state.

    Args:
        message: What was wrong, and the cure.
        extra: What a program may want to know.
    """

    status_code = 409

    def __init__(self, message: str, extra: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.extra = dict(extra or {})


class Unavailable(exceptions.APIException):
    """The database is away, or two requests kept each other waiting."""

    status_code = 503
    default_detail = "The database cannot be used now; try again in a moment."


class Refused(exceptions.APIException):
    """A field that cannot be taken.

    Args:
        field: Its name.
        message: What was wrong, and the cure.
        reason: One word for programs; the page has a sentence of its own for it.
    """

    status_code = 400

    def __init__(self, field: str, message: str, reason: str) -> None:
        super().__init__(f"{field}: {message}")
        self.extra = {"fields": {field: [message]}, "reason": reason}


def shape(message: str, status: int, extra: Mapping[str, Any] | None = None) -> JsonResponse:
    """Return an error outside of the API's views."""
    return JsonResponse({"message": message, "extra": dict(extra or {})}, status=status)


def answer(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """Return the answer to an exception of a view; None for one that nobody foresaw."""
    # Views load what authenticates, which raises errors of this module.
    from rest_framework.views import exception_handler

    if isinstance(error, OperationalError):
        error = no_room(error) or error
    if isinstance(error, KosorongError):
        error = without_paths(error)
        extra = {"where": error.where, "cure": error.cure, "permanent": error.permanent}
        if error.reason:
            extra["reason"] = error.reason
        return Response({"message": str(error), "extra": extra}, status=_status(error))
    if isinstance(error, OperationalError):
        logger.error("the database cannot be used now (%s)", error)
        error = Unavailable()
    if isinstance(error, RecursionError):
        error = exceptions.ParseError("The JSON is nested too deeply; send it flat.")
    response = exception_handler(error, context)
    if response is None:
        return None
    extra = getattr(error, "extra", {})
    if isinstance(error, exceptions.ValidationError):
        message, extra = _invalid(error)
    elif isinstance(error, (Http404, PermissionDenied, exceptions.NotAuthenticated)):
        message = _WORDS[response.status_code]
    else:
        message = str(getattr(error, "detail", error))
    response.data = {"message": message, "extra": extra}
    return response


def without_paths(error: KosorongError) -> KosorongError:
    """Return an error that tells nothing of where this machine keeps its files."""
    if Path(error.where).is_absolute():
        error.where = ""
    return error


def _status(error: KosorongError) -> int:
    if isinstance(error, ServiceError):
        return 503
    return 507 if isinstance(error, StorageError) else 400


def _invalid(error: exceptions.ValidationError) -> tuple[str, dict[str, Any]]:
    """Return the first complaint as a sentence, and all of them by field."""
    detail = error.detail
    fields = detail if isinstance(detail, dict) else {"": detail}
    name, complaint = next(iter(fields.items()))
    while isinstance(complaint, (list, dict)):
        values = complaint.values() if isinstance(complaint, dict) else complaint
        complaint = next(iter(values), "cannot be taken")
    named = name and name != "non_field_errors"
    extra: dict[str, Any] = {"fields": fields}
    if getattr(complaint, "code", "") == "empty":
        extra["reason"] = "empty"
    return f"{name}: {complaint}" if named else str(complaint), extra


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that came from another site."""
    return shape(f"The request was refused ({reason}). Reload the page and try again.", 403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be understood."""
    return shape("The request cannot be read; check its host name, headers and body.", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that is not allowed."""
    return shape(_WORDS[403], 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that nothing stands behind."""
    return shape(_WORDS[404], 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a failure that nobody foresaw."""
    return shape(_WORDS[500], 500, {"request": current()})
