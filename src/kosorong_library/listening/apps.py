"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class ListeningConfig(AppConfig):
    """Positions."""

    name = "kosorong_library.listening"
    label = "listening"
