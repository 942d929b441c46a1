"""Who may do what."""

from __future__ import annotations

from rest_framework.permissions import SAFE_METHODS, IsAuthenticated
from rest_framework.request import Request
from rest_framework.views import APIView

from kosorong_library.accounts.models import Role


class BookPermission(IsAuthenticated):
    """Everybody asks to read, whoever is logged in to change: the book says who may.

    It says so in `library.access`.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Return whether the request may go on."""
        return request.method in SAFE_METHODS or bool(super().has_permission(request, view))


class MakerPermission(BookPermission):
    """Listeners read, and delete what is theirs; everybody else makes books."""

    message = "Listeners do not make or change books; ask an admin to make you a maker."

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Return whether the request may go on."""
        if not super().has_permission(request, view):
            return False
        harmless = request.method in SAFE_METHODS or request.method == "DELETE"
        return harmless or request.user.role != Role.LISTENER


class IsAdmin(IsAuthenticated):
    """Admins only."""

    message = "Only an admin may do this."

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Return whether the request may go on."""
        return bool(super().has_permission(request, view) and request.user.is_admin)
