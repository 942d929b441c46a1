"""Around every request: its id, its time, its line in the log."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.apps import apps
from django.http import HttpRequest, HttpResponse

from kosorong.logs import HEADER, following, id_of

logger = logging.getLogger("kosorong.request")


def traced(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a request an id, or take the one it came with; count and log the answer."""

    def handle(request: HttpRequest) -> HttpResponse:
        name, started = id_of(request.headers.get(HEADER)), time.perf_counter()
        with following(name):
            response = get_response(request)
            seconds = time.perf_counter() - started
            match = request.resolver_match
            route = match.route if match is not None else "unknown"
            apps.get_app_config("watch").requests.observe(
                route, request.method or "", response.status_code, seconds
            )
            # The path alone: what stands behind `?` may be a search for something private.
            facts = {
                "method": request.method,
                "path": request.path,
                "status": response.status_code,
                "milliseconds": round(seconds * 1000, 1),
            }
            words = "%(method)s %(path)s %(status)s in %(milliseconds)s ms"
            logger.info(words, facts, extra={"facts": facts})
        response.headers[HEADER] = name
        return response

    return handle
