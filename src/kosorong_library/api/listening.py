"""Where the listener stopped, what they marked, how they like it."""

from __future__ import annotations

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kosorong.ports import SPELLINGS
from kosorong_library.api.bodies import answer, answer_page, fields_of
from kosorong_library.api.outputs import PlaceOutput
from kosorong_library.api.views import NumberField, Pages, TextField, TruthField
from kosorong_library.config.errors import Conflict
from kosorong_library.library import access
from kosorong_library.library.selectors import segment_named
from kosorong_library.listening import selectors, services

_MOST_NOTE = 500
_MOST_MS = 24 * 3600 * 1000


class PositionApi(APIView):
    """A listener's place in a book."""

    class Input(serializers.Serializer):
        """A place, and when it was heard by the listener's clock.

        `based_on`: version of the place that this device knew, 0 for none; without it the later
        of two places wins.
        """

        segment = serializers.IntegerField(min_value=1, max_value=2**62)
        audio_ms = serializers.IntegerField(min_value=0, max_value=_MOST_MS)
        client_time = serializers.DateTimeField()
        based_on = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False)

    @extend_schema(responses=PlaceOutput)
    def get(self, request: Request, book: int) -> Response:
        """Return the place; 404 before the first one."""
        place = selectors.position_of(request.user, access.book_to_read(request, book))
        if place is None:
            raise Http404
        return answer(PlaceOutput, place)

    @extend_schema(request=Input, responses=PlaceOutput)
    def put(self, request: Request, book: int) -> Response:
        """Remember a place; 409 with the stored one where that is newer, or was not known."""
        book_row = access.book_to_read(request, book)
        data = fields_of(self.Input, request.data)
        segment = segment_named(book_row, data["segment"])
        heard = (segment, data["audio_ms"], data["client_time"], data.get("based_on"))
        row, taken = services.put_position(request.user, book_row, *heard)
        if not taken:
            raise Conflict(
                "A newer place is stored already; go on from there.", selectors.shown(row)
            )
        return answer(PlaceOutput, selectors.shown(row))


class BookmarkOutput(serializers.Serializer):
    """A sentence to find again."""

    id = serializers.IntegerField()
    segment = serializers.IntegerField()
    position = serializers.IntegerField(help_text="Of the segment in its book.")
    note = serializers.CharField()
    text = serializers.CharField(help_text="Of the sentence, in Jeju.")
    beside = serializers.CharField(help_text="The same in Korean.")
    created_at = serializers.DateTimeField()


class BookmarkListApi(APIView):
    """What a listener marked in a book."""

    pagination_class = Pages

    class Input(serializers.Serializer):
        """A sentence, and what to remember of it."""

        segment = serializers.IntegerField(min_value=1, max_value=2**62)
        note = TextField(required=False, default="", most=_MOST_NOTE)

    @extend_schema(responses=BookmarkOutput(many=True))
    def get(self, request: Request, book: int) -> Response:
        """List bookmarks in reading order."""
        rows = selectors.bookmarks_of(request.user, access.book_to_read(request, book))
        return answer_page(
            BookmarkOutput, rows, request, self, lambda page: [*map(selectors.marked, page)]
        )

    @extend_schema(request=Input, responses={200: BookmarkOutput, 201: BookmarkOutput})
    def post(self, request: Request, book: int) -> Response:
        """Mark a sentence; 200 where it was marked already, with the new note."""
        book_row = access.book_to_read(request, book)
        fields = fields_of(self.Input, request.data)
        segment = segment_named(book_row, fields["segment"])
        note = fields["note"]
        row, is_new = services.put_bookmark(request.user, book_row, segment, note)
        return answer(BookmarkOutput, selectors.marked(row), 201 if is_new else 200)


class BookmarkApi(APIView):
    """A bookmark."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, book: int, bookmark: int) -> Response:
        """Take a bookmark out."""
        rows = selectors.bookmarks_of(request.user, access.book_to_read(request, book))
        row = rows.filter(pk=bookmark).first()
        if row is None:
            raise Http404
        row.delete()
        return Response(status=204)


class SettingsApi(APIView):
    """How somebody likes to listen and to read, on every device."""

    class Input(serializers.Serializer):
        """What is to be otherwise.

        `speed`: 1.0 is the voice's own pace. `size`: of letters, 0 for the smallest. `korean`:
        shown beside. `tongue`: of the page. `theme`: its light. `spelling`: of Jeju in new books.
        """

        speed = NumberField(min_value=0.5, max_value=2.0, required=False)
        size = serializers.IntegerField(min_value=0, max_value=9, required=False)
        korean = TruthField(required=False)
        tongue = serializers.ChoiceField(("ko", "en"), required=False)
        theme = serializers.ChoiceField(("light", "dark", "system"), required=False)
        spelling = serializers.ChoiceField(SPELLINGS, required=False)

    @extend_schema(responses=Input)
    def get(self, request: Request) -> Response:
        """Return what was chosen."""
        return answer(self.Input, selectors.settings_of(request.user))

    @extend_schema(request=Input, responses=Input)
    def patch(self, request: Request) -> Response:
        """Change what is named, and leave the rest."""
        fields = fields_of(self.Input, request.data)
        return answer(self.Input, services.set_settings(request.user, fields))
