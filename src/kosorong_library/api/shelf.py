"""Which books a list shows: shelves, and what is looked for on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kosorong_library.api import outputs
from kosorong_library.api.bodies import answer, fields_of
from kosorong_library.api.permissions import MakerPermission
from kosorong_library.api.views import TextField
from kosorong_library.library import access, search, selectors, shelves
from kosorong_library.library.bounds import LICENCES, MAX_TAGS, MAX_TITLE
from kosorong_library.library.models import Book, Language
from kosorong_library.listening.selectors import begun, places_of

SHELVES = ("mine", "shared", "public", "begun")
PARAMETERS = [
    OpenApiParameter("search", str, description="In titles, authors and texts."),
    OpenApiParameter(
        "shelf",
        str,
        enum=SHELVES,
        description="`begun`: all that one may read and has not heard to the end, the last first.",
    ),
    OpenApiParameter("language", str, enum=Language.values),
    OpenApiParameter("state", str, enum=shelves.STATES),
    OpenApiParameter("licence", str, enum=LICENCES),
    OpenApiParameter("tag", str),
    OpenApiParameter("series", str),
    OpenApiParameter("order", str, enum=shelves.ORDERS),
]


class ShelfFilter(serializers.Serializer):
    """What is looked for."""

    search = TextField(required=False, default="", most=200)
    shelf = serializers.ChoiceField(SHELVES, required=False, default="mine")
    language = serializers.ChoiceField(Language.choices, required=False, default="")
    state = serializers.ChoiceField(shelves.STATES, required=False, default="")
    licence = serializers.ChoiceField(LICENCES, required=False, default="")
    tag = TextField(required=False, default="", most=MAX_TAGS)
    series = TextField(required=False, default="", most=MAX_TITLE)
    order = serializers.ChoiceField(shelves.ORDERS, required=False, default="")


def shelf_of(request: Request, name: str) -> QuerySet[Book]:
    """Return the books of a shelf."""
    if name == "public":
        return access.public_books()
    if name == "shared":
        return access.shared_books(request)
    if name == "begun":
        return begun(access.person(request), Book.objects.filter(access.may_read(request)))
    return selectors.books_of(access.person(request))


def wanted(request: Request) -> tuple[QuerySet[Book], str]:
    """Return the books that a list is asked for, and the words that they hold.

    Raises:
        ValidationError: It cannot be asked so.
    """
    data = fields_of(ShelfFilter, request.query_params)
    sought, language = data.pop("search"), data.pop("language")
    books = search.matching(shelf_of(request, data.pop("shelf")), sought, language)
    return shelves.chosen(books, shelves.Wanted(**data)), sought


def lines(request: Request, books: Sequence[Book], sought: str) -> list[dict[str, Any]]:
    """Return books as the list shows them, with how far whoever asks has listened."""
    numbers = [book.pk for book in books]
    progress, empty = selectors.progress_of(numbers), selectors.BookProgress()
    heard = places_of(request.user, numbers) if request.user.is_authenticated else {}
    excerpts = shelves.excerpts(books, sought)
    far = {number: progress.get(number, empty) for number in numbers}
    lengths = shelves.lengths_of((book, far[book.pk].done) for book in books)
    return [
        outputs.book_line(
            book, far[book.pk], lengths[book.pk], heard.get(book.pk), excerpts.get(book.pk)
        )
        for book in books
    ]


class BookChoicesApi(APIView):
    """What a shelf can be looked through by."""

    permission_classes = (MakerPermission,)

    class Filter(serializers.Serializer):
        """Which shelf."""

        shelf = serializers.ChoiceField(SHELVES, required=False, default="mine")

    class Output(serializers.Serializer):
        """What its books have, in order."""

        languages = serializers.ListField(child=serializers.CharField())
        licences = serializers.ListField(child=serializers.CharField())
        tags = serializers.ListField(child=serializers.CharField())
        series = serializers.ListField(child=serializers.CharField())

    @extend_schema(parameters=[OpenApiParameter("shelf", str, enum=SHELVES)], responses=Output)
    def get(self, request: Request) -> Response:
        """Return languages, licences, tags and series of the books on a shelf."""
        fields = fields_of(self.Filter, request.query_params)
        return answer(self.Output, shelves.choices(shelf_of(request, fields["shelf"])))
