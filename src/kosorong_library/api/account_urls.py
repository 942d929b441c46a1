"""Addresses under /api/accounts/ and /api/tokens/."""

from __future__ import annotations

from django.urls import path

from kosorong_library.api import (
    accounts,
    converters,  # noqa: F401  # makes <id:…> known
    mail,
    passwords,
    tokens,
    users,
)

urlpatterns = [
    path("accounts/me/", accounts.MeApi.as_view()),
    path("accounts/login/", accounts.LoginApi.as_view()),
    path("accounts/logout/", accounts.LogoutApi.as_view()),
    path("accounts/register/", accounts.RegisterApi.as_view()),
    path("accounts/close/", accounts.CloseApi.as_view()),
    path("accounts/mail/", mail.MailApi.as_view()),
    path("accounts/mail/confirm/", mail.MailConfirmApi.as_view()),
    path("accounts/password/", passwords.PasswordApi.as_view()),
    path("accounts/password/reset/", passwords.ResetApi.as_view()),
    path("accounts/password/reset/confirm/", passwords.ResetConfirmApi.as_view()),
    path("accounts/users/", users.UserListApi.as_view()),
    path("accounts/users/<id:user>/", users.UserApi.as_view()),
    path("accounts/invitations/", users.InvitationListApi.as_view()),
    path("accounts/invitations/<id:invitation>/", users.InvitationApi.as_view()),
    path("tokens/", tokens.TokenListApi.as_view()),
    path("tokens/<id:token>/", tokens.TokenApi.as_view()),
]
