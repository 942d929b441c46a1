"""What admins do: look after people, invite them."""

from __future__ import annotations

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from kosorong_library.accounts import invitations, selectors, services
from kosorong_library.accounts.models import Invitation, Role
from kosorong_library.api.accounts import PersonApi, registration
from kosorong_library.api.bodies import answer, answer_page, fields_of, shown
from kosorong_library.api.permissions import IsAdmin
from kosorong_library.api.views import Pages, WordsField, page_address
from kosorong_library.config.errors import Conflict

_LONGEST_DAYS = 90


class AdminApi(PersonApi):
    """An address for admins."""

    permission_classes = (IsAdmin,)


class UserLine(serializers.Serializer):
    """A user, as admins see them."""

    id = serializers.IntegerField()
    name = serializers.CharField(source="username")
    mail = serializers.CharField(source="email")
    role = serializers.ChoiceField(Role.choices)
    active = serializers.BooleanField(source="is_active")
    books = serializers.IntegerField(source="book_count")
    created_at = serializers.DateTimeField(source="date_joined")
    last_login = serializers.DateTimeField(allow_null=True)


class UserListApi(AdminApi):
    """Everybody."""

    pagination_class = Pages

    @extend_schema(responses=UserLine(many=True))
    def get(self, request: Request) -> Response:
        """List the users, the first one first, fifty a page."""
        return answer_page(UserLine, selectors.users(), request, self)


class UserApi(AdminApi):
    """A user."""

    class Input(serializers.Serializer):
        """What the user may do from now on."""

        role = serializers.ChoiceField(Role.choices)

    @extend_schema(request=Input, responses=UserLine)
    def patch(self, request: Request, user: int) -> Response:
        """Change a user's role."""
        row = selectors.users().filter(pk=user).first()
        if row is None:
            raise Http404
        fields = fields_of(self.Input, request.data)
        services.set_role(row, fields["role"])
        return answer(UserLine, row)


class InvitationOutput(serializers.Serializer):
    """An invitation, without its code and PIN."""

    id = serializers.IntegerField()
    note = serializers.CharField()
    role = serializers.ChoiceField(Role.choices)
    state = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    used_by = serializers.CharField(source="used_by.username", default=None, allow_null=True)

    def get_state(self, row: Invitation) -> str:
        """Return `open`, `used` or `expired`."""
        return selectors.state_of(row)


class NewInvitationOutput(InvitationOutput):
    """A new invitation: link, PIN and QR code (SVG) are shown this once."""

    link = serializers.CharField()
    pin = serializers.CharField()
    qr = serializers.CharField()


class InvitationListApi(AdminApi):
    """The invitations."""

    pagination_class = Pages

    class Input(serializers.Serializer):
        """Whom it is for, what they will be, how many days they have."""

        note = WordsField(max_length=100, required=False, default="", allow_blank=True)
        role = serializers.ChoiceField(Role.choices, required=False, default=Role.MAKER)
        days = serializers.IntegerField(
            min_value=1, max_value=_LONGEST_DAYS, required=False, default=14
        )

    @extend_schema(responses=InvitationOutput(many=True))
    def get(self, request: Request) -> Response:
        """List the invitations, the newest first, fifty a page."""
        return answer_page(InvitationOutput, selectors.invitations(), request, self)

    @extend_schema(request=Input, responses={201: NewInvitationOutput})
    def post(self, request: Request) -> Response:
        """Invite one person."""
        if registration() == "closed":
            raise Conflict(
                "Nobody can register here. Set KOSORONG_REGISTRATION to invited, and"
                " KOSORONG_SINGLE_USER to 0.",
                {"reason": "registration_closed"},
            )
        fields = fields_of(self.Input, request.data)
        invited = invitations.invite(request.user, **fields)
        link = f"{page_address(request)}register#{invited.code}"
        once = {"link": link, "pin": invited.pin, "qr": invitations.qr(link)}
        return answer(NewInvitationOutput, {**shown(InvitationOutput, invited.row), **once}, 201)


class InvitationApi(AdminApi):
    """An invitation."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, invitation: int) -> Response:
        """Take an invitation back; who came with it stays."""
        deleted, _ = Invitation.objects.filter(pk=invitation).delete()
        if not deleted:
            raise Http404
        return Response(status=204)
