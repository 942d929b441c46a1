"""Addresses under /api/accounts/ and /api/tokens/."""

from __future__ import annotations

from django.urls import path

from kosorong_library.accounts import admin_apis, apis, mail_apis, password_apis, token_apis
from kosorong_library.config import converters  # noqa: F401  # makes <id:…> known

urlpatterns = [
    path("accounts/me/", apis.MeApi.as_view()),
    path("accounts/login/", apis.LoginApi.as_view()),
    path("accounts/logout/", apis.LogoutApi.as_view()),
    path("accounts/register/", apis.RegisterApi.as_view()),
    path("accounts/close/", apis.CloseApi.as_view()),
    path("accounts/mail/", mail_apis.MailApi.as_view()),
    path("accounts/mail/confirm/", mail_apis.MailConfirmApi.as_view()),
    path("accounts/password/", password_apis.PasswordApi.as_view()),
    path("accounts/password/reset/", password_apis.ResetApi.as_view()),
    path("accounts/password/reset/confirm/", password_apis.ResetConfirmApi.as_view()),
    path("accounts/users/", admin_apis.UserListApi.as_view()),
    path("accounts/users/<id:user>/", admin_apis.UserApi.as_view()),
    path("accounts/invitations/", admin_apis.InvitationListApi.as_view()),
    path("accounts/invitations/<id:invitation>/", admin_apis.InvitationApi.as_view()),
    path("tokens/", token_apis.TokenListApi.as_view()),
    path("tokens/<id:token>/", token_apis.TokenApi.as_view()),
]
