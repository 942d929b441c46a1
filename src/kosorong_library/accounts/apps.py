"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users and tokens."""

    name = "kosorong_library.accounts"
    label = "accounts"
