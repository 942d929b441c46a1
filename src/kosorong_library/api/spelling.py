"""Whether what somebody writes is written by the 제주어 표기법."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kosorong_library.api.bodies import answer, fields_of
from kosorong_library.api.views import SEEN_PATTERN, TextField
from kosorong_library.studio import inference

_LONGEST = 2_000
"""Characters asked about at a time; somebody waits for the answer."""


class SpellingInput(serializers.Serializer):
    """A Jeju text, however it was typed."""

    text = TextField(most=_LONGEST, holds=SEEN_PATTERN)


class FindingOutput(serializers.Serializer):
    """What is to be said of a word."""

    word = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    verdict = serializers.ChoiceField(("right", "wrong", "unsure"))
    rule = serializers.CharField()
    clause = serializers.CharField()
    clause_korean = serializers.CharField()
    clause_english = serializers.CharField()
    right = serializers.ListField(child=serializers.CharField())
    why = serializers.CharField()
    why_english = serializers.CharField()


class SpellingOutput(serializers.Serializer):
    """What was found in a text."""

    text = serializers.CharField()
    verdict = serializers.ChoiceField(("right", "wrong", "unsure"))
    modern = serializers.BooleanField()
    mended = serializers.CharField()
    findings = FindingOutput(many=True)


class SpellingApi(APIView):
    """The spelling of a text."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(request=SpellingInput, responses=SpellingOutput)
    def post(self, request: Request) -> Response:
        """Say of each word whether it is right, by which clause not, and what would be."""
        text = fields_of(SpellingInput, request.data)["text"]
        return answer(SpellingOutput, inference.spell(text))
