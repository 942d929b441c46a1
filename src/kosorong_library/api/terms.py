"""How words and names are translated in one's books."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kosorong.errors import InputError
from kosorong.terms import LONGEST_TERM, Term
from kosorong.terms import terms_of as checked
from kosorong.text.cleaning import plain
from kosorong_library.api.bodies import answer, answer_page, fields_of
from kosorong_library.api.permissions import MakerPermission
from kosorong_library.api.views import READ_OR_EMPTY, READ_PATTERN, Pages, TextField
from kosorong_library.library import access
from kosorong_library.library.models import Language
from kosorong_library.studio import terms
from kosorong_library.studio.models import FixedTerm


class TermOutput(serializers.Serializer):
    """How a word is translated."""

    id = serializers.IntegerField()
    korean = serializers.CharField()
    jeju = serializers.CharField()
    created_at = serializers.DateTimeField()


class TermInput(serializers.Serializer):
    """A Korean word and what stands for it in Jeju; an empty one keeps the word."""

    korean = TextField(most=LONGEST_TERM, holds=READ_PATTERN)
    jeju = TextField(most=LONGEST_TERM, holds=READ_OR_EMPTY, required=False, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Want what the translator takes for a term."""
        try:
            (term,) = checked({plain(attrs["korean"]): plain(attrs["jeju"])}).entries
        except InputError as error:
            raise serializers.ValidationError({"korean": [str(error)]}) from error
        return {"term": term}


def _given(request: Request) -> Term:
    term: Term = fields_of(TermInput, request.data)["term"]
    return term


class TermListApi(APIView):
    """How words are translated in one's books."""

    permission_classes = (MakerPermission,)
    pagination_class = Pages

    @extend_schema(responses=TermOutput(many=True))
    def get(self, request: Request) -> Response:
        """List one's terms by their Korean."""
        rows = FixedTerm.objects.filter(user=access.person(request))
        return answer_page(TermOutput, rows, request, self)

    @extend_schema(request=TermInput, responses={201: TermOutput})
    def post(self, request: Request) -> Response:
        """Fix a word in all of one's books; sentences that hold it are translated again."""
        row = terms.put(access.person(request), _given(request))
        return answer(TermOutput, row, 201)


class TermReachedOutput(serializers.Serializer):
    """A sentence that would be translated again."""

    book = serializers.IntegerField()
    title = serializers.CharField()
    segment = serializers.IntegerField()
    position = serializers.IntegerField()
    language = serializers.ChoiceField(Language.choices)
    text = serializers.CharField()
    before = serializers.CharField(help_text="Its translation so far.")


class TermPreviewOutput(serializers.Serializer):
    """How many sentences would be translated again, and the first of them."""

    count = serializers.IntegerField()
    results = TermReachedOutput(many=True)


class TermPreviewApi(APIView):
    """What a term would change."""

    permission_classes = (MakerPermission,)

    @extend_schema(request=TermInput, responses=TermPreviewOutput)
    def post(self, request: Request) -> Response:
        """Return the sentences that would be translated again: how many, and the first of them."""
        preview = terms.preview(access.person(request), _given(request))
        return answer(TermPreviewOutput, preview)


class TermApi(APIView):
    """How a word is translated."""

    permission_classes = (MakerPermission,)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, term: int) -> Response:
        """Leave the word to the translator again."""
        row = FixedTerm.objects.filter(user=access.person(request), pk=term).first()
        if row is None:
            raise Http404
        terms.remove(row)
        return Response(status=204)
