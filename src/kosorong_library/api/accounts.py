"""Come in and go: log in, log out, who am I, register, close the account."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.db import transaction
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import ensure_csrf_cookie
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kosorong_library.accounts import (
    account_deletion,
    devices,
    invitations,
    limits,
    mail_confirmation,
    services,
)
from kosorong_library.accounts.models import Token, User
from kosorong_library.api.authentication import MachineOwner, Session
from kosorong_library.api.bodies import answer, fields_of
from kosorong_library.api.views import WordsField, page_address
from kosorong_library.config.errors import Conflict, Refused

MAX_PASSWORD = 1000


class Password(WordsField):
    """A password, as it was typed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=MAX_PASSWORD, trim_whitespace=False, **options)


class UserOutput(serializers.Serializer):
    """The user who asks."""

    id = serializers.IntegerField()
    name = serializers.CharField(source="username")
    mail = serializers.CharField(source="email")
    mail_confirmed = serializers.SerializerMethodField()
    role = serializers.CharField()
    single_user = serializers.SerializerMethodField()

    def get_mail_confirmed(self, user: User) -> bool | None:
        """Return whether the address is known to be theirs; null where nobody asks."""
        return mail_confirmation.is_confirmed(user)

    def get_single_user(self, user: User) -> bool:
        """Return whether nobody has to log in here."""
        return bool(settings.SINGLE_USER)


class PersonApi(APIView):
    """An address for people: a token of a program does not open it."""

    authentication_classes = (Session, MachineOwner)


def need_accounts() -> None:
    """Refuse what makes no sense where nobody logs in.

    Raises:
        Conflict: This is single-user mode.
    """
    if settings.SINGLE_USER:
        raise Conflict(
            "Nobody logs in on this machine (single-user mode), so that there is no password."
            " KOSORONG_SINGLE_USER=0 turns accounts on.",
            {"reason": "single_user"},
        )


def need_password(user: User, password: str) -> None:
    """See that whoever holds the session also knows the password.

    Raises:
        Refused: The password is not right.
        TooMany: It was guessed too often.
    """
    need_accounts()
    limits.count((limits.PASSWORD, str(user.pk)))
    if not user.check_password(password):
        raise Refused("password", "This is not your password; try again.", "wrong_password")
    limits.forget(limits.PASSWORD, str(user.pk))


@method_decorator(ensure_csrf_cookie, name="dispatch")
class MeApi(APIView):
    """The user who asks; sets the cookie whose value writes carry as `X-CSRFToken`."""

    class Input(serializers.Serializer):
        """Another mail address, with the password."""

        mail = serializers.EmailField(max_length=254, allow_blank=True)
        password = Password()

    @extend_schema(responses=UserOutput)
    def get(self, request: Request) -> Response:
        """Return the user."""
        return answer(UserOutput, request.user)

    @extend_schema(request=Input, responses=UserOutput)
    def patch(self, request: Request) -> Response:
        """Change the mail address to which a new password can be sent; no token may."""
        if isinstance(request.auth, Token):
            raise NotAuthenticated
        fields = fields_of(self.Input, request.data)
        need_password(request.user, fields["password"])
        services.set_mail(request.user, fields["mail"])
        mail_confirmation.begin(request.user, page_address(request))
        return answer(UserOutput, request.user)


class PublicApi(APIView):
    """An address for people who are not in yet."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse what another site sends; a method that is not ours is told as such."""
        super().initial(request, *args, **kwargs)
        if request.method in self.allowed_methods:
            Session().enforce_csrf(request)

    def get_authenticate_header(self, request: Request) -> str:
        """Return what a 401 asks for, without which it would become a 403."""
        return "Bearer"


class WrongLogin(AuthenticationFailed):
    """The same words, whether the name exists or not."""

    extra = {"reason": "wrong_login"}  # noqa: RUF012  # read only

    def __init__(self) -> None:
        super().__init__("Name or password are not right; try again.")


class LoginApi(PublicApi):
    """Begin a session."""

    class Input(serializers.Serializer):
        """Name and password."""

        name = WordsField(max_length=150)
        password = Password()

    @extend_schema(request=Input, responses=UserOutput)
    def post(self, request: Request) -> Response:
        """Log in."""
        fields = fields_of(self.Input, request.data)
        name = User.normalize_username(fields["name"])
        address = limits.address_of(request)
        tried = devices.limit_of(request, name)
        limits.count(tried, (limits.LOGIN_ADDRESS, address))
        user = authenticate(request, username=name, password=fields["password"])
        if user is None:
            raise WrongLogin
        limits.forget(*tried)
        limits.forgive(limits.LOGIN_ADDRESS, address)
        _begin(request, user)
        response = answer(UserOutput, user)
        devices.remember(response, name)
        return response


class LogoutApi(APIView):
    """End the session."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        """Log out."""
        logout(request)
        return Response(status=204)


class RegisterApi(PublicApi):
    """Become a user."""

    class Input(serializers.Serializer):
        """A name, a password, perhaps a mail address; the code and PIN of an invitation."""

        name = WordsField(max_length=services.MAX_NAME)
        password = Password()
        mail = serializers.EmailField(max_length=254, required=False, default="", allow_blank=True)
        code = WordsField(max_length=100, required=False, default="", allow_blank=True)
        pin = WordsField(max_length=20, required=False, default="", allow_blank=True)

    class Output(serializers.Serializer):
        """Who may register: `open` for everybody, `invited`, or `closed`."""

        registration = serializers.CharField()

    @extend_schema(responses=Output)
    def get(self, request: Request) -> Response:
        """Tell who may register."""
        return answer(self.Output, {"registration": registration()})

    @extend_schema(request=Input, responses={201: UserOutput})
    def post(self, request: Request) -> Response:
        """Register, and begin a session."""
        data = fields_of(self.Input, request.data)
        code, pin = data.pop("code"), data.pop("pin")
        address = limits.address_of(request)
        limits.count((limits.REGISTER, address))
        mode = registration()
        if mode == "closed" or (mode == "invited" and not code):
            raise _closed(mode)
        if code:
            user = invitations.accept(code, pin, **data)
            # A school class that comes with its invitations is not to be held up.
            limits.forgive(limits.REGISTER, address)
        else:
            user = services.register(**data)
        _begin(request, user)
        mail_confirmation.begin(user, page_address(request))
        return answer(UserOutput, user, 201)


def _begin(request: Request, user: User) -> None:
    """Begin a session; one that was only a link's goes on as long as any other from now on."""
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.set_expiry(None)


def registration() -> str:
    """Return who may register; nobody in single-user mode."""
    return "closed" if settings.SINGLE_USER else str(settings.REGISTRATION)


def _closed(mode: str) -> Refused:
    if mode == "invited":
        words = "Whoever registers here needs an invitation; ask an admin of the library."
    else:
        words = "Nobody can register here; ask an admin of the library."
    return Refused("code", words, f"registration_{mode}")


class CloseApi(PersonApi):
    """Leave for good."""

    class Input(serializers.Serializer):
        """The password, once more."""

        password = Password()

    @extend_schema(request=Input, responses={204: None})
    def post(self, request: Request) -> Response:
        """Delete the account: books, files, tokens and sessions."""
        fields = fields_of(self.Input, request.data)
        need_password(request.user, fields["password"])
        account_deletion.delete_account(request.user)
        with transaction.atomic():
            logout(request)
        return Response(status=204)
