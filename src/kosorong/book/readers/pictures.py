"""Gives the bytes of a picture that a reader wrote down."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path
from urllib.parse import unquote_to_bytes

from kosorong.book.manuscript import Picture
from kosorong.book.readers.archive import open_archive
from kosorong.errors import InputError


def read_picture(path: Path, picture: Picture) -> bytes:
    """Return a picture of the source.

    Args:
        path: The file that the manuscript was read from.
        picture: One of `Manuscript.pictures`.

    Raises:
        InputError: It is missing, damaged or too large.
    """
    if not picture.name.startswith("data:"):
        with open_archive(path) as archive:
            return archive.read(picture.name)
    head, _, body = picture.name.partition(",")
    data = unquote_to_bytes(body)
    if not head.lower().endswith(";base64"):
        return data
    try:
        return base64.b64decode(data)
    except binascii.Error as error:
        raise InputError(
            f"The picture is damaged ({error}).",
            where=path.name,
            cure="Get the book again.",
            reason="damaged",
        ) from error
