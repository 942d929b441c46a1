"""What is sent to make a book, or to see what would become of it: a text, or a form with a file."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from drf_spectacular.utils import OpenApiRequest
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from kosorong.book.languages import FOREIGN
from kosorong.ports import SPELLINGS
from kosorong.text.cleaning import plain
from kosorong_library.api.bodies import fields_of
from kosorong_library.api.views import (
    READ_PATTERN,
    SEEN_PATTERN,
    NumberField,
    TextField,
    TruthField,
)
from kosorong_library.library import manuscripts
from kosorong_library.library.bounds import MAX_DESCRIPTION, MAX_TITLE
from kosorong_library.library.models import Language

_LONGEST_LIST = 4000  # characters of a list of chapters: some 800 of them one by one
_LONGEST_TAG = 60
_KINDS = ", ".join(
    (
        "text/plain",
        "text/markdown",
        "text/html",
        "text/vtt",
        "application/epub+zip",
        "application/x-subrip",
        "application/hwp+zip",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    )
)


class TextInput(serializers.Serializer):
    """A new book from a text."""

    title = TextField(required=False, default="", most=MAX_TITLE)
    text = TextField(holds=READ_PATTERN)
    language = serializers.ChoiceField(Language.choices, required=False, default="")
    voice = TextField(required=False, default="", most=100)
    spelling = serializers.ChoiceField(
        SPELLINGS, required=False, help_text="Where it is left out, what its maker chose last."
    )
    author = TextField(
        required=False, default="", most=MAX_TITLE, help_text="The source's where it is left out."
    )
    strength = NumberField(
        min_value=0.0, max_value=1.0, default=1.0, help_text="From Korean, 0, to full Jeju, 1."
    )
    speed = NumberField(min_value=0.5, max_value=2.0, default=1.0)
    narrated = TruthField(default=False)
    include = TextField(
        required=False,
        default="",
        most=_LONGEST_LIST,
        help_text="Chapters to read besides: 1,4-6,index.",
    )
    leave_out = TextField(
        required=False,
        default="",
        most=_LONGEST_LIST,
        help_text="Chapters not to read, in the same way.",
    )
    foreign = serializers.ChoiceField(
        FOREIGN,
        required=False,
        default="",
        help_text="What becomes of sentences in neither Korean nor Jeju: read as Korean reads "
        "foreign words (`read`), or passed over and listed (`skip`). Where it is left out they "
        "are read, and a book of mostly such sentences is refused (reason `foreign_book`).",
    )


class FileInput(TextInput):
    """A new book from a text, or from a file (.txt, .docx, .hwpx, …): a form."""

    one_of = ("text", "file")
    narrated = serializers.BooleanField(default=False)
    text = TextField(required=False, holds=READ_PATTERN)
    file = serializers.FileField(required=False, allow_empty_file=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Want one of text and file."""
        if ("text" in attrs) == ("file" in attrs):
            raise serializers.ValidationError("Send either `text` or `file`.")
        return attrs


class BookChanges(serializers.Serializer):
    """What is to be otherwise of a book; what is not named stays."""

    title = TextField(required=False, most=MAX_TITLE, holds=SEEN_PATTERN)
    author = TextField(required=False, most=MAX_TITLE)
    narrator = TextField(required=False, most=MAX_TITLE)
    description = TextField(required=False, most=MAX_DESCRIPTION)
    tags = serializers.ListField(child=TextField(most=_LONGEST_TAG), required=False)
    series = TextField(required=False, most=MAX_TITLE)
    series_number = TextField(required=False, most=20)
    voice = TextField(required=False, most=100)
    spelling = serializers.ChoiceField(SPELLINGS, required=False)
    strength = NumberField(
        min_value=0.0, max_value=1.0, required=False, help_text="From Korean, 0, to full Jeju, 1."
    )
    speed = NumberField(min_value=0.5, max_value=2.0, required=False)


_MADE = ("voice", "spelling", "strength", "speed")


def changes(request: Request) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what is to be said of a book, and how it is to be made.

    Raises:
        ValidationError: One of the fields cannot be taken.
    """
    data = fields_of(BookChanges, request.data)
    made = {name: data.pop(name) for name in _MADE if name in data}
    if "voice" in made:
        made["voice"] = plain(made["voice"])
    return data, made


DESCRIBED = {
    "application/json": TextInput,
    "multipart/form-data": OpenApiRequest(FileInput, {"file": {"contentType": _KINDS}}),
}
"""How the description of the API shows it."""


def given(request: Request) -> dict[str, Any]:
    """Return the fields of a request.

    Raises:
        ValidationError: One of them cannot be taken.
    """
    form = (request.content_type or "").startswith(MultiPartParser.media_type)
    fields = fields_of(FileInput if form else TextInput, request.data)
    return {**fields, "title": plain(fields["title"])}


def sent(data: dict[str, Any]) -> AbstractContextManager[manuscripts.Sent]:
    """Read the text or the file among the fields of a request.

    Raises:
        InputError: It cannot be read; the message names the cure.
    """
    if "file" in data:
        return manuscripts.uploaded(data["file"], data["title"], data["language"])
    return manuscripts.pasted(data["text"], data["title"], data["language"])
