"""Where the listener stopped."""

from __future__ import annotations

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kosorong_library.config.errors import Conflict
from kosorong_library.library import selectors as library
from kosorong_library.library.outputs import PlaceOutput
from kosorong_library.listening import selectors, services

_MOST_MS = 24 * 3600 * 1000


class PositionApi(APIView):
    """A listener's place in a book."""

    class Input(serializers.Serializer):
        """A place, and when it was heard by the listener's clock."""

        segment = serializers.IntegerField(min_value=1, max_value=2**62)
        audio_ms = serializers.IntegerField(min_value=0, max_value=_MOST_MS)
        client_time = serializers.DateTimeField()

    @extend_schema(responses=PlaceOutput)
    def get(self, request: Request, book: int) -> Response:
        """Return the place; 404 before the first one."""
        place = selectors.position_of(request.user, library.book_of(request.user, book))
        if place is None:
            raise Http404
        return Response(place)

    @extend_schema(request=Input, responses={200: PlaceOutput, 409: PlaceOutput})
    def put(self, request: Request, book: int) -> Response:
        """Remember a place; 409 with the stored one where that is newer."""
        found = library.book_of(request.user, book)
        given = self.Input(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        segment = found.segments.filter(pk=data["segment"]).first()
        if segment is None:
            raise serializers.ValidationError({"segment": ["This book has no such segment."]})
        row, taken = services.put_position(
            request.user, found, segment, data["audio_ms"], data["client_time"]
        )
        if not taken:
            raise Conflict(
                "A newer place is stored already; go on from there.", selectors.shown(row)
            )
        return Response(selectors.shown(row))
