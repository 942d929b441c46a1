"""The app."""

from __future__ import annotations

from django.apps import AppConfig

from kosorong_library.monitoring.metrics import Requests


class MonitoringConfig(AppConfig):
    """What this process did since it started."""

    name = "kosorong_library.monitoring"
    label = "watch"  # as in the addresses of its page and files

    def ready(self) -> None:
        """Begin to count."""
        self.requests = Requests()
