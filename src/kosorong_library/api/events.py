"""Progress of a book as server-sent events."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from kosorong_library.api.views import slot
from kosorong_library.library import selectors
from kosorong_library.library.models import Book
from kosorong_library.library.revisions import revision_of
from kosorong_library.library.selectors import AT_REST, BookProgress

# A thread serves one stream: each is closed after a while, and the browser comes again by itself.
_LONGEST = 30.0
_EVERY = 0.5
_SIGN_OF_LIFE = 10.0
_RETRY_MS = 1000
_RETRY_BUSY_MS = 3000


def events(book: Book, last_id: str) -> HttpResponseBase:
    """Return the stream of a book's progress.

    Args:
        book: The book.
        last_id: What the browser heard last; where that was the end, 204 tells it to stay away.
    """
    _, name, rest = _event(book.pk)
    if rest and last_id == name:
        return HttpResponse(status=204)
    response = StreamingHttpResponse(_stream(book.pk), content_type="text/event-stream")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _stream(number: int) -> Iterator[bytes]:
    with slot() as taken:
        yield f"retry: {_RETRY_MS if taken else _RETRY_BUSY_MS}\n\n".encode()
        end = time.monotonic() + _LONGEST
        last_event, before = 0.0, ""
        while True:
            event, name, rest = _event(number)
            if name != before:
                yield event
                last_event, before = time.monotonic(), name
            elif time.monotonic() - last_event > _SIGN_OF_LIFE:
                yield b": here\n\n"
                last_event = time.monotonic()
            if rest or not taken or time.monotonic() > end:
                return
            time.sleep(_EVERY)


def _event(number: int) -> tuple[bytes, str, bool]:
    """Return an event, its name, and whether nothing more will happen."""
    book = Book.objects.filter(pk=number).first()
    if book is None:
        return b"event: deleted\nid: deleted\ndata: {}\n\n", "deleted", True
    progress = selectors.progress_of([number]).get(number, BookProgress())
    status = selectors.status_of(book, progress)
    revision = revision_of(book, progress.done)
    data = {
        "status": status,
        "total": progress.total,
        "done": progress.done,
        "failed": progress.failed,
        "seconds_left": selectors.seconds_left(book, progress),
        "problem": selectors.problem_of(book),
        "revision": revision,
    }
    name = f"{revision}-{status}-{progress.done}-{progress.failed}-{bool(data['problem'])}"
    text = json.dumps(data, ensure_ascii=False)
    return f"event: progress\nid: {name}\ndata: {text}\n\n".encode(), name, status in AT_REST
