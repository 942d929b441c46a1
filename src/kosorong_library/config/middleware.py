"""What is looked at, and added, around every request."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from kosorong_library.config.errors import bad_request, shape

logger = logging.getLogger(__name__)

Handler = Callable[[HttpRequest], HttpResponse]

# No script, style or picture from elsewhere. Fonts and sounds are ours; `data:` is for icons.
_POLICY = (
    "default-src 'self'; img-src 'self' data:; font-src 'self' data:; media-src 'self' blob:;"
    " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_STRICT = {
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Whoever lends a voice to a sentence records it here; nothing else of a device is wanted.
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=(), payment=(), usb=()",
}


# Answers without a body carry no length of one either.
_BODILESS = frozenset({204, 304})
_TEXT = ("text/", "application/json", "application/vnd.oai.openapi", "image/svg")
# Whoever operates the library, and letters to whom it concerns, are nobody else's to keep.
_KEPT_FROM_CACHES = ("/api/", "/watch/", "/metrics")


def headers(get_response: Handler) -> Handler:
    """Add the content policy and its like to every answer."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        for name, value in _STRICT.items():
            response.headers.setdefault(name, value)
        if request.path.startswith(_KEPT_FROM_CACHES):
            response.headers.setdefault("Cache-Control", "no-store")
        # Without its length an answer is over when the connection is.
        if not response.streaming and response.status_code not in _BODILESS:
            response.headers.setdefault("Content-Length", str(len(response.content)))
        return response

    return handle


class Compressed(GZipMiddleware):
    """Compresses text for those who take it so; sound and files of books are compressed already.

    Django adds some bytes by chance, so that the length tells nothing of what stands in an answer
    beside words that somebody else chose (BREACH).
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Return the answer, smaller where that is worth it; events go out as they come."""
        kind = response.headers.get("Content-Type", "")
        if response.streaming or not kind.startswith(_TEXT):
            return response
        return super().process_response(request, response)


def host_and_size(get_response: Handler) -> Handler:
    """Refuse foreign host names, and bodies that are too large before they are read."""

    def handle(request: HttpRequest) -> HttpResponse:
        try:
            request.get_host()
        except DisallowedHost as error:
            # Whoever tries names writes no page into the log.
            logger.info("a request for a foreign host is refused (%.200s)", error)
            return bad_request(request, error)
        form = request.content_type == "multipart/form-data"
        limit = settings.UPLOAD_BYTES if form else settings.JSON_BYTES
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            return shape("Content-Length is no number; send the body's bytes.", 400)
        if length > limit:
            return too_large(length, limit)
        return get_response(request)

    return handle


def too_large(length: int, limit: int) -> HttpResponse:
    """Answer a body that is larger than anything we read."""
    mib = settings.MIB
    return shape(
        f"The request has {length / mib:.0f} MiB; at most {limit // mib} MiB are read."
        " Split the book into volumes and make a book of each.",
        413,
        {"limit": limit},
    )
