"""The cover of a book."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiRequest, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kosorong.book.edition import picture_type
from kosorong_library.api.bodies import fields_of
from kosorong_library.api.permissions import MakerPermission
from kosorong_library.config.errors import Conflict
from kosorong_library.library import access, covers
from kosorong_library.library.models import Book
from kosorong_library.storage.files import reader_of, size_of

_PICTURE = OpenApiResponse(OpenApiTypes.BINARY, description="PNG or JPEG.")
_KINDS = "image/png, image/jpeg, image/gif, image/webp, image/svg+xml"


def address_of(book: Book) -> str:
    """Return where the cover of a book is: another cover, another address."""
    return f"/api/books/{book.pk}/cover/?v={covers.version_of(book)}"


class CoverApi(APIView):
    """The cover of a book: the source's, its maker's, or drawn; files of the book hold the same."""

    permission_classes = (MakerPermission,)
    parser_classes = (MultiPartParser,)

    class Input(serializers.Serializer):
        """A picture."""

        cover = serializers.FileField()

    @extend_schema(responses={(200, "image/*"): _PICTURE})
    def get(self, request: Request, book: int) -> HttpResponseBase:
        """Return the picture."""
        book_row = access.book_to_read(request, book)
        version = covers.version_of(book_row)
        name = covers.cover_of(book_row)
        data = b"".join(reader_of(name)(0, size_of(name)))
        response = HttpResponse(data, content_type=picture_type(data) or "application/octet-stream")
        if request.query_params.get("v") in {version, covers.version_of(book_row)}:
            # The address names this very cover: what it gives never changes.
            response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
        return response

    @extend_schema(
        request={"multipart/form-data": OpenApiRequest(Input, {"cover": {"contentType": _KINDS}})},
        responses={204: None},
    )
    def put(self, request: Request, book: int) -> Response:
        """Give a book of one's own another cover."""
        book_row = access.book_to_change(request, book)
        sent = fields_of(self.Input, request.data)["cover"]
        if sent.size > covers.MOST_BYTES:
            raise Conflict(
                f"A cover may have {covers.MOST_BYTES >> 20} MiB; save it smaller.",
                {"reason": "cover_too_large"},
            )
        covers.set_cover(book_row, sent.read(), sent.name)
        return Response(status=204)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, book: int) -> Response:
        """Take the cover away; one is drawn in its place."""
        covers.drop_cover(access.book_to_change(request, book))
        return Response(status=204)
