"""What views of several apps share."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.pagination import PageNumberPagination
from rest_framework.parsers import BaseParser, JSONParser, MultiPartParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from kosorong_library.config.abreast import make_room

FILES = (JSONParser, MultiPartParser)
"""Parsers of a view that takes a file."""
_POLL_SECONDS = 0.2


class Anything(BaseContentNegotiation):
    """Answers in what a view gives, whatever the request says it takes: sound, events or JSON."""

    def select_parser(self, request: Request, parsers: Sequence[BaseParser]) -> BaseParser | None:
        """Return the parser for the body's media type."""
        wanted = (request.content_type or "").partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == wanted), None)

    def select_renderer(
        self, request: Request, renderers: Sequence[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Return the first renderer."""
        return renderers[0], renderers[0].media_type


class Pages(PageNumberPagination):
    """Pages of fifty, or of `page_size`."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 500

    def get_page_size(self, request: Request) -> int:
        """Return how many a page has.

        Raises:
            ValidationError: `page_size` is no number from 1.
        """
        given = request.query_params.get(self.page_size_query_param)
        if given is None:
            return self.page_size
        try:
            wanted = serializers.IntegerField(min_value=1).run_validation(given)
        except serializers.ValidationError as error:
            raise serializers.ValidationError({"page_size": error.detail}) from error
        return min(int(wanted), self.max_page_size)

    def get_schema_operation_parameters(self, view: object) -> list[dict[str, Any]]:
        """Describe `page` and `page_size`: both count from 1."""
        described: list[dict[str, Any]] = super().get_schema_operation_parameters(view)
        for one in described:
            one["schema"] = {"type": "integer", "minimum": 1}
        return described


class TextField(serializers.Field):
    """A text with any character in it; what no file may hold is taken out later, and said."""

    default_error_messages = {  # noqa: RUF012  # the name and kind are DRF's
        "kind": "Write it as a text in quotes.",
        "long": "It has {length} characters; at most {most} are taken.",
    }

    def __init__(self, *, most: int = 0, **options: Any) -> None:
        self.most = most
        super().__init__(**options)

    def to_internal_value(self, data: object) -> str:
        """Return the text."""
        if not isinstance(data, str):
            self.fail("kind")
        text = str(data)
        if self.most and len(text) > self.most:
            self.fail("long", length=len(text), most=self.most)
        return text

    def to_representation(self, value: object) -> str:
        """Return the text."""
        return str(value)


class WordsField(serializers.CharField):
    """A short text; numbers and truth values are none, though DRF would take them."""

    def to_internal_value(self, data: object) -> str:
        """Return the text."""
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


class TruthField(serializers.BooleanField):
    """`true` or `false` in JSON, and nothing that could be meant so."""

    def to_internal_value(self, data: object) -> bool:
        """Return the value."""
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return bool(data)


_slots = threading.BoundedSemaphore(settings.HELD_REQUESTS)


@contextmanager
def slot() -> Iterator[bool]:
    """Take one of the few threads that may wait; False where none is left."""
    taken = _slots.acquire(blocking=False)
    try:
        yield taken
    finally:
        if taken:
            _slots.release()


def wait_until(ready: Callable[[], bool], seconds: float) -> bool:
    """Wait until something is so, at most some seconds; not at all where no thread may wait."""
    end = time.monotonic() + seconds
    with slot() as taken:
        while not ready():
            if not taken or time.monotonic() >= end:
                return False
            make_room()
            time.sleep(_POLL_SECONDS)
    return True


def waiting(most: float, description: str) -> OpenApiParameter:
    """Describe `?wait=SECONDS`."""
    seconds = {"type": "number", "minimum": 0, "maximum": most}
    return OpenApiParameter("wait", seconds, description=description)


def seconds_of(request: Request, most: float, default: float = 0.0) -> float:
    """Return `?wait=SECONDS`.

    Raises:
        ValidationError: It is no number from 0 to `most`.
    """
    given = request.query_params.get("wait", "")
    if not given:
        return default
    field = serializers.FloatField(min_value=0, max_value=most)
    try:
        value = float(field.run_validation(given))
    except serializers.ValidationError as error:
        raise serializers.ValidationError({"wait": error.detail}) from error
    if math.isnan(value):
        raise serializers.ValidationError({"wait": ["Give seconds as a number."]})
    return value
