"""Health, the description of the API, and the page itself."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import resolve
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kosorong import __version__
from kosorong_library.api.bodies import answer
from kosorong_library.api.schema import TAGS
from kosorong_library.api.views import page_address
from kosorong_library.config.errors import not_found

_VERBS = ("get", "post", "put", "patch", "delete")
# The addresses of the page (web/src/app/App.tsx).
_OWN = re.compile(
    r"/(?:(?:public|received|new|words|account|people|reports|login|register|reset|confirm|shared"
    r"|books/\d+)/?)?"
)
_NO_PAGE = (
    "<!DOCTYPE html><html lang=ko><meta charset=utf-8><title>코소롱</title>"
    "<h1>코소롱</h1><p>화면이 아직 만들어지지 않았습니다: <code>make run</code>. "
    "The page is not built yet. <a href=/api/docs/>API</a>"
)


class HealthApi(APIView):
    """Whether the service answers."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    class Output(serializers.Serializer):
        """`ok`, and which version says so."""

        status = serializers.CharField()
        version = serializers.CharField()

    @extend_schema(responses=Output)
    def get(self, request: Request) -> Response:
        """Ask the database something small."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return answer(self.Output, {"status": "ok", "version": __version__})


class SchemaApi(APIView):
    """The API as OpenAPI 3.1."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        """Return the description as JSON, with the address that it was asked at."""
        servers = [{"url": page_address(request).rstrip("/")}]
        return Response({**_schema(), "servers": servers, "tags": TAGS})


class DocsApi(APIView):
    """The description of the API, for people."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:
        """Return a page without scripts."""
        return HttpResponse(_docs(_schema()))


def _schema() -> dict[str, Any]:
    return dict(SchemaGenerator().get_schema(request=None, public=True))


def _docs(schema: dict[str, Any]) -> str:
    rows = [
        f"<tr><td><code>{verb.upper()}</code><td><code>{escape(path)}</code>"
        f"<td>{escape(operation.get('description', ''))}"
        f"<td>{escape(', '.join(operation['responses']))}"
        for path, verbs in schema["paths"].items()
        for verb, operation in verbs.items()
        if verb in _VERBS
    ]
    return (
        "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Kosorong API</title>"
        "<h1>Kosorong API</h1><p>OpenAPI 3.1: <a href=/api/schema/>/api/schema/</a></p>"
        "<table><thead><tr><th>Verb<th>Path<th>Does<th>Answers</thead><tbody>"
        f"{''.join(rows)}</tbody></table>"
    )


# It changes nothing; where a write is led to, its proof is asked for.
@csrf_exempt
def missing(request: HttpRequest) -> HttpResponse:
    """Answer an address of the service that nothing stands behind, but for a slash at its end."""
    if not request.path.endswith("/") and resolve(f"{request.path}/").func is not missing:
        path, _, query = request.get_full_path().partition("?")
        location = f"{path}/?{query}" if query else f"{path}/"
        # 308: what was sent is sent again.
        return HttpResponse(status=308, headers={"Location": location})
    return not_found(request, Exception())


def page(request: HttpRequest) -> HttpResponseBase:
    """Return the page for every address that is no file of it: it has addresses of its own."""
    index = Path(settings.PAGE) / "index.html"
    last = request.path.rpartition("/")[2]
    if request.method not in {"GET", "HEAD"} or "." in last:
        return not_found(request, Exception())
    # The page says so itself where nothing is; programs read it from the status.
    status = 200 if _OWN.fullmatch(request.path) else 404
    if not index.is_file():
        return HttpResponse(_NO_PAGE, status=status)
    headers = {"Cache-Control": "no-cache"}
    return FileResponse(index.open("rb"), headers=headers, status=status)
