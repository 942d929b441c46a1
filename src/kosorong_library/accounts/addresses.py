"""Where the page is reached, for links."""

from __future__ import annotations

from django.conf import settings
from rest_framework.request import Request


def page_address(request: Request) -> str:
    """Return where the page is reached from outside, with a slash at its end."""
    return f"{settings.ADDRESS}/" if settings.ADDRESS else request.build_absolute_uri("/")
