"""Browsers that somebody logged in with before: a guesser elsewhere does not hold them up.

Whoever guesses a password makes everybody wait who tries that name without such a cookie. A browser
that has one is counted by itself. (OWASP: Slow Down Online Guessing Attacks with Device Cookies.)
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core import signing
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare, salted_hmac
from rest_framework.request import Request

from kosorong_library.accounts import limits

COOKIE = "kosorong_device"
_PATH = "/api/accounts/login/"
_SALT = "kosorong.device"
_SECONDS = 365 * 24 * 3600


def limit_of(request: Request, name: str) -> limits.Try:
    """Return what a try at a name's password counts for.

    Args:
        request: Its cookie says which browser it is.
        name: As it was typed, normalized.
    """
    device = _device(request, name)
    return (limits.LOGIN_DEVICE, device) if device else (limits.LOGIN_NAME, name)


def remember(response: HttpResponseBase, name: str) -> None:
    """Give a browser that logged in a cookie of its own, for this name only."""
    value = signing.dumps([_mark(name), secrets.token_urlsafe(16)], salt=_SALT)
    response.set_cookie(
        COOKIE,
        value,
        max_age=_SECONDS,
        path=_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _device(request: Request, name: str) -> str:
    """Return the key of a browser that is known for a name; empty for any other."""
    try:
        signed = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return ""
    mark, device = signed
    return str(device) if constant_time_compare(mark, _mark(name)) else ""


def _mark(name: str) -> str:
    """Return what stands for a name: the cookie does not tell it."""
    return str(salted_hmac(_SALT, name, algorithm="sha256").hexdigest())
