"""ID3 tags (ID3v2.4.0), as they stand before MP3 and AAC.

Written here and not by libavformat, which puts a comment where players do not look for it.
"""

from __future__ import annotations

from collections.abc import Mapping

_FRAMES = {
    "title": b"TIT2",
    "album": b"TALB",
    "artist": b"TPE1",
    "album_artist": b"TPE2",
    "composer": b"TCOM",
    "track": b"TRCK",
    "genre": b"TCON",
    "language": b"TLAN",
    "copyright": b"TCOP",
}
_UTF8 = b"\x03"
# Comments are in both languages; ID3v2.4 calls an unknown language so.
_LANGUAGE = b"XXX"


def id3(tags: Mapping[str, str]) -> bytes:
    r"""Return an ID3 tag; nothing for no tags.

    Args:
        tags: By libavformat's names; `comment` becomes COMM, what has no frame of its own TXXX.

    >>> id3({"title": "a"})
    b'ID3\x04\x00\x00\x00\x00\x00\x0cTIT2\x00\x00\x00\x02\x00\x00\x03a'
    """
    body = b"".join(_frame(name, value.encode()) for name, value in tags.items() if value)
    return b"ID3\x04\x00\x00" + _size(len(body)) + body if body else b""


def _frame(name: str, value: bytes) -> bytes:
    if name == "comment":
        frame, content = b"COMM", _UTF8 + _LANGUAGE + b"\0" + value
    elif name in _FRAMES:
        frame, content = _FRAMES[name], _UTF8 + value
    else:
        frame, content = b"TXXX", _UTF8 + name.encode() + b"\0" + value
    return frame + _size(len(content)) + bytes(2) + content


def _size(count: int) -> bytes:
    """Return a number in four bytes of seven bits each."""
    return bytes(count >> shift & 0x7F for shift in (21, 14, 7, 0))
