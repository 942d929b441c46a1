"""The segments of a book: in reading order, or by what a correction would mend."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kosorong_library.api import outputs
from kosorong_library.api.bodies import answer_page, fields_of
from kosorong_library.api.permissions import BookPermission
from kosorong_library.api.views import Pages, TextField, truth_of
from kosorong_library.library import access, doubts, search
from kosorong_library.library.models import Book, Segment

_MOST_CHAPTERS = 10**6


class SegmentListApi(APIView):
    """The segments of a book: what is read, when, and what stands beside."""

    permission_classes = (BookPermission,)
    pagination_class = Pages

    class Filter(serializers.Serializer):
        """Which."""

        chapter = serializers.IntegerField(required=False, min_value=0, max_value=_MOST_CHAPTERS)
        start = serializers.IntegerField(required=False, min_value=0, max_value=2**31 - 1)
        search = TextField(required=False, default="", most=200)
        ordering = serializers.ChoiceField(("position", "mends"), default="position")

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "chapter",
                {"type": "integer", "minimum": 0, "maximum": _MOST_CHAPTERS},
                description="Position of a chapter, from 0.",
            ),
            OpenApiParameter(
                "start",
                {"type": "integer", "minimum": 0, "maximum": 2**31 - 1},
                description="Position of the first segment, from 0.",
            ),
            OpenApiParameter("search", str, description="Words of either language."),
            OpenApiParameter(
                "ordering",
                str,
                enum=("position", "mends"),
                description="`mends`: doubted ones alone, first those whose correction would mend"
                " most of this book, of one's own and of public ones.",
            ),
            OpenApiParameter("brief", bool, description="Without `begin_ms`."),
        ],
        responses=outputs.SegmentOutput(many=True),
    )
    def get(self, request: Request, book: int) -> Response:
        """List segments in reading order, fifty a page or up to 500 by `page_size`."""
        fields = fields_of(self.Filter, request.query_params)
        book_row = access.book_to_read(request, book)
        rows = outputs.segment_rows(book_row)
        if "chapter" in fields:
            rows = rows.filter(chapter__position=fields["chapter"])
        if "start" in fields:
            rows = rows.filter(position__gte=fields["start"])
        rows = search.matching_segments(rows, fields["search"])
        brief = truth_of(request, "brief")
        if fields["ordering"] == "mends":
            return self._by_mending(request, book_row, rows, brief=brief)
        lines = partial(outputs.segment_lines, book_row, brief=brief)
        return answer_page(outputs.SegmentOutput, rows, request, self, lines)

    def _by_mending(
        self, request: Request, book: Book, rows: QuerySet[Segment, Any], *, brief: bool
    ) -> Response:
        user = request.user if request.user.is_authenticated else None
        mends = doubts.by_mending(book, rows, user)

        def lines(page: Sequence[int]) -> list[dict[str, Any]]:
            asked = outputs.segment_rows(book).filter(pk__in=page)
            by_key = {line["id"]: line for line in outputs.segment_lines(book, asked, brief=brief)}
            return [{**by_key[pk], "mends": mends[pk]} for pk in page if pk in by_key]

        return answer_page(outputs.SegmentOutput, list(mends), request, self, lines)
