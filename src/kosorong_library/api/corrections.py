"""Corrections of a book: proposed, voted for, decided, undone, offered for other books."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from typing import Any

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kosorong_library.accounts import limits
from kosorong_library.api.bodies import answer, answer_page, fields_of
from kosorong_library.api.permissions import MakerPermission
from kosorong_library.api.views import SEEN_PATTERN, Pages, TextField, TruthField
from kosorong_library.library import access
from kosorong_library.library import selectors as library
from kosorong_library.studio import bulk_correction, corrections
from kosorong_library.studio import correction_selectors as selectors
from kosorong_library.studio.models import Correction, CorrectionKind, Standing

_MOST_TEXT = 2000
_MOST_PLACE = 40


class CorrectionOutput(serializers.Serializer):
    """A correction."""

    id = serializers.IntegerField()
    segment = serializers.IntegerField()
    position = serializers.IntegerField(help_text="Of the segment in its book.")
    kind = serializers.ChoiceField(CorrectionKind.choices)
    was = serializers.CharField()
    text = serializers.CharField()
    korean = serializers.CharField()
    spelling = serializers.CharField()
    region = serializers.CharField()
    village = serializers.CharField()
    consent = serializers.BooleanField(help_text="Models may learn from it.")
    licence = serializers.CharField()
    state = serializers.ChoiceField(Standing.choices)
    by = serializers.CharField()
    mine = serializers.BooleanField()
    votes = serializers.IntegerField()
    voted = serializers.BooleanField(help_text="By whoever asks.")
    created_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)


def _found(request: Request, book: int, number: int) -> Correction:
    return selectors.correction_of(access.book_to_read(request, book), number, request.user)


def _own(request: Request, book: int, number: int) -> Correction:
    return selectors.correction_of(access.book_to_change(request, book), number, request.user)


def _shown(request: Request, row: Correction, status: int = 200) -> Response:
    fresh = selectors.correction_of(row.segment.book, row.pk, request.user)
    return answer(CorrectionOutput, selectors.line(fresh, request.user), status)


class CorrectionListApi(APIView):
    """The corrections of a book."""

    pagination_class = Pages

    class Filter(serializers.Serializer):
        """Which."""

        segment = serializers.IntegerField(required=False, min_value=1, max_value=2**62)
        state = serializers.ChoiceField(Standing.choices, required=False)

    class Input(serializers.Serializer):
        """What a segment should say, or sound like."""

        segment = serializers.IntegerField(min_value=1, max_value=2**62)
        kind = serializers.ChoiceField(CorrectionKind.choices, default=CorrectionKind.TRANSLATION)
        text = TextField(most=_MOST_TEXT, holds=SEEN_PATTERN)
        region = TextField(required=False, default="", most=_MOST_PLACE)
        village = TextField(required=False, default="", most=_MOST_PLACE)
        consent = TruthField(default=False)

    @extend_schema(
        parameters=[
            OpenApiParameter("segment", {"type": "integer", "minimum": 1, "maximum": 2**62}),
            OpenApiParameter("state", str, enum=Standing.values),
        ],
        responses=CorrectionOutput(many=True),
    )
    def get(self, request: Request, book: int) -> Response:
        """List corrections, newest first."""
        book_row = access.book_to_read(request, book)
        fields = fields_of(self.Filter, request.query_params)
        rows = selectors.corrections_of(book_row, request.user).filter(**fields)
        return answer_page(
            CorrectionOutput,
            rows,
            request,
            self,
            lambda page: [selectors.line(row, request.user) for row in page],
        )

    @extend_schema(request=Input, responses={201: CorrectionOutput})
    def post(self, request: Request, book: int) -> Response:
        """Propose a correction; the owner's own is taken over at once."""
        book_row = access.book_to_read(request, book)
        fields = fields_of(self.Input, request.data)
        segment = library.segment_named(book_row, fields.pop("segment"))
        if not access.is_owner(request, book_row):
            limits.count((limits.PROPOSAL, str(request.user.pk)))
        segment = library.segment_of(book_row, segment.pk)
        return _shown(request, corrections.propose(segment, request.user, fields), 201)


class CorrectionApi(APIView):
    """A correction."""

    class Input(serializers.Serializer):
        """Whether models may learn from it."""

        consent = TruthField()

    @extend_schema(responses=CorrectionOutput)
    def get(self, request: Request, book: int, correction: int) -> Response:
        """Return a correction."""
        return _shown(request, _found(request, book, correction))

    @extend_schema(request=Input, responses=CorrectionOutput)
    def patch(self, request: Request, book: int, correction: int) -> Response:
        """Give or take back the consent to what one proposed."""
        row = _found(request, book, correction)
        fields = fields_of(self.Input, request.data)
        if row.user_id != request.user.pk:
            raise PermissionDenied("Only whoever proposed it may say this.")
        corrections.set_consent(row, fields["consent"])
        return _shown(request, row)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, book: int, correction: int) -> Response:
        """Take back what one proposed, or remove it from one's own book; the text stays."""
        row = _found(request, book, correction)
        if request.user.pk not in {row.user_id, row.segment.book.owner_id}:
            raise PermissionDenied("Only whoever proposed it, or the book's owner, may do this.")
        row.delete()
        return Response(status=204)


class VoteApi(APIView):
    """Somebody's yes."""

    def _voted_on(self, request: Request, book: int, correction: int) -> Correction:
        row = _found(request, book, correction)
        if not access.may_vote(request.user):
            raise PermissionDenied("Correctors vote; ask an admin to make you one.")
        return row

    @extend_schema(request=None, responses=CorrectionOutput)
    def put(self, request: Request, book: int, correction: int) -> Response:
        """Vote for a correction; two votes take it over."""
        row = self._voted_on(request, book, correction)
        corrections.vote(row, request.user)
        return _shown(request, row)

    @extend_schema(responses=CorrectionOutput)
    def delete(self, request: Request, book: int, correction: int) -> Response:
        """Take the vote back."""
        row = self._voted_on(request, book, correction)
        corrections.take_back_vote(row, request.user)
        return _shown(request, row)


class DecisionApi(APIView, ABC):
    """What the owner of a book decides of a correction."""

    permission_classes = (MakerPermission,)

    @extend_schema(request=None, responses=CorrectionOutput)
    def post(self, request: Request, book: int, correction: int) -> Response:
        """Decide."""
        row = _own(request, book, correction)
        self.decide(row, request)
        return _shown(request, row)

    @abstractmethod
    def decide(self, row: Correction, request: Request) -> None:
        """Write the decision down."""


class AcceptApi(DecisionApi):
    """Put it into the text."""

    def decide(self, row: Correction, request: Request) -> None:
        """Put it into the text."""
        corrections.accept(row, request.user)


class DeclineApi(DecisionApi):
    """Leave the text as it is."""

    def decide(self, row: Correction, request: Request) -> None:
        """Set it aside."""
        corrections.decline(row, request.user, Standing.DECLINED)


class KeepApi(DecisionApi):
    """Leave the text as it is, and the correction beside it: people say it so elsewhere."""

    def decide(self, row: Correction, request: Request) -> None:
        """Keep it as a variant."""
        corrections.decline(row, request.user, Standing.VARIANT)


class UndoApi(DecisionApi):
    """Open a decision again."""

    def decide(self, row: Correction, request: Request) -> None:
        """Open it; a text that was taken over goes back."""
        corrections.undo(row)


class ChangeOutput(serializers.Serializer):
    """A sentence of another place that would change."""

    book = serializers.IntegerField()
    title = serializers.CharField()
    segment = serializers.IntegerField()
    position = serializers.IntegerField()
    before = serializers.CharField()
    after = serializers.CharField()


class EverywhereApi(APIView):
    """A correction, offered for all books of whoever asks."""

    permission_classes = (MakerPermission,)

    class Input(serializers.Serializer):
        """The sentences that were chosen."""

        segments = serializers.ListField(
            child=serializers.IntegerField(min_value=1, max_value=2**62),
            min_length=1,
            max_length=bulk_correction.MOST,
        )

    @extend_schema(responses=ChangeOutput(many=True))
    def get(self, request: Request, book: int, correction: int) -> Response:
        """Show what it would change; at most 200 sentences."""
        user = access.person(request)
        row = _found(request, book, correction)
        return answer(ChangeOutput, _changes(row, user))

    class Output(serializers.Serializer):
        """How many of them were changed."""

        changed = serializers.IntegerField()

    @extend_schema(request=Input, responses=Output)
    def post(self, request: Request, book: int, correction: int) -> Response:
        """Change the sentences that were chosen."""
        row = _found(request, book, correction)
        fields = fields_of(self.Input, request.data)
        count = bulk_correction.apply(row, request.user, fields["segments"])
        return answer(self.Output, {"changed": count})


def _changes(row: Correction, user: Any) -> list[dict[str, Any]]:
    return [
        {
            "book": change.segment.book_id,
            "title": change.segment.book.title,
            "segment": change.segment.pk,
            "position": change.segment.position,
            "before": change.before,
            "after": change.after,
        }
        for change in bulk_correction.changes(row, user)
    ]


class TrainingApi(APIView):
    """What models may learn from."""

    @extend_schema(responses={(200, "application/x-ndjson"): OpenApiTypes.STR})
    def get(self, request: Request) -> HttpResponseBase:
        """Return corrections as lines of JSON: of one's own books; for admins, of public ones."""
        lines = selectors.training_lines(request.user)
        body = (f"{json.dumps(line, ensure_ascii=False)}\n".encode() for line in lines)
        headers = {"Content-Disposition": 'attachment; filename="corrections.jsonl"'}
        return StreamingHttpResponse(
            body, content_type="application/x-ndjson; charset=utf-8", headers=headers
        )
