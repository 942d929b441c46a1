"""Users, tokens and invitations on Django's admin site."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest

from kosorong_library.accounts import account_deletion, selectors
from kosorong_library.accounts.models import Invitation, Role, Token, User

admin.site.unregister(Group)


class UserForm(UserChangeForm):
    """A user; the last admin stays one."""

    def clean(self) -> dict[str, Any]:
        """See that somebody can still look after the library."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        stays = data.get("role") == Role.ADMIN and data.get("is_active")
        before = User.objects.filter(pk=self.instance.pk).first()
        if before is not None and not stays and selectors.is_last_admin(before):
            raise forms.ValidationError("This is the last admin; make somebody else one first.")
        return data


@admin.register(User)
class UserPage(UserAdmin):
    """Users: their role, whether they may come in, what they have."""

    form = UserForm
    list_display = ("username", "email", "role", "is_active", "date_joined", "last_login")
    list_filter = ("role", "is_active")
    search_fields = ("username", "email")
    ordering = ("id",)
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password", "email", "role", "is_active")}),
        ("Dates", {"fields": ("date_joined", "last_login")}),
    )

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Return whether a user may be deleted: all but the last admin."""
        allowed = bool(super().has_delete_permission(request, obj))
        return allowed and not (obj is not None and selectors.is_last_admin(obj))

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        """Delete a user with every file that is theirs."""
        account_deletion.delete_account(obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Return what can be done with many at once: users are deleted one by one."""
        actions: dict[str, Any] = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions


class Kept(admin.ModelAdmin):
    """Rows that are looked at and deleted, not made or changed: their secret is shown once."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return False: the page makes them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Return False."""
        return False


@admin.register(Token)
class TokenPage(Kept):
    """Tokens."""

    list_display = ("name", "user", "created_at", "used_at")
    search_fields = ("name", "user__username")
    fields = ("name", "user", "created_at", "used_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Token]:
        """Return the tokens with their users."""
        tokens: QuerySet[Token] = super().get_queryset(request).select_related("user")
        return tokens


@admin.register(Invitation)
class InvitationPage(Kept):
    """Invitations."""

    list_display = ("id", "note", "role", "created_by", "expires_at", "used_by")
    list_select_related = ("created_by", "used_by")
    fields = ("note", "role", "created_by", "created_at", "expires_at", "used_at", "used_by")
