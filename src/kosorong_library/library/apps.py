"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """Books."""

    name = "kosorong_library.library"
    label = "library"

    def ready(self) -> None:
        """Listen to the rooms below."""
        from kosorong_library.library import listeners  # noqa: F401
