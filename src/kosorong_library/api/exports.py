"""Exports and voices."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase, HttpResponseRedirect
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kosorong.book.formats import FORMATS
from kosorong.book.options import slug_of
from kosorong.errors import StorageError
from kosorong_library.api.bodies import answer
from kosorong_library.api.permissions import BookPermission
from kosorong_library.api.ranges import ranged
from kosorong_library.api.views import seconds_of, truth_of, wait_until, waiting
from kosorong_library.config.errors import Conflict
from kosorong_library.library import access, selectors
from kosorong_library.library.models import Book
from kosorong_library.library.revisions import revision_of
from kosorong_library.storage.files import link_to, reader_of, saved_as, size_of
from kosorong_library.studio import exports, inference
from kosorong_library.studio.models import Export
from kosorong_library.studio.take_store import mark_in

_WAIT = 20.0
_LONGEST_WAIT = 600.0
_RETRY_SECONDS = 3


def _described(media_type: str) -> tuple[tuple[int, str], OpenApiTypes]:
    media_type = media_type.partition(";")[0]
    kind = OpenApiTypes.STR if media_type.startswith("text/") else OpenApiTypes.BINARY
    if media_type == "application/json":
        kind = OpenApiTypes.OBJECT
    return (200, media_type), kind


_EXPORT_ANSWERS: dict[int | tuple[int, str], Any] = {
    **dict(_described(one.media_type) for one in FORMATS.values()),
    202: OpenApiResponse(OpenApiTypes.OBJECT, description="Being built: ask again."),
}


class ExportApi(APIView):
    """A file of the whole book."""

    permission_classes = (BookPermission,)

    @extend_schema(
        parameters=[
            OpenApiParameter("format", str, OpenApiParameter.PATH, enum=tuple(FORMATS)),
            OpenApiParameter("partial", bool, description="Of what is finished so far."),
            waiting(_LONGEST_WAIT, "Seconds to wait for it; 20."),
        ],
        responses=_EXPORT_ANSWERS,
    )
    def get(self, request: Request, book: int, format: str) -> HttpResponseBase:  # noqa: A002
        """Return the file; 202 while a worker builds it, 409 while the book is being made."""
        book_row = access.book_to_read(request, book)
        if format not in FORMATS:
            raise NotFound(f"There is no format '{format}'. Choose from {', '.join(FORMATS)}.")
        if not truth_of(request, "partial"):
            _refuse_unfinished(book_row)
        seconds = seconds_of(request, _LONGEST_WAIT, _WAIT)
        export = exports.ask(book_row, format)
        revision = revision_of(book_row)
        wait_until(lambda: _is_ready(export, revision), seconds)
        if export.problem and export.full:
            raise StorageError(export.problem)
        if export.problem:
            raise Conflict(f"The file cannot be made: {export.problem}")
        if not _is_ready(export, revision):
            message = "The file is being made; ask again."
            extra = {"status": "building", "retry_after": _RETRY_SECONDS}
            headers = {"Retry-After": str(_RETRY_SECONDS)}
            return Response({"message": message, "extra": extra}, status=202, headers=headers)
        return _file(request, book_row, export)


def _refuse_unfinished(book: Book) -> None:
    progress = selectors.progress_of([book.pk]).get(book.pk, selectors.BookProgress())
    if progress.done < progress.total or book.uncut:
        counts = {"done": progress.done, "failed": progress.failed, "total": progress.total}
        raise Conflict(
            f"The book is not finished: {progress.done} of {progress.total} segments are made."
            " Wait for it, or add ?partial=1 for what is there.",
            {"reason": "not_finished", **counts},
        )


def _is_ready(export: Export, revision: int) -> bool:
    if export.made is None or export.made < revision:
        export.refresh_from_db()
    ready = export.made is not None and export.made >= revision
    return ready or bool(export.problem)


def _file(request: Request, book: Book, export: Export) -> HttpResponseBase:
    name, form = export.file.name, FORMATS[export.format]
    title, ending = slug_of(book.title), form.ending
    disposition = saved_as(f"{title}.{ending}", f"book-{book.pk}.{ending}")
    # The page asks with HEAD whether it may go there: that it must be able to read.
    link = link_to(name, disposition, form.media_type) if request.method == "GET" else ""
    marks = mark_in(book).headers()
    if link:
        return HttpResponseRedirect(link, headers=marks)
    return ranged(
        request,
        reader_of(name),
        size_of(name),
        etag=f"{export.pk}-{export.made}",
        content_type=form.media_type,
        disposition=disposition,
        more=marks,
    )


class VoiceOutput(serializers.Serializer):
    """A voice."""

    id = serializers.CharField()
    name = serializers.CharField()


class VoicesOutput(serializers.Serializer):
    """The voices."""

    voices = VoiceOutput(many=True)


class VoiceListApi(APIView):
    """The voices that can read a book."""

    @extend_schema(responses=VoicesOutput)
    def get(self, request: Request) -> Response:
        """List the voices of the inference server; 503 where it does not answer."""
        return answer(VoicesOutput, {"voices": inference.voices()})
