"""The public books as a catalogue for reading programs: OPDS 1.2 and 2.0, and search."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as Tree

from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from kosorong.book.formats import FORMATS
from kosorong.ports import JEJU
from kosorong_library.api.bodies import fields_of
from kosorong_library.api.covers import address_of
from kosorong_library.api.markup import add, answer
from kosorong_library.api.views import TextField, page_address
from kosorong_library.library import access, search
from kosorong_library.library.covers import media_type_of
from kosorong_library.library.models import Book

_PAGE = 50
_ATOM = "http://www.w3.org/2005/Atom"
_OPEN_ACCESS = "http://opds-spec.org/acquisition/open-access"
_IMAGE = "http://opds-spec.org/image"
_FEED_TYPE = "application/atom+xml;profile=opds-catalog;kind=acquisition"
_JSON_TYPE = "application/opds+json"
_SEARCH_TYPE = "application/opensearchdescription+xml"
_TITLE = "코소롱"
# What reading programs take, best first.
_TAKEN = ("epub", "m4b")


class _Query(serializers.Serializer):
    """What is looked for, and which page of it."""

    query = TextField(required=False, default="", most=200)
    page = serializers.IntegerField(required=False, default=1, min_value=1, max_value=10**6)


class _Shelf:
    """A page of the public books, as a request wants it."""

    def __init__(self, request: Request) -> None:
        fields = fields_of(_Query, request.query_params)
        self.page, self._query = fields["page"], fields["query"]
        self._matching: QuerySet[Book] = search.matching(access.public_books(), self._query)
        self.total = self._matching.count()
        self.base = page_address(request).rstrip("/")

    @property
    def books(self) -> list[Book]:
        """The books of the page, newest first."""
        first = _PAGE * (self.page - 1)
        return list(self._matching.order_by("-pk")[first : first + _PAGE])

    def links(self, path: str) -> Iterator[tuple[str, str]]:
        """Yield relation and address of this page and its neighbours."""
        near = {"self": self.page, "first": 1}
        if self.page > 1:
            near["previous"] = self.page - 1
        if _PAGE * self.page < self.total:
            near["next"] = self.page + 1
        for relation, page in near.items():
            wanted = {"query": self._query, "page": page if page > 1 else ""}
            query = urlencode({name: value for name, value in wanted.items() if value})
            yield relation, f"{self.base}{path}{'?' if query else ''}{query}"

    def files(self, book: Book) -> Iterator[tuple[str, str]]:
        """Yield address and media type of what can be taken along."""
        for name in _TAKEN:
            address = f"{self.base}/api/books/{book.pk}/exports/{name}/?wait=600"
            yield address, FORMATS[name].media_type

    def cover(self, book: Book) -> tuple[str, str]:
        """Return address and media type of a book's cover."""
        return f"{self.base}{address_of(book)}", media_type_of(book)


class CatalogueApi(APIView):
    """OPDS 1.2."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:
        """Return a page of the public books as an Atom feed."""
        shelf = _Shelf(request)
        feed = Tree.Element("feed", {"xmlns": _ATOM, "xmlns:dc": "http://purl.org/dc/terms/"})
        add(feed, "id", f"{shelf.base}/opds/")
        add(feed, "title", _TITLE)
        books = shelf.books
        newest = max((book.created_at for book in books), default=None)
        add(feed, "updated", newest.isoformat() if newest else "2026-01-01T00:00:00+00:00")
        for relation, address in shelf.links("/opds/"):
            add(feed, "link", rel=relation, href=address, type=_FEED_TYPE)
        add(feed, "link", rel="start", href=f"{shelf.base}/opds/", type=_FEED_TYPE)
        add(feed, "link", rel="search", href=f"{shelf.base}/opds/search.xml", type=_SEARCH_TYPE)
        for book in books:
            _entry(feed, shelf, book)
        return answer(feed, _FEED_TYPE)


def _entry(feed: Tree.Element, shelf: _Shelf, book: Book) -> None:
    entry = add(feed, "entry")
    add(entry, "id", f"{shelf.base}/books/{book.pk}")
    add(entry, "title", book.title)
    if book.author:
        add(add(entry, "author"), "name", book.author)
    add(entry, "updated", book.created_at.isoformat())
    add(entry, "dc:language", JEJU)
    if book.licence:
        add(entry, "rights", book.licence)
    add(entry, "link", rel="alternate", href=f"{shelf.base}/books/{book.pk}", type="text/html")
    cover, picture_type = shelf.cover(book)
    add(entry, "link", rel=_IMAGE, href=cover, type=picture_type)
    add(entry, "link", rel=f"{_IMAGE}/thumbnail", href=cover, type=picture_type)
    for address, media_type in shelf.files(book):
        add(entry, "link", rel=_OPEN_ACCESS, href=address, type=media_type)


class CatalogueJsonApi(APIView):
    """OPDS 2.0."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(exclude=True)
    def get(self, request: Request) -> JsonResponse:
        """Return a page of the public books as JSON."""
        shelf = _Shelf(request)
        links: list[dict[str, Any]] = [
            {"rel": r, "href": h, "type": _JSON_TYPE} for r, h in shelf.links("/opds/v2/")
        ]
        searched = f"{shelf.base}/opds/v2/{{?query}}"
        links.append({"rel": "search", "href": searched, "type": _JSON_TYPE, "templated": True})
        start = {"title": _TITLE, "href": f"{shelf.base}/opds/v2/", "type": _JSON_TYPE}
        counted = {"numberOfItems": shelf.total, "itemsPerPage": _PAGE, "currentPage": shelf.page}
        books = [_publication(shelf, book) for book in shelf.books]
        # A list of no publications is against the format; its own start never is.
        shown: dict[str, Any] = {"publications": books} if books else {"navigation": [start]}
        content: dict[str, Any] = {
            "metadata": {"title": _TITLE, **counted},
            "links": links,
            **shown,
        }
        return JsonResponse(content, content_type=_JSON_TYPE)


def _publication(shelf: _Shelf, book: Book) -> dict[str, Any]:
    metadata = {
        "@type": "http://schema.org/Book",
        "identifier": f"{shelf.base}/books/{book.pk}",
        "title": book.title,
        "language": JEJU,
        "modified": book.created_at.isoformat(),
    }
    if book.author:
        metadata["author"] = book.author
    cover, picture_type = shelf.cover(book)
    return {
        "metadata": metadata,
        "links": [
            {"rel": _OPEN_ACCESS, "href": address, "type": media_type}
            for address, media_type in shelf.files(book)
        ],
        "images": [{"href": cover, "type": picture_type}],
    }


class SearchApi(APIView):
    """How the catalogue is searched (OpenSearch)."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:
        """Return the description."""
        space = "http://a9.com/-/spec/opensearch/1.1/"
        root = Tree.Element("OpenSearchDescription", {"xmlns": space})
        add(root, "ShortName", _TITLE)
        add(root, "Description", "Jeju (제주어) books")
        template = f"{page_address(request)}opds/?query={{searchTerms}}&page={{startPage?}}"
        add(root, "Url", type=_FEED_TYPE, template=template)
        return answer(root, _SEARCH_TYPE)
