"""What was changed of a segment, and taking it back; how words are said."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kosorong.text.cleaning import plain
from kosorong_library.api import outputs
from kosorong_library.api.bodies import answer, answer_page, fields_of
from kosorong_library.api.permissions import MakerPermission
from kosorong_library.api.views import SEEN_PATTERN, Pages, TextField
from kosorong_library.config.errors import Conflict
from kosorong_library.library import access
from kosorong_library.library import selectors as library
from kosorong_library.library.models import Segment
from kosorong_library.studio import editing, pronunciations
from kosorong_library.studio.models import Pronunciation


class FieldOutput(serializers.Serializer):
    """One text that was changed."""

    field = serializers.ChoiceField(("text", "beside", "spoken"))
    before = serializers.CharField()
    after = serializers.CharField()


class EditOutput(serializers.Serializer):
    """A change of a segment."""

    id = serializers.IntegerField()
    by = serializers.CharField(allow_null=True, help_text="null where they left, or votes did it.")
    at = serializers.DateTimeField()
    undone_at = serializers.DateTimeField(allow_null=True)
    correction = serializers.IntegerField(allow_null=True)
    changes = FieldOutput(many=True)


class HistoryApi(APIView):
    """What was changed of a segment."""

    permission_classes = (MakerPermission,)

    @extend_schema(responses=EditOutput(many=True))
    def get(self, request: Request, book: int, segment: int) -> Response:
        """List the changes, newest first."""
        book_row = access.book_to_change(request, book)
        return answer(EditOutput, _edits_of(library.segment_of(book_row, segment)))


def _edits_of(segment: Segment) -> list[dict[str, Any]]:
    """Return what was changed of a segment, newest first."""
    names = {
        editing.jeju_column(segment.book): "text",
        editing.korean_column(segment.book): "beside",
        "spoken_text": "spoken",
    }
    return [
        {
            "id": row.pk,
            "by": row.user.username if row.user else None,
            "at": row.created_at,
            "undone_at": row.undone_at,
            "correction": row.correction_id,
            "changes": [
                {"field": names[column], "before": row.before[column], "after": text}
                for column, text in row.after.items()
            ],
        }
        for row in segment.edits.select_related("user")
    ]


class UndoEditApi(APIView):
    """Taking back the newest change."""

    permission_classes = (MakerPermission,)

    @extend_schema(request=None, responses=outputs.SegmentOutput)
    def post(self, request: Request, book: int, segment: int) -> Response:
        """Take back the newest change that holds; again for the one before."""
        book_row = access.book_to_change(request, book)
        editing.undo(library.segment_of(book_row, segment))
        return answer(outputs.SegmentOutput, outputs.segment_line(book_row, segment))


class PronunciationOutput(serializers.Serializer):
    """How a word is said."""

    id = serializers.IntegerField()
    term = serializers.CharField()
    spoken = serializers.CharField()
    created_at = serializers.DateTimeField()


class PronunciationInput(serializers.Serializer):
    """A word as it is written, and what is said for it."""

    term = TextField(most=100, holds=SEEN_PATTERN)
    spoken = TextField(most=200, holds=SEEN_PATTERN)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Want both on one line, and not the same."""
        term, spoken = plain(attrs["term"]), plain(attrs["spoken"])
        if term == spoken:
            raise Conflict("It is said as it is written.", {"reason": "same_word"})
        return {"term": term, "spoken": spoken}


class PronunciationListApi(APIView):
    """How words are said in one's books."""

    permission_classes = (MakerPermission,)
    pagination_class = Pages

    @extend_schema(responses=PronunciationOutput(many=True))
    def get(self, request: Request) -> Response:
        """List one's pronunciations by term."""
        rows = Pronunciation.objects.filter(user=access.person(request))
        return answer_page(PronunciationOutput, rows, request, self)

    @extend_schema(request=PronunciationInput, responses={201: PronunciationOutput})
    def post(self, request: Request) -> Response:
        """Say a word so in all of one's books; sentences that hold it are spoken again."""
        fields = fields_of(PronunciationInput, request.data)
        row = pronunciations.put(request.user, **fields)
        return answer(PronunciationOutput, row, 201)


class PronunciationReachedOutput(serializers.Serializer):
    """A sentence that would be spoken otherwise."""

    book = serializers.IntegerField()
    title = serializers.CharField()
    segment = serializers.IntegerField()
    position = serializers.IntegerField()
    before = serializers.CharField()
    after = serializers.CharField()


class PronunciationPreviewOutput(serializers.Serializer):
    """How many sentences would be spoken otherwise, and the first of them."""

    count = serializers.IntegerField()
    results = PronunciationReachedOutput(many=True)


class PreviewApi(APIView):
    """What a pronunciation would change."""

    permission_classes = (MakerPermission,)

    @extend_schema(request=PronunciationInput, responses=PronunciationPreviewOutput)
    def post(self, request: Request) -> Response:
        """Return the sentences that would be spoken again: how many, and the first of them."""
        fields = fields_of(PronunciationInput, request.data)
        return answer(PronunciationPreviewOutput, pronunciations.preview(request.user, **fields))


class PronunciationApi(APIView):
    """How a word is said."""

    permission_classes = (MakerPermission,)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pronunciation: int) -> Response:
        """Say the word as it is written again."""
        row = Pronunciation.objects.filter(user=access.person(request), pk=pronunciation).first()
        if row is None:
            raise Http404
        pronunciations.remove(row)
        return Response(status=204)
