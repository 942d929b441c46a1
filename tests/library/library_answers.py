"""Whether answers are as the description of the API says."""

from __future__ import annotations

from collections.abc import Mapping

from rest_framework import serializers


def see_described(described: serializers.BaseSerializer, content: object) -> None:
    """See that a mapping, and what stands in it, has the names of a serializer's fields."""
    if isinstance(described, serializers.ListSerializer) and isinstance(content, list | tuple):
        for part in content:
            see_described(described.child, part)
    elif isinstance(described, serializers.Serializer) and isinstance(content, Mapping):
        kind = type(described).__name__
        needed = {name for name, field in described.fields.items() if field.required}
        assert needed <= set(content) <= set(described.fields), kind
        for name, field in described.fields.items():
            if isinstance(field, serializers.BaseSerializer):
                see_described(field, content.get(name))
