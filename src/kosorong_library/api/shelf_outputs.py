"""What the list says of a book besides the book itself."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class HeardOutput(serializers.Serializer):
    """How far somebody has listened."""

    position = serializers.IntegerField(help_text="Of the segment in its book.")
    at = serializers.DateTimeField()


class ExcerptOutput(serializers.Serializer):
    """The sentence in which a book holds what was looked for."""

    position = serializers.IntegerField()
    text = serializers.CharField(help_text="Jeju; empty until it is translated.")
    beside = serializers.CharField(help_text="Korean.")


def heard_at(place: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return how far somebody has listened, by where they stopped."""
    return place and {"position": place["position"], "at": place["client_time"]}
