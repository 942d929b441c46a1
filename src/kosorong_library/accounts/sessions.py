"""Sessions in the database, each with its user (`SESSION_ENGINE`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from kosorong_library.accounts.models import UserSession


class SessionStore(DatabaseStore):
    """Reads and writes `UserSession` rows."""

    @classmethod
    def get_model_class(cls) -> type[UserSession]:
        """Return the model of a session."""
        return UserSession

    def create_model_instance(self, data: Mapping[str, Any]) -> UserSession:
        """Return the row of a session, with whoever logged in."""
        row = super().create_model_instance(data)
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row
