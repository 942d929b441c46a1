"""Brings the cover of an EPUB into a form that every player shows."""

from __future__ import annotations

from kosorong.book.drawing import drawn, is_drawn, is_svg
from kosorong.book.readers.archive import Archive
from kosorong.book.readers.draft import Draft
from kosorong.book.readers.package import Item
from kosorong.book.readers.svg import hardened
from kosorong.errors import InputError

_LARGEST = 4 << 20  # bytes of a picture that is to be drawn


def cover_of(archive: Archive, item: Item | None, draft: Draft) -> tuple[bytes | None, str]:
    """Return the cover as PNG or JPEG and its media type; None for one that cannot be shown.

    One that is damaged, too large or cannot be drawn is warned about: a book without a cover is
    better than none.
    """
    if item is None:
        return None, ""
    try:
        data = archive.read(item.name)
    except InputError as error:
        draft.warn(f"The cover is left out. {error}")
        return None, ""
    if is_drawn(data):
        return data, _type(data)
    if len(data) > _LARGEST:
        draft.warn(f"The cover {item.name} is too large to be drawn as PNG and is left out.")
        return None, ""

    def beside(link: str) -> bytes:
        name = archive.follow(item.name, link)[0]
        return archive.read(name) if name else b""

    try:
        if is_svg(data):
            data = hardened(data, item.name, beside).encode()
        data = drawn(data, item.name)
    except InputError as error:
        draft.warn(f"The cover is left out. {error}")
        return None, ""
    return data, _type(data)


def _type(data: bytes) -> str:
    return "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
