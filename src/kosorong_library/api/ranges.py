"""Bytes with range requests (RFC 9110, 14), from files and from sounds that are no file.

>>> parse("bytes=2-", 10), parse("bytes=-3", 10), parse("bytes=20-", 10), parse("", 10)
((2, 10), (7, 10), (20, 10), None)
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

from kosorong_library.config.errors import shape
from kosorong_library.config.flow import FlowingResponse
from kosorong_library.storage.files import Reader

MOST_OPEN = 8 << 20
"""Most bytes that answer a range without an end (`bytes=N-`): a player asks on where it ends."""
_AT_ONCE = 1 << 18
"""Largest answer that is worked out where it was asked for, bytes."""
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def parse(header: str, length: int) -> tuple[int, int] | None:
    """Return the span (first, after last) that a Range header asks for.

    Args:
        header: The header.
        length: Bytes in all.

    Returns:
        An empty span where the range lies outside; None where everything is to be sent: for no
        header, several ranges at once, and units that we do not know.
    """
    match = _RANGE.fullmatch(header.replace(" ", ""))
    if match is None or match.group() == "bytes=-":
        return None
    first, last = match.groups()
    if not first:
        start, stop = max(0, length - int(last)), length
    else:
        start, stop = int(first), min(length, int(last) + 1 if last else length)
        if last and int(last) < int(first):
            return None
    return start, stop


def ranged(
    request: HttpRequest,
    read: Reader,
    length: int,
    *,
    etag: str,
    content_type: str,
    disposition: str = "",
    more: Mapping[str, str] | None = None,
) -> HttpResponseBase:
    """Answer with bytes, all or those asked for.

    Args:
        request: Its Range, If-Range and If-None-Match headers count.
        read: Gives the bytes.
        length: Bytes in all.
        etag: Changes whenever the bytes do.
        content_type: Media type.
        disposition: Header that offers it for saving; shown in place where empty.
        more: Headers besides.
    """
    quoted = f'"{etag}"'
    headers = {"ETag": quoted, "Accept-Ranges": "bytes", "Cache-Control": "private, no-cache"}
    headers |= more or {}
    if quoted in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304, headers=headers)
    header = request.headers.get("Range", "")
    if request.headers.get("If-Range", quoted) != quoted:
        header = ""
    span = parse(header, length)
    start, stop = span or (0, length)
    # Who saves a file would take a shorter answer for its end; who plays a sound does not.
    if header.endswith("-") and not disposition:
        stop = min(stop, start + MOST_OPEN)
    if span is not None and start >= stop:
        refused = shape(f"The range lies outside of the {length} bytes.", 416)
        refused.headers["Content-Range"] = f"bytes */{length}"
        return refused
    if disposition:
        headers["Content-Disposition"] = disposition
    # A browser that asks for bytes from 0 on learns from 206 that it may jump.
    partial = span is not None
    if partial:
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{length}"
    headers["Content-Length"] = str(stop - start)
    options = {"status": 206 if partial else 200, "content_type": content_type, "headers": headers}
    if request.method == "HEAD":
        return StreamingHttpResponse(iter(()), **options)
    if stop - start <= _AT_ONCE:
        return StreamingHttpResponse(iter((b"".join(read(start, stop)),)), **options)
    return FlowingResponse(read(start, stop), stop - start, **options)
