"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class StudioConfig(AppConfig):
    """Takes and tasks."""

    name = "kosorong_library.studio"
    label = "studio"

    def ready(self) -> None:
        """Listen to the rooms below."""
        from kosorong_library.studio import listeners  # noqa: F401
