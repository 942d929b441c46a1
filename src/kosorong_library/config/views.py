"""What views of several apps share."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from rest_framework import serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.pagination import PageNumberPagination
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

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
            time.sleep(_POLL_SECONDS)
    return True


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
