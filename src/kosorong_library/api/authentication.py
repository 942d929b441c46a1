"""Who is asking: a token, a session, or the owner of this very machine."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from kosorong_library.accounts import selectors, services
from kosorong_library.accounts.models import Token, User

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_LOOPBACK = frozenset({"127.0.0.1", "::1"})
_LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})


class BearerToken(BaseAuthentication):
    """`Authorization: Bearer TOKEN`, for programs."""

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        """Return the token's user; None where no token is sent."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        row = selectors.holder(token.strip())
        if row is None:
            raise AuthenticationFailed("The token is not known or was revoked; make a new one.")
        services.note_use(row)
        return row.user, row

    def authenticate_header(self, request: Request) -> str:
        """Return what a 401 asks for."""
        return "Bearer"


class Session(SessionAuthentication):
    """Django's session, with its CSRF token on every write."""

    def authenticate_header(self, request: Request) -> str:
        """Return what a 401 asks for."""
        return "Bearer"


class MachineOwner(BaseAuthentication):
    """Whoever sits at the machine is its first user: single-user mode, on loopback only.

    Other pages in the same browser are kept out by the host names that are taken (against DNS
    rebinding) and by what browsers say about where a request comes from (against forged forms).
    """

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        """Return the owner; None where this request is not the owner's."""
        if not settings.SINGLE_USER or not _is_local(request):
            return None
        owner = selectors.machine_owner() or services.first_user()
        if request.method not in _SAFE and _comes_from_elsewhere(request):
            raise PermissionDenied("The request comes from another site and was refused.")
        return owner, None


def _is_local(request: Request) -> bool:
    host = urlsplit(f"//{request.get_host()}").hostname
    return request.META.get("REMOTE_ADDR") in _LOOPBACK and host in _LOOPBACK_HOSTS


def _comes_from_elsewhere(request: Request) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is not None and origin != f"{request.scheme}://{request.get_host()}"
