"""Pages of other sites that may ask (CORS), as the setting names them."""

from __future__ import annotations

from flask import Response, request

from kosorong.serving.services import is_let_in, services

_DAY = "86400"


def answer_preflight() -> Response | None:
    """Answer a browser that asks whether a page may ask; None for every other request."""
    asks = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
    if not asks or not is_let_in(request.headers.getlist("Origin")):
        return None
    allowed = {
        "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
        "Access-Control-Allow-Headers": "Authorization, Content-Type, X-Request-ID",
        "Access-Control-Max-Age": _DAY,
    }
    return Response(status=204, headers=allowed)


def let_pages_read(response: Response) -> Response:
    """Let a page of a site that is named read the answer."""
    if services().settings.origins:
        response.headers.add("Vary", "Origin")
    if is_let_in(request.headers.getlist("Origin")):
        response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
        response.headers["Access-Control-Expose-Headers"] = "*"
    return response
