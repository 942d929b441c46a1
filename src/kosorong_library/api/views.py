"""What resource classes of several subjects share."""

from __future__ import annotations

import math
import re
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

from kosorong.text.cleaning import clean
from kosorong_library.config.concurrency import make_room

FILES = (JSONParser, MultiPartParser)
"""Parsers of a view that takes a text or a file."""
# What these classes hold is spelled out: `\s` and `\w` are not the same everywhere that reads the
# description of the API. Letters are those of Korean, Jeju and what stands beside them in a text.
_UNSEEN = (
    r"\u0000-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f"
    r"\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufdd0-\ufdef\ufeff\uffa0\ufffe\uffff"
)
_LETTERS = (
    r"0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1100-\u115e\u1161-\u11ff"
    r"\u3041-\u3096\u30a1-\u30fa\u3131-\u3163\u3165-\u318e\u4e00-\u9fff"
    r"\ua960-\ua97c\uac00-\ud7a3\ud7b0-\ud7c6\ud7cb-\ud7fb"
)
SEEN_PATTERN = f"[^{_UNSEEN}]"
"""What a text has to hold that is shown: something that can be seen."""
READ_PATTERN = f"[{_LETTERS}]"
"""What a text has to hold that is read: a letter or a digit."""
READ_OR_EMPTY = f"^[{_UNSEEN}]*$|{READ_PATTERN}"
"""What a text has to hold that is read where there is one."""
_POLL_SECONDS = 0.2
_YES, _NO = frozenset({"1", "true", "yes"}), frozenset({"", "0", "false", "no"})


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
        asked = request.query_params.get(self.page_size_query_param)
        if asked is None:
            return self.page_size
        try:
            wanted = serializers.IntegerField(min_value=1).run_validation(asked)
        except serializers.ValidationError as error:
            raise serializers.ValidationError({"page_size": error.detail}) from error
        return min(int(wanted), self.max_page_size)

    def get_schema_operation_parameters(self, view: object) -> list[dict[str, Any]]:
        """Describe `page` and `page_size`: both count from 1."""
        described: list[dict[str, Any]] = super().get_schema_operation_parameters(view)
        for parameter in described:
            parameter["schema"] = {"type": "integer", "minimum": 1}
        return described


class TextField(serializers.Field):
    """A text with any character in it; what no file may hold is taken out later, and said.

    Args:
        most: Characters; any number where 0.
        holds: What it has to hold, `READ_PATTERN` or `SEEN_PATTERN`; nothing where empty.
    """

    default_error_messages = {  # noqa: RUF012  # the name and kind are DRF's
        "kind": "Write it as a text in quotes.",
        "long": "It has {length} characters; at most {most} are taken.",
        "empty": "It may not be empty; write some words.",
    }

    def __init__(self, *, most: int = 0, holds: str = "", **options: Any) -> None:
        self.most, self.holds = most, holds
        super().__init__(**options)

    def to_internal_value(self, data: object) -> str:
        """Return the text."""
        if not isinstance(data, str):
            self.fail("kind")
        text = str(data)
        if self.most and len(text) > self.most:
            self.fail("long", length=len(text), most=self.most)
        if self.holds and not re.search(self.holds, clean(text)):
            self.fail("empty")
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
        text = str(super().to_internal_value(data))
        if self.holds and not re.search(self.holds, text):
            self.fail("blank")
        return text

    @property
    def holds(self) -> str:
        """What it has to hold, as with `TextField`; a password may be of blanks."""
        return SEEN_PATTERN if self.trim_whitespace and not self.allow_blank else ""


class NumberField(serializers.FloatField):
    """A number; truth values are none, though Python would take them."""

    def to_internal_value(self, data: object) -> float:
        """Return the number."""
        if isinstance(data, bool):
            self.fail("invalid")
        return float(super().to_internal_value(data))


class TruthField(serializers.BooleanField):
    """`true` or `false` in JSON, and nothing that could be meant so."""

    def to_internal_value(self, data: object) -> bool:
        """Return the value."""
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return bool(data)


class ConsentField(serializers.BooleanField):
    """A yes; anything else is refused with what it would be needed for."""

    default_error_messages = {  # noqa: RUF012  # the name and kind are DRF's
        "missing": "Without it a recording cannot be used.",
    }

    def to_internal_value(self, data: object) -> bool:
        """Return the yes."""
        if not super().to_internal_value(data):
            self.fail("missing")
        return True


def truth_of(request: Request, name: str) -> bool:
    """Return a truth value behind `?`; no where it is left out.

    Raises:
        ValidationError: It is neither.
    """
    written = request.query_params.get(name, "").lower()
    if written not in _YES | _NO:
        raise serializers.ValidationError({name: ["Write true or false."]})
    return written in _YES


def page_address(request: Request) -> str:
    """Return where the page is reached from outside, with a slash at its end."""
    return f"{settings.ADDRESS}/" if settings.ADDRESS else request.build_absolute_uri("/")


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
    written = request.query_params.get("wait", "")
    if not written:
        return default
    field = serializers.FloatField(min_value=0, max_value=most)
    try:
        value = float(field.run_validation(written))
    except serializers.ValidationError as error:
        raise serializers.ValidationError({"wait": error.detail}) from error
    if math.isnan(value):
        raise serializers.ValidationError({"wait": ["Give seconds as a number."]})
    return value
