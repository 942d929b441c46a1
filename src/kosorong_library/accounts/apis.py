"""Log in, log out, who am I."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect, ensure_csrf_cookie
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kosorong_library.accounts.models import User


class UserOutput(serializers.Serializer):
    """The user who asks."""

    id = serializers.IntegerField()
    name = serializers.CharField(source="username")
    role = serializers.CharField()
    single_user = serializers.SerializerMethodField()

    def get_single_user(self, user: User) -> bool:
        """Return whether nobody has to log in here."""
        return bool(settings.SINGLE_USER)


@method_decorator(ensure_csrf_cookie, name="dispatch")
class MeApi(APIView):
    """The user who asks; sets the cookie whose value writes carry as `X-CSRFToken`."""

    @extend_schema(responses=UserOutput)
    def get(self, request: Request) -> Response:
        """Return the user."""
        return Response(UserOutput(request.user).data)


@method_decorator(csrf_protect, name="dispatch")
class LoginApi(APIView):
    """Begin a session."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    class Input(serializers.Serializer):
        """Name and password."""

        name = serializers.CharField(max_length=150)
        password = serializers.CharField(max_length=1000, trim_whitespace=False)

    @extend_schema(request=Input, responses=UserOutput)
    def post(self, request: Request) -> Response:
        """Log in."""
        given = self.Input(data=request.data)
        given.is_valid(raise_exception=True)
        data: dict[str, Any] = given.validated_data
        user = authenticate(request, username=data["name"], password=data["password"])
        if user is None:
            raise AuthenticationFailed("Name or password are not right; try again.")
        login(request, user)
        return Response(UserOutput(user).data)

    def get_authenticate_header(self, request: Request) -> str:
        """Return what a 401 asks for, without which it would become a 403."""
        return "Bearer"


class LogoutApi(APIView):
    """End the session."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        """Log out."""
        logout(request)
        return Response(status=204)
