"""The apps."""

from __future__ import annotations

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class AccountsConfig(AppConfig):
    """Users and tokens."""

    name = "kosorong_library.accounts"
    label = "accounts"


class SiteConfig(AdminConfig):
    """Django's admin site, with the page's own log-in in front of it."""

    default_site = "kosorong_library.accounts.site.Site"
