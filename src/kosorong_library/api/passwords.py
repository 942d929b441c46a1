"""Change a password, or choose a new one with the link of a letter."""

from __future__ import annotations

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.tokens import default_token_generator
from django.utils.http import urlsafe_base64_decode
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from kosorong.errors import ServiceError
from kosorong_library.accounts import limits, services, tasks
from kosorong_library.accounts.models import User
from kosorong_library.api.accounts import (
    Password,
    PersonApi,
    PublicApi,
    need_accounts,
    need_password,
)
from kosorong_library.api.bodies import fields_of
from kosorong_library.api.views import WordsField, page_address
from kosorong_library.config import queue
from kosorong_library.config.errors import Refused


class PasswordApi(PersonApi):
    """One's own password."""

    class Input(serializers.Serializer):
        """The old one, and the new one."""

        old = Password()
        password = Password()

    @extend_schema(request=Input, responses={204: None})
    def post(self, request: Request) -> Response:
        """Change the password: this session is renewed, the others end, tokens stay."""
        fields = fields_of(self.Input, request.data)
        need_password(request.user, fields["old"])
        services.set_password(request.user, fields["password"])
        update_session_auth_hash(request, request.user)
        return Response(status=204)


class ResetApi(PublicApi):
    """A letter with a link, for whoever forgot the password."""

    class Input(serializers.Serializer):
        """Where to."""

        mail = serializers.EmailField(max_length=254)

    @extend_schema(request=Input, responses={202: None})
    def post(self, request: Request) -> Response:
        """Ask for the letter; the answer is the same whether anybody has this address."""
        fields = fields_of(self.Input, request.data)
        need_accounts()
        mail = fields["mail"]
        address = limits.address_of(request)
        limits.count((limits.RESET_MAIL, mail.casefold()), (limits.RESET_ADDRESS, address))
        if not queue.give(tasks.send_reset, mail, page_address(request)):
            raise ServiceError("letters cannot be sent now.", cure="Try again in a minute.")
        return Response(status=202)


class ResetConfirmApi(PublicApi):
    """A new password for the holder of the letter."""

    class Input(serializers.Serializer):
        """What stands behind `#` in the link, and the new password."""

        key = WordsField(max_length=200, allow_blank=True)
        password = Password()

    @extend_schema(request=Input, responses={204: None})
    def post(self, request: Request) -> Response:
        """Set the password; every session of the user ends, and the link with them."""
        fields = fields_of(self.Input, request.data)
        limits.count((limits.RESET_ADDRESS, limits.address_of(request)))
        user = _holder(fields["key"])
        services.set_password(user, fields["password"])
        limits.forgive(limits.RESET_ADDRESS, limits.address_of(request))
        limits.forget(limits.LOGIN_NAME, user.username)
        return Response(status=204)


def _holder(key: str) -> User:
    number, _, token = key.partition(".")
    try:
        pk = int(urlsafe_base64_decode(number).decode("ascii"))
        user = User.objects.filter(pk=pk, is_active=True).first()
    except (ValueError, OverflowError):
        user = None
    if user is None or not default_token_generator.check_token(user, token):
        raise Refused(
            "key", "The link is used up or too old; ask for another letter.", "wrong_link"
        )
    return user
