"""Whether a mail address is its user's."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from kosorong_library.accounts import limits, mail_confirmation
from kosorong_library.api.accounts import PersonApi, PublicApi, need_accounts
from kosorong_library.api.bodies import fields_of
from kosorong_library.api.views import page_address


class MailApi(PersonApi):
    """The letter that asks whether an address is one's own."""

    @extend_schema(request=None, responses={202: None})
    def post(self, request: Request) -> Response:
        """Send it once more; 409 where there is nothing to confirm, or no letters are sent."""
        need_accounts()
        mail_confirmation.send(request.user, page_address(request))
        return Response(status=202)


class MailConfirmApi(PublicApi):
    """The word of whoever holds the letter."""

    class Input(serializers.Serializer):
        """What stands behind `#` in the link."""

        key = serializers.CharField(max_length=1000, allow_blank=True)

    @extend_schema(request=Input, responses={204: None})
    def post(self, request: Request) -> Response:
        """Confirm the address; nobody needs to be logged in, a phone may have opened the letter."""
        fields = fields_of(self.Input, request.data)
        limits.count((limits.RESET_ADDRESS, limits.address_of(request)))
        mail_confirmation.confirm(fields["key"])
        limits.forgive(limits.RESET_ADDRESS, limits.address_of(request))
        return Response(status=204)
