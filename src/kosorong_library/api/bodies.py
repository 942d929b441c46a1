"""Bodies of requests and of answers: one way in and one way out, each by its serializer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kosorong_library.api.views import Pages

Kind = type[serializers.Serializer]


def fields_of(kind: Kind, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the checked fields of a body, or of what stands behind `?`.

    Args:
        kind: What may be sent.
        data: What was sent.

    Raises:
        ValidationError: One of them cannot be taken.
    """
    form = kind(data=data)
    form.is_valid(raise_exception=True)
    fields: dict[str, Any] = form.validated_data
    return fields


def answer(kind: Kind, content: object, status: int = 200) -> Response:
    """Answer with what a serializer describes.

    Args:
        kind: What is answered, as the description of the API has it.
        content: A row, a mapping with the fields' names, or a list of either.
        status: Of HTTP.
    """
    return Response(shown(kind, content), status=status)


def answer_page(
    kind: Kind,
    rows: QuerySet[Any] | Sequence[Any],
    request: Request,
    view: APIView,
    show: Callable[[Any], list[dict[str, Any]]] | None = None,
) -> Response:
    """Answer with the page of a list that was asked for.

    Args:
        kind: What each of the list is, as the description of the API has it.
        rows: All of the list, or what `show` makes mappings of.
        request: Says which page.
        view: Answers.
        show: Makes mappings of the page's rows; without it the serializer shows them.
    """
    pages = Pages()
    page = pages.paginate_queryset(rows, request, view=view) or []
    return pages.get_paginated_response(shown(kind, show(page) if show else list(page)))


def shown(kind: Kind, content: object) -> Any:
    """Return content as it is sent: rows through the serializer, mappings as they are."""
    if isinstance(content, list):
        return [shown(kind, part) for part in content]
    return content if isinstance(content, Mapping) else kind(content).data
