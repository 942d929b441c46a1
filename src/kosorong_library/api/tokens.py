"""Tokens of one's programs."""

from __future__ import annotations

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from kosorong_library.accounts import services
from kosorong_library.api.accounts import PersonApi
from kosorong_library.api.bodies import answer, fields_of, shown
from kosorong_library.api.views import WordsField


class TokenOutput(serializers.Serializer):
    """A token, without itself."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    created_at = serializers.DateTimeField()
    used_at = serializers.DateTimeField(allow_null=True)


class NewTokenOutput(TokenOutput):
    """A new token: it is shown this once."""

    token = serializers.CharField()


class TokenListApi(PersonApi):
    """The tokens of the user who asks."""

    class Input(serializers.Serializer):
        """What the user calls it."""

        name = WordsField(max_length=100)

    @extend_schema(responses=TokenOutput(many=True))
    def get(self, request: Request) -> Response:
        """List the tokens, the newest first; there are at most fifty."""
        return answer(TokenOutput, list(request.user.tokens.order_by("-id")))

    @extend_schema(request=Input, responses={201: NewTokenOutput})
    def post(self, request: Request) -> Response:
        """Make a token; only its hash is kept."""
        fields = fields_of(self.Input, request.data)
        row, token = services.new_token(request.user, fields["name"])
        return answer(NewTokenOutput, {**shown(TokenOutput, row), "token": token}, 201)


class TokenApi(PersonApi):
    """A token."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, token: int) -> Response:
        """Revoke a token: it opens nothing from now on."""
        deleted, _ = request.user.tokens.filter(pk=token).delete()
        if not deleted:
            raise Http404
        return Response(status=204)
