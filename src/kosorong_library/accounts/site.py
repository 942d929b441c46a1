"""Django's admin site on /admin/: people log in and change passwords on the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import translation

from kosorong_library.config.errors import shape


class Site(AdminSite):
    """The site of the operator.

    Logging in here would be a second door without the limits and words of the first.
    """

    site_title = site_header = "코소롱 Kosorong"
    index_title = "서재 관리 Library"

    def has_permission(self, request: HttpRequest) -> bool:
        """Return whether an admin asks."""
        return bool(getattr(request.user, "is_admin", False))

    def admin_view(
        self, view: Callable[..., HttpResponse], cacheable: bool = False
    ) -> Callable[..., HttpResponse]:
        """Return a view that speaks the browser's language, as the page does at first."""
        inner = super().admin_view(view, cacheable)

        def spoken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            with translation.override(translation.get_language_from_request(request)):
                response = inner(request, *args, **kwargs)
                # Drawn while the language holds; afterwards the service speaks English again.
                return response.render() if isinstance(response, TemplateResponse) else response

        return update_wrapper(spoken, inner)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send to the page's log-in; whom the page could only send back is turned away."""
        if settings.SINGLE_USER:
            return shape(
                "Nobody logs in on this machine (single-user mode), and this site is for those who"
                " did. KOSORONG_SINGLE_USER=0 turns accounts on.",
                403,
            )
        if request.user.is_authenticated and not self.has_permission(request):
            return shape("Only an admin may do this.", 403)
        return HttpResponseRedirect(f"/login?{urlencode({'next': '/admin/'})}")

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send to the page, which asks for the old password within limits."""
        return HttpResponseRedirect("/account")
