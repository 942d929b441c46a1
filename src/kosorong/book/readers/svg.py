"""Takes out of an SVG drawing everything that reaches outside it.

Kept are links to parts of the drawing and pictures packed into it; a picture that lies beside it
in the book is packed into it. Scripts, foreign elements and style sheets from elsewhere go, and a
document type with entities is refused.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from kosorong.book.readers.limits import MAX_DEPTH
from kosorong.errors import InputError

_MOST_ELEMENTS = 20_000
_DROPPED = frozenset({"script", "foreignobject", "iframe", "audio", "video", "handler", "listener"})
_PACKED = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
_OUTSIDE = re.compile(r"@import[^;]*;?|url\(\s*['\"]?(?!['\"]?#)[^)]*\)", re.IGNORECASE)
_KINDS = {b"\xff\xd8\xff": "jpeg", b"\x89PNG": "png", b"GIF8": "gif", b"RIFF": "webp"}


def hardened(data: bytes, where: str, picture: Callable[[str], bytes]) -> str:
    """Return a drawing that reads nothing but itself.

    Args:
        data: The file.
        where: Its name, for messages.
        picture: Returns the picture of the book that a link leads to, b"" for none.

    Raises:
        InputError: It is no XML, declares entities, or is too deep or too large.
    """
    writer = _Writer(where, picture)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = writer.start
    parser.EndElementHandler = writer.end
    parser.CharacterDataHandler = writer.data
    parser.EntityDeclHandler = writer.refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise _unreadable(where, str(error)) from error
    return "".join(writer.parts)


class _Writer:
    """Writes a drawing anew while it is parsed."""

    def __init__(self, where: str, picture: Callable[[str], bytes]) -> None:
        self.parts: list[str] = []
        self._where = where
        self._picture = picture
        self._count = self._depth = self._dropped = 0
        self._in_style = False

    def refuse(self, name: str, *rest: object) -> None:
        """Refuse an entity."""
        raise _unreadable(self._where, f"it declares an entity, {name[:40]}")

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._count += 1
        self._depth += 1
        if self._count > _MOST_ELEMENTS or self._depth > MAX_DEPTH:
            raise _unreadable(self._where, "it has too many elements, or too deep ones")
        local = tag.rpartition(":")[2].lower()
        if self._dropped or local in _DROPPED:
            self._dropped += 1
            return
        self._in_style = local == "style"
        kept = (self._kept(name, value) for name, value in attributes.items())
        self.parts.append(f"<{tag}{''.join(kept)}>")

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._in_style = False
        if self._dropped:
            self._dropped -= 1
        else:
            self.parts.append(f"</{tag}>")

    def data(self, text: str) -> None:
        if not self._dropped:
            self.parts.append(escape(_OUTSIDE.sub("none", text) if self._in_style else text))

    def _kept(self, name: str, value: str) -> str:
        """Return an attribute as it is written, "" for one that goes."""
        local = name.rpartition(":")[2].lower()
        if local.startswith("on") or local == "base":
            return ""
        if local in {"href", "src"}:
            value = self._link(value.strip())
        elif not name.startswith("xmlns"):
            value = _OUTSIDE.sub("none", value)
        return f" {name}={quoteattr(value)}" if value else ""

    def _link(self, link: str) -> str:
        if link.startswith("#") or _PACKED.fullmatch(link):
            return link
        data = b"" if link.startswith("data:") else self._picture(link)
        kind = next((name for mark, name in _KINDS.items() if data.startswith(mark)), "")
        return f"data:image/{kind};base64,{base64.b64encode(data).decode()}" if kind else ""


def _unreadable(where: str, why: str) -> InputError:
    return InputError(
        f"The drawing cannot be read ({why}).", where=where, cure="Give the cover as PNG or JPEG."
    )
