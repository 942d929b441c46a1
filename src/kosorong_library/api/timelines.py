"""When each segment of a book is heard, in one small answer however long the book is."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kosorong_library.api.bodies import answer
from kosorong_library.api.permissions import BookPermission
from kosorong_library.library import access, selectors
from kosorong_library.library.models import Book
from kosorong_library.studio.models import milliseconds
from kosorong_library.studio.sound import place


class TimelineApi(APIView):
    """How long the segments of a book sound, and the silences between them."""

    permission_classes = (BookPermission,)

    class Output(serializers.Serializer):
        """By position, up to the last segment that can be heard."""

        durations = serializers.ListField(
            child=serializers.IntegerField(allow_null=True),
            help_text="Milliseconds; null where nothing can be heard yet.",
        )
        pauses = serializers.ListField(
            child=serializers.IntegerField(), help_text="Milliseconds of silence after each."
        )

    @extend_schema(responses=Output)
    def get(self, request: Request, book: int) -> Response:
        """Return lengths and silences of the segments that can be heard."""
        durations, pauses = _timeline(access.book_to_read(request, book))
        return answer(self.Output, {"durations": durations, "pauses": pauses})


def _timeline(book: Book) -> tuple[list[int | None], list[int]]:
    durations: list[int | None] = []
    pauses: list[int] = []
    rate = selectors.sample_rate_of(book)
    if rate is None:
        return durations, pauses
    for chapter in book.chapters.order_by("position"):
        for heard in place(chapter, rate):
            found = heard.placed
            gap = found.finished.planned.position - len(durations)
            durations += [*[None] * gap, milliseconds(found.finished.samples, rate)]
            pauses += [*[0] * gap, milliseconds(found.silence, rate)]
    return durations, pauses
