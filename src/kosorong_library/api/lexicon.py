"""What a word is in Jeju, with what speaks for it."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kosorong_library.api.bodies import answer, fields_of
from kosorong_library.api.views import SEEN_PATTERN, TextField
from kosorong_library.studio import inference

_LONGEST = 200
"""Characters looked up at a time: a sentence."""


class WordInput(serializers.Serializer):
    """A word or a sentence, Korean or Jeju."""

    form = TextField(most=_LONGEST, holds=SEEN_PATTERN)


class FormOutput(serializers.Serializer):
    """A Jeju form."""

    form = serializers.CharField()
    region = serializers.CharField(help_text="Where people say so; empty where nobody told.")


class RowOutput(serializers.Serializer):
    """A sense of a word."""

    korean = serializers.CharField()
    part_of_speech = serializers.CharField()
    sense = serializers.CharField(help_text="Empty where the word has one.")
    forms = FormOutput(many=True, help_text="The commonest first.")
    register = serializers.CharField()
    weight = serializers.IntegerField(help_text="3 sources hold it, 2 likely, 1 a guess.")
    evidence = serializers.ListField(child=serializers.CharField())
    note = serializers.CharField()
    licence = serializers.CharField()
    credit = serializers.CharField()


class RowsOutput(serializers.Serializer):
    """The rows of a word, or of every word of a sentence."""

    form = serializers.CharField()
    rows = RowOutput(many=True)


class LexiconApi(APIView):
    """The lexicon."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "form",
                {"type": "string", "minLength": 1, "maxLength": _LONGEST, "pattern": SEEN_PATTERN},
                required=True,
                description="In any form: 바당에 감수다.",
            )
        ],
        responses=RowsOutput,
    )
    def get(self, request: Request) -> Response:
        """Return the rows of a word in any form, Korean or Jeju."""
        fields = fields_of(WordInput, request.query_params)
        return answer(RowsOutput, inference.look_up(fields["form"]))
