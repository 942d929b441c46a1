"""What stands in addresses: `<id:…>` is the number of a row; known once this is imported."""

from __future__ import annotations

from django.urls import register_converter
from django.urls.converters import IntConverter


class NumberConverter(IntConverter):
    """A row's number, small enough for every database."""

    regex = "[0-9]{1,18}"


register_converter(NumberConverter, "id")
