"""Where somebody stopped listening."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Position(models.Model):
    """A place in a book.

    Attributes:
        segment: The segment that was heard.
        audio_ms: Milliseconds from its beginning.
        client_time: When it was heard, by the listener's clock; the later one wins.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="positions")
    book = models.ForeignKey("library.Book", models.CASCADE, related_name="positions")
    segment = models.ForeignKey("library.Segment", models.CASCADE, related_name="+")
    audio_ms = models.PositiveIntegerField()
    client_time = models.DateTimeField()

    class Meta:
        """One for each listener and book."""

        constraints = (
            models.UniqueConstraint(fields=["user", "book"], name="position_of_listener"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} in {self.book_id}"
