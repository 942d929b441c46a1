"""What a change of a book would cost."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kosorong_library.api import inputs
from kosorong_library.api.bodies import answer
from kosorong_library.api.permissions import MakerPermission
from kosorong_library.library import access
from kosorong_library.studio import remaking


class BookCostApi(APIView):
    """What a change of a book would cost."""

    permission_classes = (MakerPermission,)

    class Output(serializers.Serializer):
        """How much is made again."""

        translated = serializers.IntegerField(help_text="Segments translated and spoken again.")
        spoken = serializers.IntegerField(help_text="Segments spoken again as they are written.")
        seconds = serializers.FloatField(allow_null=True, help_text="An estimate of the work.")

    @extend_schema(request=inputs.BookChanges, responses=Output)
    def post(self, request: Request, book: int) -> Response:
        """Tell what a change (as PATCH takes it) would make again, and change nothing."""
        book_row = access.book_to_change(request, book)
        return answer(self.Output, remaking.cost_of(book_row, inputs.changes(request)[1]))
