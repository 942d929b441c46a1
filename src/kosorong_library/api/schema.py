"""How the description of the API is made: who may ask, and the one shape of errors."""

from __future__ import annotations

import inspect
import re
from typing import Any

from django.conf import settings
from drf_spectacular.extensions import (
    OpenApiAuthenticationExtension,
    OpenApiSerializerFieldExtension,
)
from drf_spectacular.openapi import AutoSchema
from rest_framework.permissions import SAFE_METHODS
from rest_framework.serializers import Serializer

_VERBS = frozenset({"get", "post", "put", "patch", "delete"})
# Tags: what each says of itself, and the modules of this folder whose operations carry it.
_SUBJECTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "books": (
        "Books, their sentences and their sound.",
        ("books", "shelf", "covers", "costs", "timelines", "segment_lists", "korean_sounds"),
    ),
    "exports": ("Files of a whole book, its feed, and the voices.", ("exports", "feeds")),
    "edits": ("What was changed, and how words are said.", ("edits",)),
    "corrections": ("Proposed, voted for, decided.", ("corrections",)),
    "recordings": ("What people read themselves.", ("recordings", "narrations")),
    "words": (
        "Words that are fixed, their spelling, and what they are in Jeju.",
        ("terms", "spelling", "lexicon"),
    ),
    "listening": ("Places, bookmarks and settings.", ("listening",)),
    "sharing": ("Who may read a book, and reports.", ("sharing",)),
    "accounts": (
        "People, passwords and tokens.",
        ("accounts", "mail", "passwords", "tokens", "users"),
    ),
    "service": ("Whether it is well.", ("monitoring", "pages")),
}
_TAG_OF = {module: tag for tag, (_, modules) in _SUBJECTS.items() for module in modules}
TAGS = [{"name": tag, "description": words} for tag, (words, _) in _SUBJECTS.items()]
"""The tags of the description, in the order that it shows them."""
_ERROR = {
    "type": "object",
    "description": "What was wrong, with its cure; and what a program may want to know.",
    "properties": {"message": {"type": "string"}, "extra": {"type": "object"}},
    "required": ["message", "extra"],
    "additionalProperties": False,
}
_ANSWER = {
    "description": "Refused, or failed: the message says why and what helps.",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
}


class Schema(AutoSchema):
    """Describes a view."""

    def get_serializer_name(self, serializer: Serializer, direction: str) -> str:
        """Return a name of its own for each class: many views have an `Input`."""
        return type(serializer).__qualname__.replace("Api.", "").replace(".", "")

    def get_description(self) -> str:
        """Return what a method says of itself, or its class where that inherits the method."""
        view = type(self.view)
        inherited = self.method.lower() not in vars(view)
        said: str = (inspect.getdoc(view) or "") if inherited else super().get_description()
        return said

    def get_summary(self) -> str:
        """Return what is done, in a few words: the beginning of the description."""
        return re.split(r"[.;:](?:\s|$)", self.get_description())[0]

    def get_tags(self) -> list[str]:
        """Return the one subject of a view."""
        return [_TAG_OF[type(self.view).__module__.rpartition(".")[2]]]

    def get_auth(self) -> list[dict[str, list[str]]]:
        """Say where nobody has to log in: a book itself says who may read it."""
        # Permissions load views, which load this.
        from kosorong_library.api.permissions import BookPermission

        auths: list[dict[str, list[str]]] = super().get_auth()
        permissions = self.view.get_permissions()
        open_to_all = any(isinstance(permission, BookPermission) for permission in permissions)
        # Where one person sits at their own machine nobody shows anything.
        if settings.SINGLE_USER or (open_to_all and self.method in SAFE_METHODS):
            auths.append({})
        return auths

    def _get_request_body(self, direction: str = "request") -> dict[str, Any] | None:
        """Describe a body; one of which something has to be there cannot be left out."""
        body: dict[str, Any] | None = super()._get_request_body(direction)
        if body is not None and getattr(self.get_request_serializer(), "one_of", False):
            body["required"] = True
        return body

    def _map_basic_serializer(self, serializer: Serializer, direction: str) -> dict[str, Any]:
        """Describe a body; of the fields that its class names in `one_of`, one has to be there."""
        described: dict[str, Any] = super()._map_basic_serializer(serializer, direction)
        *others, last = getattr(serializer, "one_of", (None,))
        fields = described.get("properties", {}).values()
        # Programs that make up requests cannot judge a form with a file: there words say it.
        if last and all(field.get("format") != "binary" for field in fields):
            # As `anyOf` it would be clearer, but makers of clients take that for several bodies.
            missing = {"not": {"anyOf": [{"required": [name]} for name in others]}}
            described |= {"if": missing, "then": {"required": [last]}}
        return described


class TextScheme(OpenApiSerializerFieldExtension):
    """A text with any character in it."""

    target_class = "kosorong_library.api.views.TextField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        """Return what is taken."""
        most = {"maxLength": self.target.most} if self.target.most else {}
        holds = {"pattern": self.target.holds} if self.target.holds else {}
        return {"type": "string", **most, **holds}


class WordsScheme(OpenApiSerializerFieldExtension):
    """A short text."""

    target_class = "kosorong_library.api.views.WordsField"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        """Return what is taken: DRF refuses null characters."""
        described: dict[str, Any] = auto_schema._map_serializer_field(
            self.target, direction, bypass_extensions=True
        )
        rest = r"[^\u0000]*"
        return {**described, "pattern": f"^{rest}{self.target.holds and self.target.holds + rest}$"}


class ConsentScheme(OpenApiSerializerFieldExtension):
    """A yes."""

    target_class = "kosorong_library.api.views.ConsentField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        """Return what is taken."""
        return {"type": "boolean", "const": True}


class BearerScheme(OpenApiAuthenticationExtension):
    """`Authorization: Bearer TOKEN`."""

    target_class = "kosorong_library.api.authentication.BearerToken"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        """Return the scheme."""
        return {"type": "http", "scheme": "bearer", "description": "A program's token."}


class SessionScheme(OpenApiAuthenticationExtension):
    """The cookie of the page."""

    target_class = "kosorong_library.api.authentication.Session"
    name = "session"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        """Return the scheme."""
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": "sessionid",
            "description": "Of the page; writes carry the cookie csrftoken as X-CSRFToken.",
        }


class MachineScheme(OpenApiAuthenticationExtension):
    """Nothing is sent: whoever sits at the machine is its owner."""

    target_class = "kosorong_library.api.authentication.MachineOwner"
    name = ()

    def get_security_definition(self, auto_schema: AutoSchema) -> tuple[()]:
        """Return none."""
        return ()

    def get_security_requirement(self, auto_schema: AutoSchema) -> None:
        """Ask for none."""
        return


def drop_defaults(result: Any, **rest: object) -> Any:
    """Take out empty defaults: they stand for nothing, and not every field would take one."""
    if isinstance(result, list):
        return [drop_defaults(one) for one in result]
    if not isinstance(result, dict):
        return result
    kept = {name: value for name, value in result.items() if (name, value) != ("default", "")}
    return {name: drop_defaults(value) for name, value in kept.items()}


def tell_errors(result: dict[str, Any], **rest: object) -> dict[str, Any]:
    """Add the one shape of errors to every operation."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {})["Error"] = _ERROR
    components.setdefault("responses", {})["Error"] = _ANSWER
    for verbs in result["paths"].values():
        for verb, operation in verbs.items():
            if verb in _VERBS:
                refused = {"$ref": "#/components/responses/Error"}
                operation["responses"].update({"4XX": refused, "5XX": refused})
    return result
