"""A book as a podcast: RSS 2.0 with a sound for each chapter that is finished."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime
from urllib.parse import quote
from xml.etree import ElementTree as Tree

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from kosorong.ports import JEJU
from kosorong_library.api.covers import address_of
from kosorong_library.api.markup import add, answer
from kosorong_library.api.permissions import BookPermission
from kosorong_library.api.views import page_address
from kosorong_library.library import access, selectors
from kosorong_library.library.models import Book, Chapter
from kosorong_library.studio.sound import Sound, chapter_sound
from kosorong_library.studio.take_store import mark_in

_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_SPACES = {"version": "2.0", "xmlns:itunes": _ITUNES, "xmlns:atom": "http://www.w3.org/2005/Atom"}
_MOST_CHAPTERS = 300
"""Of a feed; programs that read them take no more either."""


class FeedApi(APIView):
    """A podcast of a book."""

    permission_classes = (BookPermission,)

    @extend_schema(
        parameters=[OpenApiParameter("key", str, description="Of the link that was shared.")],
        responses={(200, "application/rss+xml"): OpenApiTypes.STR},
    )
    def get(self, request: Request, book: int) -> HttpResponse:
        """Return the finished chapters as a feed; `key` opens an unlisted book."""
        book_row = access.book_to_read(request, book)
        base, key = page_address(request).rstrip("/"), request.query_params.get("key", "")
        ending = f"?key={quote(key)}" if key else ""
        root = Tree.Element("rss", _SPACES)
        channel = _channel(root, book_row, base, ending)
        for chapter, sound in _sounds(book_row):
            where = f"{base}/api/books/{book_row.pk}/chapters/{chapter.position}/audio/{ending}"
            _item(channel, book_row, chapter, sound, where)
        return answer(root, "application/rss+xml")


def _sounds(book: Book) -> Iterator[tuple[Chapter, Sound]]:
    rate = selectors.sample_rate_of(book)
    progress = selectors.progress_of([book.pk]).get(book.pk, selectors.BookProgress())
    for chapter, far in selectors.chapters_of(book, progress)[:_MOST_CHAPTERS]:
        if rate is not None and far.total and far.done == far.total:
            yield chapter, chapter_sound(chapter, rate)


def _channel(root: Tree.Element, book: Book, base: str, ending: str) -> Tree.Element:
    channel = add(root, "channel")
    add(channel, "title", book.title)
    add(channel, "link", f"{base}/books/{book.pk}")
    own = f"{base}/api/books/{book.pk}/feed/{ending}"
    add(channel, "atom:link", href=own, rel="self", type="application/rss+xml")
    add(channel, "language", JEJU)
    headers = mark_in(book).headers()
    add(channel, "description", "\n".join((book.title, book.author, *headers.values())).strip())
    if book.author:
        add(channel, "itunes:author", book.author)
    if book.licence:
        add(channel, "copyright", f"{book.attribution} {book.licence}".strip())
    add(channel, "itunes:explicit", "false")
    add(channel, "itunes:type", "serial")
    cover = f"{base}{address_of(book)}{ending.replace('?', '&')}"
    add(channel, "itunes:image", href=cover)
    return channel


def _item(channel: Tree.Element, book: Book, chapter: Chapter, sound: Sound, where: str) -> None:
    item = add(channel, "item")
    number = chapter.position + 1
    add(item, "title", chapter.title or f"{book.title} {number}")
    # A chapter that changed is heard again.
    add(item, "guid", f"{book.pk}-{chapter.position}-{sound.key[:16]}", isPermaLink="false")
    # In the order of the book, also where a program sorts by the clock.
    add(item, "pubDate", format_datetime(book.created_at + timedelta(minutes=number)))
    add(item, "enclosure", url=where, length=str(sound.length), type="audio/wav")
    add(item, "itunes:duration", str(round(sound.samples / sound.sample_rate)))
    add(item, "itunes:episode", str(number))
