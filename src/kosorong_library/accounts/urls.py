"""Addresses under /api/accounts/."""

from __future__ import annotations

from django.urls import path

from kosorong_library.accounts import apis

urlpatterns = [
    path("me/", apis.MeApi.as_view()),
    path("login/", apis.LoginApi.as_view()),
    path("logout/", apis.LogoutApi.as_view()),
]
