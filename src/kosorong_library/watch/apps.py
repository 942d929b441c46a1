"""The app."""

from __future__ import annotations

from django.apps import AppConfig

from kosorong_library.watch.metrics import Requests


class WatchConfig(AppConfig):
    """What this process did since it started."""

    name = "kosorong_library.watch"
    label = "watch"

    def ready(self) -> None:
        """Begin to count."""
        self.requests = Requests()
