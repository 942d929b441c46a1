"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class StudioConfig(AppConfig):
    """Takes and tasks."""

    name = "kosorong_library.studio"
    label = "studio"
