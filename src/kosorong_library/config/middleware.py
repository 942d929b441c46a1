"""What is looked at, and added, around every request."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from kosorong_library.config.errors import shape

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


def headers(get_response: Handler) -> Handler:
    """Add the content policy and its like to every answer."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        for name, value in _STRICT.items():
            response.headers.setdefault(name, value)
        if request.path.startswith("/api/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return handle


def host_and_size(get_response: Handler) -> Handler:
    """Refuse foreign host names, and bodies that are too large before they are read."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.get_host()  # raises DisallowedHost, answered with 400
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
