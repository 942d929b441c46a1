"""Tags of MP4 files that libavformat does not write: iTunes' freeform atoms (`----`)."""

from __future__ import annotations

import struct
from typing import BinaryIO

from kosorong.errors import InputError

_OWNER = b"com.apple.iTunes"
_PATH = (b"moov", b"udta", b"meta", b"ilst")
_TEXT = 1


def freeform(name: str, value: str) -> bytes:
    """Return a tag with a name of our choice, as `ilst` holds it.

    >>> len(freeform("a", "b"))
    66
    """
    data = struct.pack(">II", _TEXT, 0) + value.encode()
    names = _box(b"mean", bytes(4) + _OWNER) + _box(b"name", bytes(4) + name.encode())
    return _box(b"----", names + _box(b"data", data))


def _box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(body), name) + body


def append_tag(file: BinaryIO, tag: bytes) -> None:
    """Put a tag into an MP4 file whose index comes last and has tags already.

    Args:
        file: Readable and writable.
        tag: As `freeform` returns it.

    Raises:
        InputError: The file is no such one.
    """
    start = _index_of(file)
    file.seek(start)
    index = bytearray(file.read())
    end = _grow(index, len(tag))
    file.seek(start)
    file.write(index[:end] + tag + index[end:])


def _index_of(file: BinaryIO) -> int:
    """Return where `moov` begins, the last box of the file."""
    at, size = 0, file.seek(0, 2)
    while at < size:
        file.seek(at)
        head = file.read(16)
        length = int.from_bytes(head[:4], "big")
        if length == 1:
            length = int.from_bytes(head[8:16], "big")
        if head[4:8] == _PATH[0] and at + length == size:
            return at
        if length < 8:
            break
        at += length
    raise InputError("this MP4 file does not end with its index.", where=str(file))


def _grow(index: bytearray, more: int) -> int:
    """Add to the lengths of the boxes around the tags; return where the tags end."""
    at, stop = 0, len(index)
    for name in _PATH:
        while at < stop and index[at + 4 : at + 8] != name:
            at += max(8, int.from_bytes(index[at : at + 4], "big"))
        if at >= stop:
            raise InputError(f"this MP4 file has no {name.decode()} box.")
        length = int.from_bytes(index[at : at + 4], "big")
        index[at : at + 4] = (length + more).to_bytes(4, "big")
        stop = at + length
        # `meta` has version and flags before what it holds.
        at += 12 if name == b"meta" else 8
    return stop
