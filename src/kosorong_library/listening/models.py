"""Where somebody stopped listening, what they marked, how they like to listen."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Position(models.Model):
    """A place in a book.

    Attributes:
        segment: The segment that was heard.
        audio_ms: Milliseconds from its beginning.
        client_time: When it was heard, by the listener's clock; the later one wins where nobody
            says which place they knew.
        version: How often it was written; whoever knew another one is told of this one.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="positions")
    book = models.ForeignKey("library.Book", models.CASCADE, related_name="positions")
    segment = models.ForeignKey("library.Segment", models.CASCADE, related_name="+")
    audio_ms = models.PositiveIntegerField()
    client_time = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One for each listener and book."""

        constraints = (
            models.UniqueConstraint(fields=["user", "book"], name="position_of_listener"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} in {self.book_id}"


class Bookmark(models.Model):
    """A sentence that somebody wants to find again.

    Attributes:
        note: What they wrote beside it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bookmarks")
    book = models.ForeignKey("library.Book", models.CASCADE, related_name="bookmarks")
    segment = models.ForeignKey("library.Segment", models.CASCADE, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """One for each listener and sentence."""

        constraints = (
            models.UniqueConstraint(fields=["user", "segment"], name="bookmark_of_listener"),
        )
        indexes = (models.Index(fields=["user", "book"], name="bookmark_in_book"),)

    def __str__(self) -> str:
        return f"{self.user_id} at {self.segment_id}"


class Preferences(models.Model):
    """How somebody likes to listen and to read, on every device.

    Attributes:
        chosen: Of `api.listening.SettingsApi`; what is missing has its default.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="preferences"
    )
    chosen = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"of {self.user_id}"
